// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.model.SubnetView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The way of a load balancer from the subnets it is in to those it should be in.
///
/// AWS does not exchange a subnet for another of the same zone in one call: first the zone goes,
/// then it comes back (aws-load-balancer-controller issue 4171).
///
/// @param has ids
/// @param wanted ids
/// @param between what is left while zones that get another subnet are gone
record SubnetChange(Set<String> has, Set<String> wanted, List<SubnetMapping> between) {
  static SubnetChange of(Balancer there, List<SubnetMapping> wanted, List<SubnetView> subnets) {
    var has = ids(there.mappings());
    var shouldHave = ids(wanted);
    var zones = subnets.stream().collect(Collectors.toMap(SubnetView::id, SubnetView::zone));
    var between =
        there.mappings().stream()
            .filter(one ->
                shouldHave.contains(one.subnetId())
                    || shouldHave.stream()
                        .noneMatch(other -> !has.contains(other) && sameZone(zones, one, other)))
            .toList();
    return new SubnetChange(has, shouldHave, between);
  }

  boolean isNone() {
    return has.equals(wanted);
  }

  /// Whether zones have to go before they come back.
  boolean takesTwoSteps() {
    return between.size() < has.size();
  }

  /// Whether a subnet that serves clients goes in the last step.
  boolean takesAway() {
    return !wanted.containsAll(ids(between));
  }

  /// Whether it can be gone with a subnet left at all times.
  boolean possible() {
    return isNone() || !between.isEmpty();
  }

  static Set<String> ids(List<SubnetMapping> mappings) {
    return mappings.stream().map(SubnetMapping::subnetId).collect(Collectors.toSet());
  }

  private static boolean sameZone(Map<String, String> zones, SubnetMapping one, String other) {
    return Optional.ofNullable(zones.get(one.subnetId()))
        .map(zone -> zone.equals(zones.get(other)))
        .orElse(false);
  }
}
