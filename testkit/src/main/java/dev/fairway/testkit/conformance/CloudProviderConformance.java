// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.Observed;
import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Absent;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds a provider to the contract of [CloudProvider]. Extend it, say how to get a provider on an
/// empty cloud, and run.
///
/// The core of it is the law of [Plan]: after a plan was applied, planning again gives nothing; and
/// from every prefix of it, planning again leads to the same end. A crash is a prefix, so nothing
/// is tested for crashes apart.
///
/// @param <O> what the provider observes
/// @param <A> its actions
public abstract class CloudProviderConformance<O extends Observed, A extends Action> {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final int MAX_ROUNDS = 50;

  /// The provider under test.
  protected abstract CloudProvider<O, A> provider();

  /// The provider as a process that has just started has it: asked for after each simulated crash.
  /// To be overridden by providers that keep anything in memory.
  protected CloudProvider<O, A> restarted() {
    return provider();
  }

  /// Whose load balancers they are.
  protected ClusterId cluster() {
    return new ClusterId("conformance");
  }

  /// The desired states to reach; override to add those that matter for this provider, or to give
  /// them annotations.
  protected Map<String, Present> examples(LoadBalancerKey key) {
    return Examples.of(key);
  }

  /// How long the cloud may take until its reads show what was written, and until what it makes is
  /// active.
  protected Duration settleTime() {
    return Duration.ofSeconds(10);
  }

  /// A key that no other test uses.
  protected final LoadBalancerKey newKey() {
    return LoadBalancerKey.ofService("conformance", "lb-" + NAMES.incrementAndGet());
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsReachedAndThenNothingIsLeftToDo() {
    return eachExample((provider, present) -> {
      var end = converge(provider, present);

      assertThat(end.exists()).isTrue();
      assertThat(end.ingress()).as("where clients connect to").isNotEmpty();
      assertThat(provider.plan(present, end).actions()).isEmpty();
    });
  }

  @TestFactory
  Stream<DynamicTest> everyPrefixOfACreationLeadsToTheSameEnd() {
    return eachExample((provider, present) -> {
      var steps = provider.plan(present, provider.observe(present.key())).actions().size();
      assertThat(steps).as("steps of a creation").isPositive();
      for (var prefix = 0; prefix <= steps; prefix++) {
        applyPrefix(restarted(), present, prefix);

        var survivor = restarted();
        var end = converge(survivor, present);

        assertThat(survivor.plan(present, end).actions()).as("after %d", prefix).isEmpty();
        remove(survivor, present.key());
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> everyPrefixOfADeletionLeadsToNothing() {
    return eachExample((provider, present) -> {
      converge(provider, present);
      var absent = new Absent(present.key());
      var steps = provider.plan(absent, provider.observe(present.key())).actions().size();
      assertThat(steps).as("steps of a deletion").isPositive();
      for (var prefix = 0; prefix <= steps; prefix++) {
        var crashed = restarted();
        converge(crashed, present);
        applyPrefix(crashed, absent, prefix);

        var survivor = restarted();
        var end = converge(survivor, absent);

        assertThat(end.exists()).as("after %d steps", prefix).isFalse();
        soon().untilAsserted(() -> assertThat(owned(survivor)).doesNotContain(present.key()));
      }
      // What the first process still believes must not outlive what it is told.
      soon().untilAsserted(() -> assertThat(owned(provider)).doesNotContain(present.key()));
    });
  }

  @TestFactory
  Stream<DynamicTest> everyExampleCanBecomeEveryOtherAndKeepsItsAddress() {
    var key = newKey();
    return examples(key).keySet().stream()
        .flatMap(from ->
            examples(key).keySet().stream()
                .filter(to -> !to.equals(from))
                .map(to -> DynamicTest.dynamicTest(from + " -> " + to, () -> change(from, to))));
  }

  private void change(String from, String to) {
    var provider = provider();
    var examples = examples(newKey());
    var before = converge(provider, example(examples, from));

    var after = converge(provider, example(examples, to));

    assertThat(after.ingress()).isEqualTo(before.ingress());
    assertThat(provider.plan(example(examples, to), after).actions()).isEmpty();
    remove(provider, after.key());
  }

  @TestFactory
  Stream<DynamicTest> anActionAppliedTwiceHasTheEffectOfOne() {
    return eachExample((provider, present) -> {
      for (Desired desired : List.of(present, new Absent(present.key()))) {
        var seen = provider.observe(present.key());
        for (var action : provider.plan(desired, seen).actions()) {
          var once = whenReady(provider, action, seen);
          var twice = whenReady(provider, action, seen);

          assertThat(twice).as(action.summary()).isEqualTo(once);
          seen = twice;
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> whatAnActionReturnsIsWhatAnObservationShows() {
    return eachExample((provider, present) -> {
      var seen = provider.observe(present.key());
      for (var action : provider.plan(present, seen).actions()) {
        seen = whenReady(provider, action, seen);
      }
      var folded = seen;

      soon()
          .untilAsserted(() -> {
            var observed = provider.observe(present.key());
            assertThat(provider.plan(present, observed).actions()).isEmpty();
            assertThat(observed.exists()).isEqualTo(folded.exists());
          });
    });
  }

  @TestFactory
  Stream<DynamicTest> planningChangesNothingAndIsRepeatable() {
    return eachExample((provider, present) -> {
      var seen = provider.observe(present.key());
      var plan = provider.plan(present, seen);

      for (var i = 0; i < 20; i++) {
        assertThat(provider.plan(present, seen)).isEqualTo(plan);
      }
      assertThat(provider.observe(present.key()).exists()).isFalse();
    });
  }

  @TestFactory
  Stream<DynamicTest> everyActionSaysInOneLineWhatItDoes() {
    return eachExample((provider, present) -> {
      var actions = new ArrayList<A>();
      actions.addAll(provider.plan(present, provider.observe(present.key())).actions());
      var end = converge(provider, present);
      actions.addAll(provider.plan(new Absent(present.key()), end).actions());

      assertThat(actions)
          .allSatisfy(action -> assertThat(action.summary()).isNotBlank().doesNotContain("\n"));
    });
  }

  @Test
  void removingNothingTakesNoStep() {
    var provider = provider();
    var key = newKey();

    assertThat(provider.plan(new Absent(key), provider.observe(key))).isEqualTo(Plan.<A>none());
    assertThat(provider.observe(key).exists()).isFalse();
    assertThat(provider.observe(key).ingress()).isEmpty();
  }

  @Test
  void theInventoryHoldsWhatIsThereAndNothingElse() {
    var provider = provider();
    var first = newKey();
    var second = newKey();
    converge(provider, anyExample(first));
    converge(provider, anyExample(second));
    soon().untilAsserted(() -> assertThat(owned(provider)).contains(first, second));

    remove(provider, first);

    soon().untilAsserted(() -> assertThat(owned(provider)).contains(second).doesNotContain(first));
  }

  @Test
  void removingOneLeavesTheOthersAlone() {
    var provider = provider();
    var kept = anyExample(newKey());
    var removed = anyExample(newKey());
    var before = converge(provider, kept);
    converge(provider, removed);

    remove(provider, removed.key());

    var after = provider.observe(kept.key());
    assertThat(after.ingress()).isEqualTo(before.ingress());
    assertThat(provider.plan(kept, after).actions()).isEmpty();
  }

  @Test
  void aWrongValueOfAnyAnnotationIsANoteThatSaysWhatToWrite() {
    var provider = provider();
    var catalogue = provider.capabilities().annotations();
    var specs = new LinkedHashMap<String, AnnotationSpec<?>>();
    catalogue.specs().forEach(spec -> specs.put(spec.key(), spec));
    catalogue
        .families()
        .forEach(
            family -> specs.put(family.stem().key() + "." + family.exampleSuffix(), family.stem()));
    specs.forEach((key, spec) -> {
      if (spec.syntax().read("\u0000") instanceof Syntax.Good<?>) {
        return; // takes any text: what is wrong with it, only the cloud knows
      }
      var present = annotated(anyExample(newKey()), key, "\u0000");

      var plan = provider.plan(present, provider.observe(present.key()));

      assertThat(plan.actions()).as("nothing is made from a wrong value").isEmpty();
      assertThat(plan.notes())
          .anySatisfy(note -> {
            assertThat(note.severity()).isEqualTo(Note.Severity.BLOCKING);
            assertThat(note.text()).contains(key).contains(spec.example());
          });
    });
  }

  /// Plans and applies until nothing is left to do, as the controller does.
  protected final O converge(CloudProvider<O, A> provider, Desired desired) {
    for (var round = 0; round < MAX_ROUNDS; round++) {
      var seen = provider.observe(desired.key());
      var plan = provider.plan(desired, seen);
      for (var action : plan.actions()) {
        seen = whenReady(provider, action, seen);
      }
      if (plan.await().isEmpty() || provider.plan(desired, seen).await().isEmpty()) {
        settle(provider, desired);
        return seen;
      }
      settleStep();
    }
    throw new AssertionError("no end after %d rounds: %s".formatted(MAX_ROUNDS, desired));
  }

  /// Called while a plan asks to be looked at again: override to let a simulated clock run.
  protected void settleStep() {}

  // The next observation must show what was written, or the test would see a crash where there was
  // none.
  private void settle(CloudProvider<O, A> provider, Desired desired) {
    soon().until(() -> provider.plan(desired, provider.observe(desired.key())).actions().isEmpty());
  }

  private ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).atMost(settleTime());
  }

  private void applyPrefix(CloudProvider<O, A> provider, Desired desired, int length) {
    var seen = provider.observe(desired.key());
    for (var action : provider.plan(desired, seen).actions().stream().limit(length).toList()) {
      seen = whenReady(provider, action, seen);
    }
  }

  // A cloud that is still busy with the step before says so; the controller comes again then.
  private O whenReady(CloudProvider<O, A> provider, A action, O seen) {
    var result = new AtomicReference<O>();
    soon()
        .ignoreException(CloudException.NotReady.class)
        .until(() -> {
          result.set(provider.apply(action, seen));
          return true;
        });
    return result.get();
  }

  private void remove(CloudProvider<O, A> provider, LoadBalancerKey key) {
    assertThat(converge(provider, new Absent(key)).exists()).isFalse();
  }

  private List<LoadBalancerKey> owned(CloudProvider<O, A> provider) {
    return provider.list(cluster()).stream().filter(Observed::exists).map(Observed::key).toList();
  }

  private Present anyExample(LoadBalancerKey key) {
    return examples(key).values().iterator().next();
  }

  private static Present example(Map<String, Present> examples, String name) {
    var example = examples.get(name);
    if (example == null) {
      throw new IllegalArgumentException("no example " + name);
    }
    return example;
  }

  private static Present annotated(Present present, String key, String value) {
    return new Present(
        present.key(),
        present.services(),
        present.frontends(),
        present.addresses(),
        present.backends(),
        Map.of(key, value));
  }

  @FunctionalInterface
  private interface ExampleTest<O extends Observed, A extends Action> {
    void run(CloudProvider<O, A> provider, Present present);
  }

  private Stream<DynamicTest> eachExample(ExampleTest<O, A> test) {
    return examples(newKey()).keySet().stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  var provider = provider();
                  var present = example(examples(newKey()), name);
                  test.run(provider, present);
                  remove(provider, present.key());
                }));
  }
}
