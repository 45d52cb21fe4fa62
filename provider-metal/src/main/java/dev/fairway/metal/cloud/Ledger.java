// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.Holding.Held;
import dev.fairway.metal.model.Holding.InUse;
import dev.fairway.metal.model.PoolView;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.AddressMap;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.FreeAddresses;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.metal.pool.PoolSpec;
import dev.fairway.metal.pool.PoolState;
import dev.fairway.metal.pool.Pools;
import dev.fairway.metal.pool.StableHash;
import java.math.BigInteger;
import java.time.Instant;
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
/// Each change and each look costs the same, however many VIPs there are. Safe for use by several
/// threads.
final class Ledger {
  private static final long NEVER = -1;

  private final Map<IpAddress, Entry> entries = new HashMap<>();
  private final Map<LoadBalancerKey, Map<IpAddress, VipView>> inUse = new HashMap<>();
  private final Map<LoadBalancerKey, Map<IpAddress, Held>> held = new HashMap<>();
  private final Map<IpAddress, Long> deleted = new HashMap<>();
  private final Map<String, Pool> pools = new TreeMap<>();
  private final Map<String, Integer> load = new HashMap<>();
  private Optional<Map<String, Integer>> loadSnapshot = Optional.empty();
  private AddressMap<Holding> holdings = AddressMap.empty();

  /// @param version the resource version, which tells older news from newer ones
  private record Entry(Holding holding, long version) {}

  private record Pool(PoolState state, boolean autoAssign, FreeAddresses free) {}

  /// What is known about one load balancer at one moment.
  ///
  /// @param held what is reserved for it
  /// @param pools with what they offer to it
  record Look(
      List<VipView> vips,
      List<Held> held,
      List<PoolView> pools,
      Map<String, Integer> load,
      AddressMap<Holding> holdings) {}

  /// A Vip exists in this version. Older news than what is known are ignored, also those that
  /// arrive after its deletion. Returns whether this is different from what was known.
  synchronized boolean put(Holding holding, long version) {
    var address = holding.address();
    if (version <= deleted.getOrDefault(address, NEVER)) {
      return false;
    }
    var before = entries.get(address);
    if (before != null && before.version() > version) {
      return false;
    }
    if (before != null) {
      forget(before.holding());
    }
    deleted.remove(address);
    entries.put(address, new Entry(holding, version));
    holdings = holdings.with(address, holding);
    switch (holding) {
      case InUse(var key, var vip) -> {
        inUse.computeIfAbsent(key, _ -> new TreeMap<>()).put(address, vip);
        vip.owners().stream().limit(1).forEach(node -> count(node, 1));
      }
      case Held reserved ->
          held.computeIfAbsent(reserved.reservedFor(), _ -> new TreeMap<>()).put(address, reserved);
    }
    pools.values().forEach(pool -> pool.free().take(address));
    return before == null || !before.holding().equals(holding);
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
    var before = entries.get(address);
    if (before == null || before.version() > version) {
      return false;
    }
    entries.remove(address);
    holdings = holdings.without(address);
    forget(before.holding());
    pools.values().forEach(pool -> pool.free().release(address));
    return true;
  }

  private void forget(Holding holding) {
    switch (holding) {
      case InUse(var key, var vip) -> {
        remove(inUse, key, vip.address());
        vip.owners().stream().limit(1).forEach(node -> count(node, -1));
      }
      case Held reserved -> remove(held, reserved.reservedFor(), reserved.address());
    }
  }

  private void count(String node, int change) {
    load.compute(
        node,
        (_, before) -> {
          var now = (before == null ? 0 : before) + change;
          return now == 0 ? null : now;
        });
    loadSnapshot = Optional.empty();
  }

  private Map<String, Integer> loadNow() {
    var snapshot = loadSnapshot.orElseGet(() -> Map.copyOf(load));
    loadSnapshot = Optional.of(snapshot);
    return snapshot;
  }

  private static <V> void remove(
      Map<LoadBalancerKey, Map<IpAddress, V>> from, LoadBalancerKey key, IpAddress address) {
    from.computeIfPresent(
        key,
        (_, rest) -> {
          rest.remove(address);
          return rest.isEmpty() ? null : rest;
        });
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
                    new FreeAddresses(ranges(state), entries.keySet()))));
  }

  private static List<IpRange> ranges(PoolState state) {
    return switch (state) {
      case PoolState.Usable(var ranges) -> ranges;
      case PoolState.Malformed _, PoolState.Overlapping _ -> List.of();
    };
  }

  synchronized Look look(LoadBalancerKey key) {
    return new Look(
        List.copyOf(inUse.getOrDefault(key, Map.of()).values()),
        List.copyOf(held.getOrDefault(key, Map.of()).values()),
        offers(key),
        loadNow(),
        holdings);
  }

  /// All load balancers that have a Vip.
  synchronized Set<LoadBalancerKey> keys() {
    return Set.copyOf(inUse.keySet());
  }

  synchronized Optional<Holding> holding(IpAddress address) {
    return holdings.get(address);
  }

  /// What need not be held any more.
  synchronized List<Held> overdue(Instant now) {
    return held.values().stream()
        .flatMap(of -> of.values().stream())
        .filter(one -> !one.until().isAfter(now))
        .toList();
  }

  // Each load balancer begins to search at a place that depends on its key, so that those made at
  // the same time rarely meet, and one made again tends to get its old address.
  private List<PoolView> offers(LoadBalancerKey key) {
    var preference = StableHash.of(key.toString());
    var views = new ArrayList<PoolView>();
    pools.forEach((name, pool) -> {
      var offers = new ArrayList<IpAddress>();
      for (var family : Family.values()) {
        pool.free().find(family, preference).ifPresent(offers::add);
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
