// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What load balancing needs of a Node object.
///
/// @param internalAddresses in the order of the status
/// @param taints the keys of its taints
/// @param leavingSince since when it is known to be going away: its deletion timestamp, or the time
///   that the cluster autoscaler wrote into its taint
public record NodeView(
    String name,
    List<String> internalAddresses,
    Optional<String> providerId,
    boolean ready,
    boolean deleting,
    Map<String, String> labels,
    Set<String> taints,
    Optional<Instant> leavingSince) {
  static final String EXCLUDE_LABEL = "node.kubernetes.io/exclude-from-external-load-balancers";
  public static final String AUTOSCALER_TAINT = "ToBeDeletedByClusterAutoscaler";

  // What the reference controller takes as false (Go's strconv.ParseBool); any other value
  // excludes.
  private static final Set<String> FALSE = Set.of("0", "f", "false");

  public NodeView {
    internalAddresses = List.copyOf(internalAddresses);
    labels = Map.copyOf(labels);
    taints = Set.copyOf(taints);
  }

  /// Whether it may receive traffic at all. Readiness does not count: health checks see to that.
  public boolean eligible() {
    return ineligible().isEmpty();
  }

  /// Why it may not receive traffic; empty when it may.
  public Optional<String> ineligible() {
    if (deleting) {
      return Optional.of("is being deleted");
    }
    if (excluded()) {
      return Optional.of("has label " + EXCLUDE_LABEL);
    }
    return taints.contains(AUTOSCALER_TAINT)
        ? Optional.of("has taint " + AUTOSCALER_TAINT)
        : Optional.empty();
  }

  private boolean excluded() {
    return labels.containsKey(EXCLUDE_LABEL)
        && !FALSE.contains(labels.getOrDefault(EXCLUDE_LABEL, "").toLowerCase(Locale.ROOT));
  }

  public Target target() {
    return new Target(name, internalAddresses, providerId, ready, labels);
  }
}
