// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.testkit.aws.Call;
import dev.fairway.testkit.aws.Calls;
import dev.fairway.testkit.aws.fault.CrashPoint;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.rules.AwsTimes;
import dev.fairway.testkit.conformance.Examples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Load balancers that take the place of others, and load balancers that are taken over.
class AwsReplaceIT {
  private static final AwsWorld WORLD = new AwsWorld();
  private static final String SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";
  private static final int MOST_ROUNDS = 40;
  private static int numbers;

  private final MovableTime time = new MovableTime();
  private final String name = "r" + ++numbers;
  private final LoadBalancerKey key = LoadBalancerKey.ofService("shop", name);
  private AwsProvider provider = restarted();

  /// The time of a process, which can be told to go on.
  private static final class MovableTime implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    void advance(Duration by) {
      ahead = ahead.plus(by);
    }
  }

  @AfterAll
  static void stop() {
    WORLD.close();
  }

  @AfterEach
  void takeAwayWhatIsThere() {
    WORLD.proxy().faults().clear();
    WORLD.proxy().times(AwsTimes.NONE);
    provider = restarted();
    assertThat(converge(new Desired.Absent(key)).exists()).isFalse();
  }

  private AwsProvider restarted() {
    return WORLD.provider(Map.of(), time);
  }

  private Present wanted(String... annotations) {
    var present = WORLD.onMachines(Examples.with(key, List.of("TCP/80@30080"), 3));
    var all = new TreeMap<>(Map.of("fairway.dev/aws-replace", "make-before-break"));
    for (var i = 0; i < annotations.length; i += 2) {
      all.put(annotations[i], annotations[i + 1]);
    }
    return new Present(
        present.key(),
        present.services(),
        present.frontends(),
        present.addresses(),
        present.backends(),
        all);
  }

  /// As the controller does, with time going on as fast as it is asked to.
  private AwsObserved converge(Desired desired) {
    for (var round = 0; round < MOST_ROUNDS; round++) {
      try {
        var seen = pass(desired);
        var rest = provider.plan(desired, seen);
        if (rest.isEmpty() && rest.await().isEmpty()) {
          return seen;
        }
        rest.await().ifPresent(await -> time.advance(await.after()));
      } catch (CloudException.Conflict | CloudException.NotReady e) {
        assertThat(e).as("is gone when it is tried again").isNotNull();
      }
    }
    throw new AssertionError("no end: " + plan(desired));
  }

  private AwsObserved pass(Desired desired) {
    var seen = provider.observe(key);
    for (var action : provider.plan(desired, seen).actions()) {
      seen = provider.apply(action, seen);
    }
    return seen;
  }

  private Plan<AwsAction> plan(Desired desired) {
    return provider.plan(desired, provider.observe(key));
  }

  private static List<String> actions(Calls calls) {
    return calls.genuine().mutating().all().stream().map(Call::action).toList();
  }

  @Test
  void anotherSchemeComesWithAnotherLoadBalancerWhileTheFirstOneServes() {
    var before = converge(wanted()).ingress();
    WORLD.proxy().times(AwsTimes.NONE.withProvisioning(Duration.ofMillis(700)));
    var mark = WORLD.proxy().calls().mark();
    var other = wanted(SCHEME, "internet-facing");

    assertThat(pass(other).ingress()).isEqualTo(before);
    assertThat(plan(other).actions()).isEmpty();
    assertThat(plan(other).await()).isPresent();
    await().until(() -> !plan(other).actions().isEmpty());
    var switched = pass(other);

    assertThat(switched.ingress()).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(switched.balancers()).hasSize(2);
    var end = converge(other);
    assertThat(end.balancers()).hasSize(1);
    assertThat(end.groups()).hasSize(1);
    assertThat(end.ingress()).isEqualTo(switched.ingress());
    var calls = WORLD.proxy().calls().since(mark);
    assertThat(calls.of("DeleteListener", "ModifyListener").count()).isZero();
    assertThat(calls.of("CreateLoadBalancer").count()).isEqualTo(1);
    assertThat(actions(calls))
        .containsSubsequence(
            "CreateTargetGroup",
            "RegisterTargets",
            "CreateLoadBalancer",
            "CreateListener",
            "AddTags",
            "DeleteLoadBalancer",
            "DeleteTargetGroup");
  }

  @Test
  void aLookWhileOneIsMadeTakesTwoCallsForOnePort() {
    converge(wanted());
    WORLD.proxy().times(AwsTimes.NONE.withProvisioning(Duration.ofMinutes(1)));
    pass(wanted(SCHEME, "internet-facing"));
    var mark = WORLD.proxy().calls().mark();

    assertThat(plan(wanted(SCHEME, "internet-facing")).await()).isPresent();

    assertThat(WORLD.proxy().calls().since(mark).byAction())
        .isEqualTo(Map.of("DescribeLoadBalancers", 1, "DescribeTargetHealth", 1));
  }

  @Test
  void aCrashAfterAnyCallOfAReplacementLosesNothing() {
    for (var calls = 1; crashedAfter(calls, wanted(), wanted(SCHEME, "internet-facing")); calls++) {
      assertThat(calls).as("mutating calls of a replacement").isLessThan(30);
    }
  }

  // Whether there were that many.
  private boolean crashedAfter(int calls, Present from, Present to) {
    var before = converge(from);
    var crash = new CrashPoint(calls, () -> {});
    WORLD.proxy().faults().add(crash);
    try {
      converge(to);
    } catch (CloudException e) {
      assertThat(crash.reached()).as("%s", e).isTrue();
    }
    crash.mend();
    WORLD.proxy().faults().remove(crash);
    provider = restarted();

    var now = provider.observe(key);
    assertThat(now.ingress()).as("after %d calls", calls).hasSize(1);
    var end = converge(to);

    assertThat(end.balancers()).as("after %d calls", calls).hasSize(1);
    assertThat(end.groups()).as("after %d calls", calls).hasSize(1);
    assertThat(end.ingress()).as("after %d calls", calls).isNotEqualTo(before.ingress());
    assertThat(provider.list(AwsWorld.CLUSTER))
        .as("after %d calls", calls)
        .singleElement()
        .satisfies(all -> assertThat(names(all)).isEqualTo(names(end)));
    converge(new Desired.Absent(key));
    return crash.reached();
  }

  private static List<String> names(AwsObserved seen) {
    return Stream.of(
            seen.balancers().stream().map(one -> one.name()),
            seen.groups().stream().map(one -> one.name()),
            seen.frontGroups().stream().map(one -> one.name()))
        .flatMap(names -> names)
        .toList();
  }

  private OldBalancer old(Map<String, String> tags) {
    return new OldBalancer(WORLD, WORLD.proxy().uri(), "old-" + name, tags);
  }

  private Map<String, String> ofCloudProvider() {
    return Map.of(
        "kubernetes.io/cluster/test",
        "owned",
        "kubernetes.io/service-name",
        key.namespace() + "/" + name);
  }

  private Present adopting(OldBalancer old) {
    var asked = wanted("fairway.dev/aws-adopt", old.arn());
    provider = restarted();
    var seen = pass(asked);
    var digest =
        provider.plan(asked, seen).notes().stream()
            .filter(note -> note.code().equals("AdoptionDiffers"))
            .map(note -> note.fix().replaceAll(".*approve: ([0-9a-f]+) .*", "$1"))
            .findFirst()
            .orElseThrow();
    return wanted("fairway.dev/aws-adopt", old.arn(), "fairway.dev/aws-adopt-approve", digest);
  }

  @Test
  void whatIsToBeTakenOverIsShownFirstAndThenChangedInPlace() {
    try (var old = old(ofCloudProvider())) {
      var mark = WORLD.proxy().calls().mark();
      var approved = adopting(old);
      assertThat(WORLD.proxy().calls().since(mark).to(QueryCall.ELB).mutating().count()).isZero();

      var end = converge(approved);

      assertThat(end.ingress()).containsExactly(new Ingress.Hostname(old.hostname()));
      assertThat(old.listeners())
          .singleElement()
          .satisfies(listener ->
              assertThat(listener.defaultActions().getFirst().targetGroupArn())
                  .isEqualTo(end.groups().getFirst().arn()));
      var calls = WORLD.proxy().calls().since(mark);
      assertThat(calls.of("CreateLoadBalancer", "CreateListener", "DeleteListener").count())
          .isZero();
      assertThat(calls.of("ModifyListener").count()).isEqualTo(1);
      assertThat(actions(calls))
          .containsSubsequence(
              "AddTags",
              "CreateTargetGroup",
              "RegisterTargets",
              "ModifyListener",
              "DeleteTargetGroup");
      assertThat(old.targetGroups()).doesNotContain("k8s-old-" + name);

      converge(new Desired.Absent(key));
      assertThat(old.balancers()).doesNotContain("old-" + name);
    }
  }

  @Test
  void whatIsNobodysIsGivenBackWhenTheServiceGoes() {
    try (var old = old(Map.of("team", "shop"))) {
      var end = converge(adopting(old));
      assertThat(end.ingress()).containsExactly(new Ingress.Hostname(old.hostname()));

      converge(new Desired.Absent(key));

      assertThat(old.balancers()).contains("old-" + name);
      assertThat(old.listeners()).isEmpty();
      assertThat(old.tagKeys()).containsExactly("team");
      assertThat(provider.list(AwsWorld.CLUSTER)).isEmpty();
      old.delete();
    }
  }

  @Test
  void aCrashAfterAnyCallOfATakeoverLeadsToTheSameEnd() {
    for (var calls = 1; calls < 30; calls++) {
      if (!crashedTakeover(calls)) {
        assertThat(calls).as("calls of a takeover").isGreaterThan(4);
        return;
      }
    }
    throw new AssertionError("a takeover takes 30 calls");
  }

  private boolean crashedTakeover(int calls) {
    try (var old = old(ofCloudProvider())) {
      var approved = adopting(old);
      var crash = new CrashPoint(calls, () -> {});
      WORLD.proxy().faults().add(crash);
      try {
        converge(approved);
      } catch (CloudException e) {
        assertThat(crash.reached()).as("%s", e).isTrue();
      }
      crash.mend();
      WORLD.proxy().faults().remove(crash);
      provider = restarted();
      assertThat(old.listeners()).as("after %d calls", calls).hasSize(1);

      // After the first call it may not be known as ours yet: then it is looked at again.
      var end = converge(approved);

      assertThat(end.ingress())
          .as("after %d calls", calls)
          .containsExactly(new Ingress.Hostname(old.hostname()));
      assertThat(old.targetGroups())
          .as("after %d calls", calls)
          .contains(end.groups().getFirst().name())
          .doesNotContain("k8s-old-" + name);
      converge(new Desired.Absent(key));
      return crash.reached();
    }
  }
}
