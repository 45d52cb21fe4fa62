// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedObserved;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// Providers that break the contract in one way each: the suite must not let them pass.
class LawBreakersTest {
  @Test
  void aPlanThatNeverEndsIsFound() {
    assertThat(failures(NeverDone.class)).isNotEmpty();
  }

  @Test
  void aDeletionThatLeavesSomethingIsFound() {
    assertThat(failures(LeavesTargetGroups.class)).isNotEmpty();
  }

  @Test
  void aWriteWhilePlanningIsFound() {
    assertThat(failures(WritesWhilePlanning.class)).isNotEmpty();
  }

  @Test
  void anActionThatCannotBeRepeatedIsFound() {
    assertThat(failures(NotRepeatable.class)).isNotEmpty();
  }

  private static List<TestExecutionSummary.Failure> failures(Class<?> suite) {
    var listener = new SummaryGeneratingListener();
    var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(suite)).build();
    LauncherFactory.create().execute(request, listener);
    assertThat(listener.getSummary().getTestsFoundCount()).isGreaterThan(10);
    return new ArrayList<>(listener.getSummary().getFailures());
  }

  /// Each time it is asked, one more step.
  static class NeverDone extends Breaker {
    @Override
    Plan<SimulatedAction> plan(
        Desired desired, SimulatedObserved seen, Plan<SimulatedAction> right) {
      return right.isEmpty() && seen.exists() && !seen.groups().isEmpty()
          ? Plan.of(
              List.of(
                  new SimulatedAction.CreateTargetGroup(
                      seen.key(), seen.groups().keySet().iterator().next())))
          : right;
    }
  }

  static class LeavesTargetGroups extends Breaker {
    @Override
    Plan<SimulatedAction> plan(
        Desired desired, SimulatedObserved seen, Plan<SimulatedAction> right) {
      return desired instanceof Desired.Absent
          ? Plan.of(
              right.actions().stream()
                  .filter(action -> !(action instanceof SimulatedAction.DeleteTargetGroup))
                  .toList())
          : right;
    }
  }

  static class WritesWhilePlanning extends Breaker {
    @Override
    Plan<SimulatedAction> plan(
        Desired desired, SimulatedObserved seen, Plan<SimulatedAction> right) {
      if (desired instanceof Desired.Present) {
        inner.apply(new SimulatedAction.CreateTargetGroup(seen.key(), "TCP/1@30001"), seen);
      }
      return right;
    }
  }

  static class NotRepeatable extends Breaker {
    @Override
    SimulatedObserved apply(SimulatedAction action, SimulatedObserved seen) {
      var now = inner.observe(action.key());
      if (action instanceof SimulatedAction.CreateLoadBalancer && now.loadBalancer().isPresent()) {
        throw new IllegalStateException("it is there already");
      }
      return inner.apply(action, seen);
    }
  }

  /// The simulated provider, but for one thing.
  abstract static class Breaker
      extends CloudProviderConformance<SimulatedObserved, SimulatedAction> {
    final SimulatedProvider inner =
        new SimulatedProvider(
            new SimulatedCloud(InstantSource.fixed(Instant.EPOCH), SimulatedCloud.Options.ideal()));

    Plan<SimulatedAction> plan(
        Desired desired, SimulatedObserved seen, Plan<SimulatedAction> right) {
      return right;
    }

    SimulatedObserved apply(SimulatedAction action, SimulatedObserved seen) {
      return inner.apply(action, seen);
    }

    @Override
    protected Duration settleTime() {
      return Duration.ofMillis(20);
    }

    @Override
    protected CloudProvider<SimulatedObserved, SimulatedAction> provider() {
      return new CloudProvider<>() {
        @Override
        public Capabilities capabilities() {
          return inner.capabilities();
        }

        @Override
        public List<SimulatedObserved> list(ClusterId cluster) {
          return inner.list(cluster);
        }

        @Override
        public SimulatedObserved observe(LoadBalancerKey key) {
          return inner.observe(key);
        }

        @Override
        public Plan<SimulatedAction> plan(Desired desired, SimulatedObserved seen) {
          return Breaker.this.plan(desired, seen, inner.plan(desired, seen));
        }

        @Override
        public SimulatedObserved apply(SimulatedAction action, SimulatedObserved seen) {
          return Breaker.this.apply(action, seen);
        }

        @Override
        public void close() {}
      };
    }
  }
}
