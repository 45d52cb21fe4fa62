// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.owner;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.StableHash;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// The choice of the owners of one VIP. All numbers are without this VIP itself, so that what was
/// chosen is chosen again. Plain arrays: there may be a thousand nodes, and thousands of VIPs are
/// planned at once.
final class OwnerChoice {
  private static final int NONE = -1;

  private final List<String> current;
  private final OwnerLoads loads;
  private final String[] names;
  private final int[] weights;
  private final int[] owned;
  private final long vipHash;
  private final double mean;

  OwnerChoice(
      IpAddress vip, List<String> current, Map<String, Integer> eligible, OwnerLoads loads) {
    this.current = current;
    this.loads = loads;
    names = eligible.keySet().toArray(String[]::new);
    weights = new int[names.length];
    owned = new int[names.length];
    vipHash = StableHash.of(vip.toString());
    var sum = 1.0;
    for (var i = 0; i < names.length; i++) {
      weights[i] = eligible.getOrDefault(names[i], 0);
      owned[i] = owned(names[i]);
      sum += owned[i];
    }
    mean = sum / names.length;
  }

  private int owned(String node) {
    var all = loads.owned(node);
    return all > 0 && !current.isEmpty() && current.getFirst().equals(node) ? all - 1 : all;
  }

  private int behind(String owner, String follower) {
    var all = loads.behind(owner, follower);
    return all > 0
            && current.size() > 1
            && current.get(0).equals(owner)
            && current.get(1).equals(follower)
        ? all - 1
        : all;
  }

  /// The node that has least.
  String owner() {
    return best(Set.of(), i -> owned[i]);
  }

  /// The node that would have least if `owner` failed. While all have about the mean, only what
  /// follows this owner counts: in the end each of the others gets an equal part of it.
  String follower(String owner) {
    return best(Set.of(owner), i -> behind(owner, names[i]) + unusual(owned[i]));
  }

  private int unusual(int count) {
    return count > Math.ceil(mean)
        ? count - (int) Math.ceil(mean)
        : Math.min(0, count - (int) Math.floor(mean));
  }

  /// Any node besides these, as if by lot.
  String another(Collection<String> besides) {
    return best(Set.copyOf(besides), _ -> 0);
  }

  /// Whether another follower has to be found: with this one, the bound would be broken when
  /// `owner` fails, and there is a better one that is preferred no less.
  boolean overburdens(String owner, String follower) {
    var bound = Math.ceil(OwnerPlanner.MOST_OVER_MEAN * mean * names.length / (names.length - 1));
    if (names.length < 2 || afterwards(owner, follower) <= bound) {
      return false;
    }
    var better = follower(owner);
    return weight(better) >= weight(follower)
        && afterwards(owner, better) < afterwards(owner, follower);
  }

  private int afterwards(String owner, String follower) {
    return owned(follower) + behind(owner, follower) + 1;
  }

  private int weight(String name) {
    return weights[List.of(names).indexOf(name)];
  }

  // The most preferred, of these the one with the least load, of these the one that the lot falls
  // on: it depends on the VIP, so that not all meet at one node.
  private String best(Set<String> without, IntUnaryOperator load) {
    var best = NONE;
    var least = 0;
    for (var i = 0; i < names.length; i++) {
      if (without.contains(names[i])) {
        continue;
      }
      var has = load.applyAsInt(i);
      if (best == NONE || isBetter(i, has, best, least)) {
        best = i;
        least = has;
      }
    }
    return names[best];
  }

  private boolean isBetter(int one, int load, int other, int otherLoad) {
    if (weights[one] != weights[other]) {
      return weights[one] > weights[other];
    }
    if (load != otherLoad) {
      return load < otherLoad;
    }
    var byLot = Long.compare(lot(one), lot(other));
    return byLot != 0 ? byLot < 0 : names[one].compareTo(names[other]) < 0;
  }

  private long lot(int node) {
    return StableHash.mixed(vipHash, names[node]);
  }
}
