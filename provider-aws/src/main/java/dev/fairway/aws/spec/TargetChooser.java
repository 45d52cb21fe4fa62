// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Chooses the nodes that a target group takes. Nodes that drain are not among them: a Network Load
/// Balancer drains what is deregistered by itself.
final class TargetChooser {
  private static final int MOST_NAMED = 3;

  private final LoadBalancerKey key;
  private final Defaults defaults;
  private final List<Instance> instances;

  private record Instance(Target node, String id) {}

  private TargetChooser(LoadBalancerKey key, Defaults defaults, List<Instance> instances) {
    this.key = key;
    this.defaults = defaults;
    this.instances = instances;
  }

  static TargetChooser read(
      LoadBalancerKey key, Backends backends, Defaults defaults, Findings findings) {
    var labels = findings.read(TargetAnnotations.NODE_LABELS).orElse(Map.of());
    var selected =
        backends.targets().stream().filter(node -> hasAll(node.labels(), labels)).toList();
    if (selected.isEmpty() && !backends.targets().isEmpty()) {
      findings.add(
          Note.warning(
              "NoNodeSelected",
              "annotation %s selects none of %d nodes"
                  .formatted(TargetAnnotations.NODE_LABELS.key(), backends.targets().size()),
              "check the labels with kubectl get nodes --show-labels"));
    }
    var instances = new ArrayList<Instance>();
    var strangers = new ArrayList<String>();
    for (var node : selected) {
      InstanceId.of(node)
          .ifPresentOrElse(
              id -> instances.add(new Instance(node, id)), () -> strangers.add(node.node()));
    }
    if (!strangers.isEmpty()) {
      findings.add(notInstances(strangers));
    }
    return new TargetChooser(key, defaults, List.copyOf(instances));
  }

  // Without a value, any will do: that of cloud-provider-aws.
  private static boolean hasAll(Map<String, String> labels, Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(label ->
            labels.containsKey(label.getKey())
                && (label.getValue().isEmpty()
                    || label.getValue().equals(labels.get(label.getKey()))));
  }

  private static Note notInstances(List<String> strangers) {
    var named =
        strangers.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", "))
            + (strangers.size() > MOST_NAMED
                ? " and %d more".formatted(strangers.size() - MOST_NAMED)
                : "");
    return Note.warning(
        "NodeWithoutInstance",
        "nodes get no traffic, because spec.providerID names no EC2 instance: " + named,
        "set it to aws:///ZONE/INSTANCE, or exclude them with label"
            + " node.kubernetes.io/exclude-from-external-load-balancers");
  }

  /// The targets of a frontend, sorted.
  ///
  /// @param listener such as `TCP/80`: with the key of the group it says which nodes are chosen,
  ///   where not all are
  List<TargetId> choose(String listener, Frontend frontend) {
    var port = frontend.backend().nodePort();
    if (port.isEmpty()) {
      return List.of();
    }
    return some(listener, frontend).stream()
        .map(instance -> new TargetId(instance.id(), port.getAsInt()))
        .distinct()
        .sorted()
        .toList();
  }

  private List<Instance> some(String listener, Frontend frontend) {
    if (defaults.targetsPerZone() <= 0
        || instances.size() < defaults.subsettingFromNodes()
        // With Local only the nodes that hold endpoints answer, and those may be any.
        || frontend.traffic().externalPolicy() == ExternalTrafficPolicy.LOCAL) {
      return instances;
    }
    var draw = new Rendezvous(key + " " + listener);
    return instances.stream().collect(Collectors.groupingBy(TargetChooser::zone)).values().stream()
        .flatMap(ofZone ->
            draw
                .best(ofZone, instance -> instance.node().node(), defaults.targetsPerZone())
                .stream())
        .toList();
  }

  private static String zone(Instance instance) {
    return instance.node().labels().getOrDefault("topology.kubernetes.io/zone", "");
  }
}
