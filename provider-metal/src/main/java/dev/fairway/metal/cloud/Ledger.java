// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.PoolView;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.FreeAddresses;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.metal.pool.PoolSpec;
import dev.fairway.metal.pool.PoolState;
import dev.fairway.metal.pool.Pools;
import dev.fairway.metal.pool.StableHash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Which address belongs to whom, as far as this process knows: what the watch showed, and at once
/// what was written or refused. It may lag behind the truth, so it only proposes addresses; the API
/// server decides.
///
/// Safe for use by several threads.
final class Ledger {
  private static final long NEVER = -1;

  private final Map<IpAddress, Entry> vips = new HashMap<>();
  private final Map<LoadBalancerKey, Map<IpAddress, VipView>> byKey = new HashMap<>();
  private final Map<LoadBalancerKey, Map<Family, IpAddress>> formerly = new HashMap<>();
  private final Map<IpAddress, Long> deleted = new HashMap<>();
  private final Map<String, Pool> pools = new TreeMap<>();
  private Map<String, Integer> load = Map.of();

  /// @param version the resource version, which tells older news from newer ones
  private record Entry(LoadBalancerKey key, VipView vip, long version) {}

  private record Pool(PoolState state, boolean autoAssign, FreeAddresses free) {}

  /// A Vip exists in this version. Older news than what is known are ignored, also those that
  /// arrive after its deletion.
  synchronized void put(LoadBalancerKey key, VipView vip, long version) {
    if (version <= deleted.getOrDefault(vip.address(), NEVER)) {
      return;
    }
    var before = vips.get(vip.address());
    if (before != null && before.version() > version) {
      return;
    }
    if (before != null) {
      forget(before);
    }
    deleted.remove(vip.address());
    vips.put(vip.address(), new Entry(key, vip, version));
    byKey.computeIfAbsent(key, _ -> new TreeMap<>()).put(vip.address(), vip);
    formerly.remove(key);
    pools.values().forEach(pool -> pool.free().take(vip.address()));
    countLoad();
  }

  /// This process deleted a Vip, of which this was the last version. Until the watch shows the
  /// deletion too, it may still show what was before it.
  synchronized boolean deleted(IpAddress address, long version) {
    deleted.merge(address, version, Math::max);
    return remove(address, version);
  }

  /// The watch shows that a Vip is gone, of which this was the last version.
  synchronized boolean gone(IpAddress address, long version) {
    deleted.remove(address);
    return remove(address, version);
  }

  // Whether the address became free by that.
  private boolean remove(IpAddress address, long version) {
    var before = vips.get(address);
    if (before == null || before.version() > version) {
      return false;
    }
    vips.remove(address);
    forget(before);
    pools.values().forEach(pool -> pool.free().release(address));
    countLoad();
    return true;
  }

  /// The load balancer lost this address without being asked: if it can, it gets it back.
  synchronized void remember(LoadBalancerKey key, IpAddress address) {
    formerly.computeIfAbsent(key, _ -> new HashMap<>()).put(address.family(), address);
  }

  private void forget(Entry entry) {
    var rest = byKey.get(entry.key());
    if (rest != null) {
      rest.remove(entry.vip().address());
      if (rest.isEmpty()) {
        byKey.remove(entry.key());
      }
    }
  }

  private void countLoad() {
    var counts = new HashMap<String, Integer>();
    for (var entry : vips.values()) {
      entry.vip().owners().stream().limit(1).forEach(node -> counts.merge(node, 1, Integer::sum));
    }
    load = Map.copyOf(counts);
  }

  /// The pools are these now. Addresses in use stay in use, whatever pool they came from.
  synchronized void setPools(Collection<PoolSpec> specs, Set<String> automatic) {
    pools.clear();
    Pools.judge(specs)
        .forEach((name, state) ->
            pools.put(
                name,
                new Pool(
                    state,
                    automatic.contains(name),
                    new FreeAddresses(ranges(state), vips.keySet()))));
  }

  private static List<IpRange> ranges(PoolState state) {
    return switch (state) {
      case PoolState.Usable(var ranges) -> ranges;
      case PoolState.Malformed _, PoolState.Overlapping _ -> List.of();
    };
  }

  /// The Vips of a load balancer.
  synchronized List<VipView> vipsOf(LoadBalancerKey key) {
    return List.copyOf(byKey.getOrDefault(key, Map.of()).values());
  }

  /// All load balancers that have a Vip.
  synchronized Set<LoadBalancerKey> keys() {
    return Set.copyOf(byKey.keySet());
  }

  synchronized Optional<LoadBalancerKey> holder(IpAddress address) {
    return Optional.ofNullable(vips.get(address)).map(Entry::key);
  }

  /// How many VIPs each node announces.
  synchronized Map<String, Integer> load() {
    return load;
  }

  /// The pools with what they offer to this load balancer: what it lost, else a place that depends
  /// on its key, so that load balancers made at the same time rarely meet, and one made again tends
  /// to get its old address.
  synchronized List<PoolView> pools(LoadBalancerKey key) {
    var preference = StableHash.of(key.toString());
    var lost = formerly.getOrDefault(key, Map.of());
    var views = new ArrayList<PoolView>();
    pools.forEach((name, pool) -> {
      var offers = new ArrayList<IpAddress>();
      for (var family : Family.values()) {
        Optional.ofNullable(lost.get(family))
            .filter(pool.free()::isFree)
            .or(() -> pool.free().find(family, preference))
            .ifPresent(offers::add);
      }
      views.add(
          new PoolView(
              name,
              pool.state(),
              pool.autoAssign(),
              pool.free().total(),
              pool.free().available(),
              offers));
    });
    return views;
  }

  /// What is to be told of each pool.
  synchronized Map<String, Usage> usage() {
    var usage = new TreeMap<String, Usage>();
    pools.forEach((name, pool) -> {
      var total = pool.free().total();
      var available = pool.free().available();
      usage.put(name, new Usage(pool.state(), total, total.subtract(available), available));
    });
    return usage;
  }

  record Usage(PoolState state, BigInteger total, BigInteger assigned, BigInteger available) {}
}
