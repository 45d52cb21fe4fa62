// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.owner;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.StableHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Orders the owners of each VIP: the first announces it, the next ones follow when it is gone. An
/// owner stays for as long as it is eligible, so a node that joins or returns moves nothing: every
/// move would cut connections.
public final class OwnerPlanner {

  /// How many owners a VIP has where there are enough nodes. Two followers outlive a second failure
  /// before the list is renewed.
  public static final int MAX_OWNERS = 3;

  private static final Comparator<Ranked> BY_HASH =
      Comparator.comparingLong(Ranked::hash).thenComparing(Ranked::node);

  /// @param hash of VIP and node: computed once, as there may be a thousand nodes
  private record Ranked(String node, long hash) {}

  private OwnerPlanner() {}

  /// The owners of one VIP, at most [#MAX_OWNERS], without repetition; empty if no node is
  /// eligible. The result does not depend on the order of the set or the map.
  ///
  /// @param current the owners so far, the announcing one first
  /// @param eligible the nodes that may own the VIP now
  /// @param owned how many VIPs each node announces now; a node that is missing announces none
  public static List<String> plan(
      IpAddress vip, List<String> current, Set<String> eligible, Map<String, Integer> owned) {
    List<String> owners =
        new ArrayList<>(
            current.stream().filter(eligible::contains).distinct().limit(MAX_OWNERS).toList());
    if (owners.size() == MAX_OWNERS) {
      return List.copyOf(owners);
    }
    String address = vip.toString();
    List<Ranked> others =
        eligible.stream()
            .filter(node -> !owners.contains(node))
            .map(node -> new Ranked(node, StableHash.of(address, node)))
            .sorted(BY_HASH)
            .toList();
    if (owners.isEmpty()) {
      others.stream()
          .map(Ranked::node)
          .min(Comparator.comparingInt(node -> owned.getOrDefault(node, 0)))
          .ifPresent(owners::add);
    }
    // Followers are chosen by hash alone: by load, one quiet node would follow everywhere and get
    // all that a failure sets free.
    others.stream()
        .map(Ranked::node)
        .filter(node -> !owners.contains(node))
        .limit(MAX_OWNERS - owners.size())
        .toList()
        .forEach(owners::add);
    return List.copyOf(owners);
  }

  /// The owners of all VIPs, each decision counting into the load that the next one sees. VIPs that
  /// keep their owner are counted first, then the others are placed in the order of their
  /// addresses.
  public static Map<IpAddress, List<String>> planAll(Map<IpAddress, OwnerClaim> claims) {
    Map<String, Integer> owned = new HashMap<>();
    Map<IpAddress, List<String>> plans = new TreeMap<>();
    claims.forEach((vip, claim) -> {
      if (!claim.owners().isEmpty() && claim.eligible().contains(claim.owners().getFirst())) {
        owned.merge(claim.owners().getFirst(), 1, Integer::sum);
        plans.put(vip, plan(vip, claim.owners(), claim.eligible(), Map.of()));
      }
    });
    new TreeMap<>(claims)
        .forEach((vip, claim) -> {
          if (!plans.containsKey(vip)) {
            List<String> owners = plan(vip, claim.owners(), claim.eligible(), owned);
            plans.put(vip, owners);
            owners.stream().limit(1).forEach(node -> owned.merge(node, 1, Integer::sum));
          }
        });
    return plans;
  }
}
