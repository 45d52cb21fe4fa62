// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The nodes that take traffic, whatever externalTrafficPolicy says: the monitor finds those that
/// have endpoints.
final class Members {
  private static final int MOST_NAMED = 3;

  private final List<Target> targets;
  private final List<Target> draining;
  private final Findings findings;
  // All ports have the same, and clusters may have thousands of nodes.
  private final Map<IpFamily, SortedMap<String, Target>> byFamily = new EnumMap<>(IpFamily.class);

  private Members(List<Target> targets, List<Target> draining, Findings findings) {
    this.targets = targets;
    this.draining = draining;
    this.findings = findings;
  }

  /// Those that stay.
  List<Target> targets() {
    return targets;
  }

  /// Those that the node selector chooses.
  static Members read(Terms terms, Backends backends) {
    var labels =
        terms
            .findings()
            .read(ListenerAnnotations.NODE_SELECTOR)
            .or(() ->
                terms.option(
                    "node-selector",
                    terms.options().nodeSelector(),
                    ListenerAnnotations.NODE_SELECTOR))
            .orElse(Map.of());
    var members =
        new Members(
            selected(backends.targets(), labels),
            selected(backends.draining(), labels),
            terms.findings());
    members.tellOfNone(backends.targets().size(), labels);
    return members;
  }

  private static List<Target> selected(List<Target> nodes, Map<String, Optional<String>> labels) {
    return nodes.stream()
        .filter(node ->
            labels.entrySet().stream()
                .allMatch(label ->
                    node.labels().containsKey(label.getKey())
                        && label
                            .getValue()
                            .map(value -> value.equals(node.labels().get(label.getKey())))
                            .orElse(true)))
        .toList();
  }

  private void tellOfNone(int nodes, Map<String, Optional<String>> labels) {
    if (nodes == 0) {
      findings.add(Note.info("NoNodes", "there are no nodes that could take the traffic"));
    } else if (targets.isEmpty()) {
      findings.add(
          Note.warning(
              "NoNodeSelected",
              "node selector %s selects none of %d nodes".formatted(text(labels), nodes),
              "check the labels with kubectl get nodes --show-labels, or change annotation "
                  + ListenerAnnotations.NODE_SELECTOR.key()));
    }
  }

  private static String text(Map<String, Optional<String>> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + label.getValue().map(value -> "=" + value).orElse(""))
        .collect(Collectors.joining(","));
  }

  /// The members of a pool, ordered by address.
  ///
  /// @param families those of their addresses
  /// @param port the node port; without one there are none
  /// @param monitorPort where their health is asked for
  List<ListenerSpec.MemberSpec> at(
      List<IpFamily> families, Site site, OptionalInt port, OptionalInt monitorPort) {
    if (port.isEmpty()) {
      return List.of();
    }
    return families.stream()
        .flatMap(family ->
            byFamily.computeIfAbsent(family, this::addresses).entrySet().stream()
                .map(entry ->
                    new ListenerSpec.MemberSpec(
                        entry.getValue().node(),
                        entry.getKey(),
                        port.getAsInt(),
                        Optional.ofNullable(site.memberSubnets().get(family)),
                        monitorPort,
                        draining.contains(entry.getValue()))))
        .sorted(Comparator.comparing(ListenerSpec.MemberSpec::address))
        .toList();
  }

  private SortedMap<String, Target> addresses(IpFamily family) {
    var byAddress = new TreeMap<String, Target>();
    var lacking = new ArrayList<String>();
    Stream.concat(targets.stream(), draining.stream())
        .forEach(node ->
            NodeSubnets.address(node, family)
                .ifPresentOrElse(
                    address -> put(byAddress, address, node), () -> lacking.add(node.node())));
    if (!lacking.isEmpty()) {
      findings.add(
          Note.warning(
              "NodeWithoutAddress",
              "nodes get no traffic, because they have no InternalIP of family %s: %s"
                  .formatted(family, named(lacking)),
              "wait until they have joined, or exclude them with label"
                  + " node.kubernetes.io/exclude-from-external-load-balancers"));
    }
    return byAddress;
  }

  private void put(Map<String, Target> byAddress, String address, Target node) {
    var before = byAddress.putIfAbsent(address, node);
    if (before != null) {
      findings.add(
          Note.warning(
              "DuplicateNodeAddress",
              "nodes %s and %s both have address %s: it is taken once"
                  .formatted(before.node(), node.node(), address),
              "delete the Node object that is left over"));
    }
  }

  private static String named(List<String> nodes) {
    return nodes.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", "))
        + (nodes.size() > MOST_NAMED ? " and %d more".formatted(nodes.size() - MOST_NAMED) : "");
  }
}
