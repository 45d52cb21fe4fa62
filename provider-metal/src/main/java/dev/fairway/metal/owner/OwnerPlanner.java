// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.owner;

import dev.fairway.metal.pool.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Orders the owners of each VIP: the first announces it, the next ones follow when it is gone. An
/// owner stays for as long as it is eligible, so a node that joins or returns moves nothing: every
/// move would cut connections.
///
/// New VIPs go to the node that has least, and the VIPs of a node are followed by all others in
/// equal parts, so that no node has more than [#MOST_OVER_MEAN] times the mean, also after a
/// failure. Followers may be exchanged for that: nobody notices.
public final class OwnerPlanner {

  /// How many owners a VIP has where there are enough nodes. Two followers outlive a second failure
  /// before the list is renewed.
  public static final int MAX_OWNERS = 3;

  /// How much more than the mean a node may announce, where the nodes are eligible alike.
  public static final double MOST_OVER_MEAN = 1.25;

  private OwnerPlanner() {}

  /// The owners of one VIP, at most [#MAX_OWNERS], without repetition; empty if no node is
  /// eligible. The result does not depend on the order of the map.
  ///
  /// @param current the owners so far, the announcing one first
  /// @param eligible the nodes that may own the VIP now, with the weight of the preference for each
  /// @param loads what all VIPs add up to, this one included
  public static List<String> plan(
      IpAddress vip, List<String> current, Map<String, Integer> eligible, OwnerLoads loads) {
    if (eligible.isEmpty()) {
      return List.of();
    }
    var before = current.stream().distinct().toList();
    var left = before.stream().filter(eligible::containsKey).limit(MAX_OWNERS).toList();
    var choice = new OwnerChoice(vip, current, eligible, loads);
    var owners = new ArrayList<String>();
    owners.add(left.isEmpty() ? choice.owner() : left.getFirst());
    if (eligible.size() > 1) {
      owners.add(follower(owners.getFirst(), before, left, choice));
    }
    left.stream()
        .filter(node -> !owners.contains(node))
        .limit(MAX_OWNERS - owners.size())
        .toList()
        .forEach(owners::add);
    while (owners.size() < Math.min(MAX_OWNERS, eligible.size())) {
      owners.add(choice.another(owners));
    }
    return List.copyOf(owners);
  }

  // The one there is, unless it has just become the owner itself or gets too much.
  private static String follower(
      String owner, List<String> before, List<String> left, OwnerChoice choice) {
    var stays = left.size() > 1 && before.subList(0, 2).equals(left.subList(0, 2));
    return stays && !choice.overburdens(owner, left.get(1)) ? left.get(1) : choice.follower(owner);
  }

  /// The same where no node is preferred.
  public static List<String> plan(
      IpAddress vip, List<String> current, Set<String> eligible, OwnerLoads loads) {
    return plan(vip, current, OwnerClaim.alike(eligible), loads);
  }

  /// The owners of all VIPs, each decision counting into what the next one sees. VIPs that keep
  /// their owner come first, then those that a follower takes over, then those that have none, each
  /// in the order of their addresses.
  public static Map<IpAddress, List<String>> planAll(Map<IpAddress, OwnerClaim> claims) {
    var tally = new OwnerTally();
    var turns = new TreeMap<Integer, Map<IpAddress, OwnerClaim>>();
    claims.forEach((vip, claim) -> {
      tally.add(claim.owners());
      turns.computeIfAbsent(turn(claim), _ -> new TreeMap<>()).put(vip, claim);
    });
    var plans = new HashMap<IpAddress, List<String>>();
    for (var turn : turns.values()) {
      turn.forEach((vip, claim) -> {
        var owners = plan(vip, claim.owners(), claim.eligible(), tally);
        tally.remove(claim.owners());
        tally.add(owners);
        plans.put(vip, owners);
      });
    }
    return new TreeMap<>(plans);
  }

  private static int turn(OwnerClaim claim) {
    for (var i = 0; i < claim.owners().size(); i++) {
      if (claim.eligible().containsKey(claim.owners().get(i))) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }
}
