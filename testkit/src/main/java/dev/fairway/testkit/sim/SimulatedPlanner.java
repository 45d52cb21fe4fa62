// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.model.Backend;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Absent;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.plan.Await;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The planner of the simulated cloud: pure, and a model of how a planner can look.
final class SimulatedPlanner {
  private static final Duration PROVISIONING_POLL = Duration.ofSeconds(1);

  private SimulatedPlanner() {}

  static Plan<SimulatedAction> plan(Desired desired, SimulatedObserved seen) {
    return switch (desired) {
      case Absent _ -> Plan.of(deleteEverything(seen));
      case Present present -> adjust(present, seen);
    };
  }

  private static List<SimulatedAction> deleteEverything(SimulatedObserved seen) {
    var actions = new ArrayList<SimulatedAction>();
    new TreeSet<>(seen.listeners().keySet())
        .forEach(frontend -> actions.add(new SimulatedAction.DeleteListener(seen.key(), frontend)));
    if (seen.loadBalancer().isPresent()) {
      actions.add(new SimulatedAction.DeleteLoadBalancer(seen.key()));
    }
    new TreeSet<>(seen.groups().keySet())
        .forEach(group -> actions.add(new SimulatedAction.DeleteTargetGroup(seen.key(), group)));
    return actions;
  }

  private static Plan<SimulatedAction> adjust(Present present, SimulatedObserved seen) {
    var malformed = SimulatedProvider.TARGETS.read(present.annotations()).note();
    if (malformed.isPresent()) {
      return Plan.<SimulatedAction>none().withNotes(List.of(malformed.get()));
    }
    var notes = new ArrayList<Note>();
    var wanted = new TreeMap<String, String>();
    var pods = new TreeMap<String, Set<String>>();
    for (var frontend : present.frontends()) {
      if (frontend.protocol() == Protocol.SCTP) {
        notes.add(unsupported(frontend));
      } else if (frontend.backend().endpoints().isPresent()) {
        wanted.put(frontend.id(), frontend.id() + "@pods");
        pods.put(frontend.id() + "@pods", names(frontend.backend()));
      } else if (frontend.backend().nodePort().isEmpty()) {
        notes.add(withoutNodePort(frontend));
      } else {
        var port = frontend.backend().nodePort().getAsInt();
        wanted.put(frontend.id(), frontend.id() + "@" + port);
      }
    }
    var actions = new ArrayList<SimulatedAction>();
    actions.addAll(groups(present, seen, wanted, pods));
    if (seen.loadBalancer().isEmpty()) {
      actions.add(new SimulatedAction.CreateLoadBalancer(seen.key()));
    }
    actions.addAll(listeners(seen, wanted));
    // Only after no listener points to them any more.
    new TreeSet<>(seen.groups().keySet())
        .stream()
            .filter(group -> !wanted.containsValue(group))
            .forEach(
                group -> actions.add(new SimulatedAction.DeleteTargetGroup(seen.key(), group)));
    var plan = Plan.of(actions).withNotes(notes);
    var provisioning = seen.loadBalancer().filter(lb -> lb.active()).isEmpty();
    return provisioning
        ? plan.awaiting(new Await(PROVISIONING_POLL, "the load balancer is being provisioned"))
        : plan;
  }

  private static List<SimulatedAction> groups(
      Present present,
      SimulatedObserved seen,
      Map<String, String> wanted,
      Map<String, Set<String>> pods) {
    var actions = new ArrayList<SimulatedAction>();
    var nodes = names(present.backends().targets());
    var leavingNodes = names(present.backends().draining());
    for (var group : wanted.values()) {
      var targets = pods.getOrDefault(group, nodes);
      var leaving = pods.containsKey(group) ? Set.<String>of() : leavingNodes;
      var registered = seen.groups().getOrDefault(group, Set.of());
      if (!seen.groups().containsKey(group)) {
        actions.add(new SimulatedAction.CreateTargetGroup(seen.key(), group));
      }
      var draining = seen.draining().getOrDefault(group, Set.of());
      var gone = minus(minus(union(registered, draining), targets), leaving);
      if (!gone.isEmpty()) {
        actions.add(new SimulatedAction.DeregisterTargets(seen.key(), group, gone));
      }
      var joined = minus(targets, registered);
      if (!joined.isEmpty()) {
        actions.add(new SimulatedAction.RegisterTargets(seen.key(), group, joined));
      }
      var begin = both(registered, leaving);
      if (!begin.isEmpty()) {
        actions.add(new SimulatedAction.DrainTargets(seen.key(), group, begin));
      }
    }
    return actions;
  }

  private static List<SimulatedAction> listeners(
      SimulatedObserved seen, Map<String, String> wanted) {
    var actions = new ArrayList<SimulatedAction>();
    wanted.forEach((frontend, group) -> {
      var now = seen.listeners().getOrDefault(frontend, "");
      if (now.isEmpty()) {
        actions.add(new SimulatedAction.CreateListener(seen.key(), frontend, group));
      } else if (!now.equals(group)) {
        actions.add(new SimulatedAction.PointListener(seen.key(), frontend, group));
      }
    });
    new TreeSet<>(minus(seen.listeners().keySet(), wanted.keySet()))
        .forEach(frontend -> actions.add(new SimulatedAction.DeleteListener(seen.key(), frontend)));
    return actions;
  }

  private static Set<String> names(List<Target> targets) {
    return targets.stream().map(Target::node).collect(Collectors.toSet());
  }

  private static Set<String> names(Backend backend) {
    return backend.endpoints().stream()
        .flatMap(List::stream)
        .map(pod -> pod.address() + ":" + pod.port())
        .collect(Collectors.toSet());
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    if (others.isEmpty()) {
      return some;
    }
    var all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  private static Set<String> both(Set<String> some, Set<String> others) {
    var common = new HashSet<>(some);
    common.retainAll(others);
    return common;
  }

  private static Set<String> minus(Set<String> from, Set<String> what) {
    var rest = new HashSet<>(from);
    rest.removeAll(what);
    return rest;
  }

  private static Note unsupported(Frontend frontend) {
    return Note.warning(
        "UnsupportedProtocol",
        "port %s of %s: the simulated cloud has no SCTP"
            .formatted(frontend.id(), frontend.service()),
        "use TCP or UDP");
  }

  private static Note withoutNodePort(Frontend frontend) {
    return Note.warning(
        "NodePortMissing",
        "port %s of %s has no node port".formatted(frontend.id(), frontend.service()),
        "remove allocateLoadBalancerNodePorts: false");
  }
}
