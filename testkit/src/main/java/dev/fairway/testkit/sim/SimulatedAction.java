// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Effect;
import java.util.Set;
import java.util.TreeSet;

/// The writes that the simulated cloud knows.
public sealed interface SimulatedAction extends Action {
  LoadBalancerKey key();

  record CreateTargetGroup(LoadBalancerKey key, String group) implements SimulatedAction {
    @Override
    public Effect effect() {
      return Effect.CREATE;
    }

    @Override
    public String summary() {
      return "create target group %s of %s".formatted(group, key);
    }
  }

  record CreateLoadBalancer(LoadBalancerKey key) implements SimulatedAction {
    @Override
    public Effect effect() {
      return Effect.CREATE;
    }

    @Override
    public String summary() {
      return "create load balancer %s".formatted(key);
    }
  }

  record CreateListener(LoadBalancerKey key, String frontend, String group)
      implements SimulatedAction {
    @Override
    public Effect effect() {
      return Effect.CREATE;
    }

    @Override
    public String summary() {
      return "create listener %s of %s to target group %s".formatted(frontend, key, group);
    }
  }

  record PointListener(LoadBalancerKey key, String frontend, String group)
      implements SimulatedAction {
    @Override
    public Effect effect() {
      return Effect.UPDATE;
    }

    @Override
    public String summary() {
      return "point listener %s of %s to target group %s".formatted(frontend, key, group);
    }
  }

  record RegisterTargets(LoadBalancerKey key, String group, Set<String> nodes)
      implements SimulatedAction {
    public RegisterTargets {
      nodes = Set.copyOf(nodes);
    }

    @Override
    public Effect effect() {
      return Effect.UPDATE;
    }

    @Override
    public String summary() {
      return "register %s in target group %s of %s".formatted(new TreeSet<>(nodes), group, key);
    }
  }

  /// No new connections; those that are open may go on.
  record DrainTargets(LoadBalancerKey key, String group, Set<String> nodes)
      implements SimulatedAction {
    public DrainTargets {
      nodes = Set.copyOf(nodes);
    }

    @Override
    public Effect effect() {
      return Effect.UPDATE;
    }

    @Override
    public String summary() {
      return "drain %s in target group %s of %s".formatted(new TreeSet<>(nodes), group, key);
    }
  }

  record DeregisterTargets(LoadBalancerKey key, String group, Set<String> nodes)
      implements SimulatedAction {
    public DeregisterTargets {
      nodes = Set.copyOf(nodes);
    }

    @Override
    public Effect effect() {
      return Effect.UPDATE;
    }

    @Override
    public String summary() {
      return "deregister %s from target group %s of %s".formatted(new TreeSet<>(nodes), group, key);
    }
  }

  record DeleteListener(LoadBalancerKey key, String frontend) implements SimulatedAction {
    @Override
    public Effect effect() {
      return Effect.DELETE;
    }

    @Override
    public String summary() {
      return "delete listener %s of %s".formatted(frontend, key);
    }
  }

  record DeleteTargetGroup(LoadBalancerKey key, String group) implements SimulatedAction {
    @Override
    public Effect effect() {
      return Effect.DELETE;
    }

    @Override
    public String summary() {
      return "delete target group %s of %s".formatted(group, key);
    }
  }

  record DeleteLoadBalancer(LoadBalancerKey key) implements SimulatedAction {
    @Override
    public Effect effect() {
      return Effect.DELETE;
    }

    @Override
    public String summary() {
      return "delete load balancer %s".formatted(key);
    }
  }
}
