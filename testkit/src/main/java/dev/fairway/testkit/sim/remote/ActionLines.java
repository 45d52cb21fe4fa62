// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim.remote;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.SimulatedAction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The arguments of an action, as lines of text: `group NAME`, `frontend NAME`, `nodes NAME...`.
/// Which action it is stands in the path of the request, the key in its query.
final class ActionLines {
  private ActionLines() {}

  static String write(SimulatedAction action) {
    return switch (action) {
      case SimulatedAction.CreateTargetGroup(_, var group) -> "group " + group;
      case SimulatedAction.CreateLoadBalancer _, SimulatedAction.DeleteLoadBalancer _ -> "";
      case SimulatedAction.CreateListener(_, var frontend, var group) ->
          "frontend " + frontend + "\ngroup " + group;
      case SimulatedAction.PointListener(_, var frontend, var group) ->
          "frontend " + frontend + "\ngroup " + group;
      case SimulatedAction.RegisterTargets(_, var group, var nodes) -> targets(group, nodes);
      case SimulatedAction.DrainTargets(_, var group, var nodes) -> targets(group, nodes);
      case SimulatedAction.DeregisterTargets(_, var group, var nodes) -> targets(group, nodes);
      case SimulatedAction.DeleteListener(_, var frontend) -> "frontend " + frontend;
      case SimulatedAction.DeleteTargetGroup(_, var group) -> "group " + group;
    };
  }

  private static String targets(String group, Set<String> nodes) {
    return "group " + group + "\nnodes " + String.join(" ", nodes);
  }

  /// @throws IllegalArgumentException when there is no such action, or an argument is missing
  static SimulatedAction read(String name, LoadBalancerKey key, String body) {
    var arguments = new HashMap<String, String>();
    body.lines()
        .forEach(line -> {
          var space = line.indexOf(' ');
          arguments.put(line.substring(0, space), line.substring(space + 1));
        });
    return switch (name) {
      case "CreateTargetGroup" ->
          new SimulatedAction.CreateTargetGroup(key, of(arguments, "group"));
      case "CreateLoadBalancer" -> new SimulatedAction.CreateLoadBalancer(key);
      case "CreateListener" ->
          new SimulatedAction.CreateListener(
              key, of(arguments, "frontend"), of(arguments, "group"));
      case "PointListener" ->
          new SimulatedAction.PointListener(key, of(arguments, "frontend"), of(arguments, "group"));
      case "RegisterTargets" ->
          new SimulatedAction.RegisterTargets(key, of(arguments, "group"), nodes(arguments));
      case "DrainTargets" ->
          new SimulatedAction.DrainTargets(key, of(arguments, "group"), nodes(arguments));
      case "DeregisterTargets" ->
          new SimulatedAction.DeregisterTargets(key, of(arguments, "group"), nodes(arguments));
      case "DeleteListener" -> new SimulatedAction.DeleteListener(key, of(arguments, "frontend"));
      case "DeleteTargetGroup" ->
          new SimulatedAction.DeleteTargetGroup(key, of(arguments, "group"));
      case "DeleteLoadBalancer" -> new SimulatedAction.DeleteLoadBalancer(key);
      default -> throw new IllegalArgumentException("there is no action " + name);
    };
  }

  private static String of(Map<String, String> arguments, String name) {
    return Optional.ofNullable(arguments.get(name))
        .orElseThrow(
            () -> new IllegalArgumentException("the line '%s' is missing".formatted(name)));
  }

  private static Set<String> nodes(Map<String, String> arguments) {
    return Set.copyOf(Arrays.asList(of(arguments, "nodes").split(" ")));
  }
}
