// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.aws.cloud.limit.Operation;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Absent;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.aws.Call;
import dev.fairway.testkit.conformance.Examples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What a load balancer's life really calls, beside the IAM policy and the list that it is made of.
class PermissionsIT {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("permissions", "web");
  private static final int MOST_STEPS = 50;

  private static final AwsWorld WORLD = new AwsWorld();

  private final AwsProvider provider = WORLD.provider();
  private final int before = WORLD.proxy().calls().mark();

  @AfterAll
  static void stop() {
    WORLD.close();
  }

  @Test
  void everyCallIsOneThatThePolicyAllows() {
    provider.list(AwsWorld.CLUSTER);
    for (var state : life()) {
      reach(state);
    }

    var recorded = new TreeSet<String>();
    WORLD.proxy().calls().since(before).all().stream()
        .map(PermissionsIT::permission)
        .forEach(recorded::add);
    assertThat(Policy.read("iam-policy.json").actions()).containsAll(recorded);
    assertThat(permissions()).containsAll(recorded);
    assertThat(recorded).as("a life that shows most of them").hasSizeGreaterThan(24);
  }

  @Test
  void whatIsMadeCarriesTheTagsThatThePolicyAsksFor() {
    provider.list(AwsWorld.CLUSTER);
    reach(present("TCP/80@30080"));
    reach(new Absent(KEY));

    var made =
        WORLD
            .proxy()
            .calls()
            .since(before)
            .where(call -> call.action().startsWith("Create"))
            .all()
            .stream()
            .collect(Collectors.toMap(Call::action, PermissionsIT::tags, PermissionsIT::inBoth));
    assertThat(made)
        .containsOnlyKeys(
            "CreateLoadBalancer", "CreateTargetGroup", "CreateListener", "CreateSecurityGroup")
        .allSatisfy((_, tags) -> assertThat(tags).contains("fairway.dev/cluster=test"));
  }

  private List<Desired> life() {
    var network = WORLD.network();
    var zones = List.copyOf(network.privateSubnets().values());
    var states = new ArrayList<Desired>();
    Examples.of(KEY).values().forEach(one -> states.add(WORLD.onMachines(one)));
    states.add(present("TCP/80@30080"));
    // moto wants two zones at least, as it does of an Application Load Balancer.
    states.add(with("subnets", String.join(",", zones.subList(0, 2))));
    states.add(with("subnets", String.join(",", zones)));
    states.add(with("security-groups", network.nodeGroup()));
    states.add(with("attributes", "load_balancing.cross_zone.enabled=true"));
    states.add(with("target-group-attributes", "deregistration_delay.timeout_seconds=60"));
    states.add(with("listener-attributes.TCP-80", "tcp.idle_timeout.seconds=400"));
    states.add(with("healthcheck-interval", "30"));
    states.add(with("additional-resource-tags", "team=shop"));
    states.add(present("TCP/80@30080"));
    states.add(new Absent(KEY));
    return states;
  }

  private Present present(String... ports) {
    return WORLD.onMachines(Examples.with(KEY, List.of(ports), 3));
  }

  private Present with(String annotation, String value) {
    var plain = present("TCP/80@30080");
    return new Present(
        plain.key(),
        plain.services(),
        plain.frontends(),
        plain.addresses(),
        plain.backends(),
        Map.of("service.beta.kubernetes.io/aws-load-balancer-" + annotation, value));
  }

  private void reach(Desired desired) {
    var seen = provider.observe(KEY);
    for (var step = 0; step < MOST_STEPS; step++) {
      var actions = provider.plan(desired, seen).actions();
      if (actions.isEmpty()) {
        return;
      }
      seen = provider.apply(actions.getFirst(), seen);
    }
    throw new AssertionError("no end in %d steps: %s".formatted(MOST_STEPS, desired));
  }

  private static String permission(Call call) {
    return call.service() + ":" + call.action();
  }

  private static Set<String> tags(Call call) {
    var parameters = call.query().parameters();
    return parameters.keySet().stream()
        .filter(name -> name.contains("Tag") && name.endsWith(".Key"))
        .map(name -> parameters.get(name) + "=" + parameters.get(name.replaceAll("Key$", "Value")))
        .collect(Collectors.toSet());
  }

  private static Set<String> inBoth(Set<String> one, Set<String> other) {
    var both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  private static Set<String> permissions() {
    return Arrays.stream(Operation.values()).map(Operation::permission).collect(Collectors.toSet());
  }
}
