// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.aws.model.SubnetView;
import dev.fairway.cloud.plan.Note;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds subnets by their tags, as aws-load-balancer-controller does (its page "Subnet discovery"),
/// so that a load balancer moves nowhere when its controller changes.
record SubnetDiscovery(String cluster, Scheme scheme, AddressType type) {
  private static final String CLUSTER_TAG = "kubernetes.io/cluster/";
  // ELBv2 refuses subnets with fewer.
  private static final int FEWEST_FREE = 8;

  /// At most one of each zone, ordered by zone.
  List<SubnetView> among(List<SubnetView> all, List<Note> problems) {
    var candidates = withRole(all.stream().filter(this::mayBeOurs).toList());
    var usable = candidates.stream().filter(this::usable).toList();
    if (usable.isEmpty()) {
      problems.add(none(all, candidates));
    }
    var best =
        Comparator.comparing(
                (SubnetView subnet) -> !subnet.tags().containsKey(CLUSTER_TAG + cluster))
            .thenComparing(SubnetView::id);
    return List.copyOf(
        usable.stream()
            .sorted(best)
            .collect(Collectors.toMap(SubnetView::zone, s -> s, (first, _) -> first, TreeMap::new))
            .values());
  }

  private List<SubnetView> withRole(List<SubnetView> subnets) {
    var tagged = subnets.stream().filter(subnet -> hasRole(subnet.tags().get(role()))).toList();
    if (!tagged.isEmpty()) {
      return tagged;
    }
    Predicate<SubnetView> reachable = SubnetView::isPublic;
    return switch (scheme) {
      case INTERNET_FACING -> subnets.stream().filter(reachable).toList();
      case INTERNAL -> {
        var hidden = subnets.stream().filter(reachable.negate()).toList();
        yield hidden.isEmpty() ? subnets : hidden;
      }
    };
  }

  private String role() {
    return switch (scheme) {
      case INTERNET_FACING -> "kubernetes.io/role/elb";
      case INTERNAL -> "kubernetes.io/role/internal-elb";
    };
  }

  private static boolean hasRole(@Nullable String value) {
    return value != null && (value.isEmpty() || value.equals("1"));
  }

  private boolean mayBeOurs(SubnetView subnet) {
    return subnet.tags().containsKey(CLUSTER_TAG + cluster)
        || subnet.tags().keySet().stream().noneMatch(key -> key.startsWith(CLUSTER_TAG));
  }

  private boolean usable(SubnetView subnet) {
    return subnet.freeAddresses() >= FEWEST_FREE && (type == AddressType.IPV4 || subnet.ipv6());
  }

  private Note none(List<SubnetView> all, List<SubnetView> candidates) {
    var looked =
        candidates.isEmpty()
            ? "none of %d subnets of the VPC is one for it".formatted(all.size())
            : "%s have too few free addresses (%d are needed)%s"
                .formatted(
                    SubnetChooser.ids(candidates),
                    FEWEST_FREE,
                    type == AddressType.DUALSTACK ? " or no IPv6 range" : "");
    return Note.blocking(
        "NoSubnet",
        "there is no subnet for an %s load balancer: %s".formatted(scheme, looked),
        "tag one of each zone with %s: 1, or name them in annotation %s"
            .formatted(role(), LoadBalancerAnnotations.SUBNETS.key()));
  }
}
