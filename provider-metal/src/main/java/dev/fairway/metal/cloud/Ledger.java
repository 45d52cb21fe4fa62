// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.Holding.Held;
import dev.fairway.metal.model.Holding.Idle;
import dev.fairway.metal.model.Holding.InUse;
import dev.fairway.metal.model.Holding.Quarantined;
import dev.fairway.metal.model.PoolRules;
import dev.fairway.metal.model.PoolView;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.owner.OwnerLoads;
import dev.fairway.metal.owner.OwnerTally;
import dev.fairway.metal.pool.AddressMap;
import dev.fairway.metal.pool.Allocator;
import dev.fairway.metal.pool.Allocator.Offer;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.metal.pool.Occupied;
import dev.fairway.metal.pool.PoolSpec;
import dev.fairway.metal.pool.Reservation;
import dev.fairway.metal.pool.Reservations;
import dev.fairway.metal.pool.StableHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Which address belongs to whom, as far as this process knows: what the watch showed, and at once
/// what was written or refused. It may lag behind the truth, so it only proposes addresses; the API
/// server decides.
///
/// Each change and each look costs the same, however many VIPs there are. Safe for use by several
/// threads.
final class Ledger {
  private static final long NEVER = -1;

  private final NavigableMap<IpAddress, Entry> entries = new TreeMap<>();
  private final Map<LoadBalancerKey, Map<IpAddress, VipView>> inUse = new HashMap<>();
  private final Map<LoadBalancerKey, Map<IpAddress, Held>> held = new HashMap<>();
  private final Map<IpAddress, Quarantined> quarantined = new HashMap<>();
  private final Map<IpAddress, Long> deleted = new HashMap<>();
  private Stores stores = Stores.NONE;
  // Empty after pools or reservations changed, until somebody asks: they may come by thousands.
  private Optional<Allocator> allocator = Optional.empty();
  private final OwnerTally load = new OwnerTally();
  private AddressMap<Holding> holdings = AddressMap.empty();

  /// @param version the resource version, which tells older news from newer ones
  private record Entry(Holding holding, long version) {}

  /// What addresses are given from.
  ///
  /// @param rules of each pool by name
  /// @param occupied what the cluster itself uses
  private record Stores(
      List<PoolSpec> pools,
      Map<String, PoolRules> rules,
      Supplier<List<Reservation>> reservations,
      Set<Occupied> occupied) {
    static final Stores NONE = new Stores(List.of(), Map.of(), List::of, Set.of());

    Stores {
      pools = List.copyOf(pools);
      rules = Map.copyOf(rules);
      occupied = Set.copyOf(occupied);
    }

    Allocator allocator(Collection<IpAddress> assigned) {
      return new Allocator(pools, reservations.get(), occupied, assigned);
    }
  }

  /// What is known about one load balancer at one moment.
  ///
  /// @param held what is reserved for it
  /// @param pools with what they offer to it
  /// @param reserved what reservations keep for it
  record Look(
      List<VipView> vips,
      List<Held> held,
      List<PoolView> pools,
      Reservations reservations,
      List<Offer> reserved,
      OwnerLoads load,
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
        load.add(vip.owners());
      }
      case Held reserved ->
          held.computeIfAbsent(reserved.reservedFor(), _ -> new TreeMap<>()).put(address, reserved);
      case Quarantined foreign -> quarantined.put(address, foreign);
    }
    allocator.ifPresent(now -> now.take(address));
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
    allocator.ifPresent(now -> now.release(address));
    return true;
  }

  private void forget(Holding holding) {
    switch (holding) {
      case InUse(var key, var vip) -> {
        remove(inUse, key, vip.address());
        load.remove(vip.owners());
      }
      case Held reserved -> remove(held, reserved.reservedFor(), reserved.address());
      case Quarantined foreign -> quarantined.remove(foreign.address());
    }
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

  /// The pools are these now, with their rules by name. Addresses in use stay in use, whatever pool
  /// they came from.
  synchronized void setPools(Collection<PoolSpec> pools, Map<String, PoolRules> rules) {
    set(new Stores(List.copyOf(pools), rules, stores.reservations(), stores.occupied()));
  }

  /// The reservations are others now; they are asked for when they are needed.
  synchronized void setReservations(Supplier<List<Reservation>> reservations) {
    set(new Stores(stores.pools(), stores.rules(), reservations, stores.occupied()));
  }

  /// What the cluster itself uses is this now. Returns whether it is different from what was known.
  synchronized boolean setOccupied(Set<Occupied> occupied) {
    if (occupied.equals(stores.occupied())) {
      return false;
    }
    set(new Stores(stores.pools(), stores.rules(), stores.reservations(), occupied));
    return true;
  }

  private void set(Stores now) {
    stores = now;
    allocator = Optional.empty();
  }

  private Allocator allocator() {
    var now = allocator.orElseGet(() -> stores.allocator(entries.keySet()));
    allocator = Optional.of(now);
    return now;
  }

  synchronized Look look(LoadBalancerKey key) {
    return new Look(
        List.copyOf(inUse.getOrDefault(key, Map.of()).values()),
        List.copyOf(held.getOrDefault(key, Map.of()).values()),
        offers(key),
        allocator().reservations(),
        reserved(key),
        load.snapshot(),
        holdings);
  }

  // A group is named after its share key, which may be the name of a Service that is no part of it:
  // it has what is for the whole namespace.
  private List<Offer> reserved(LoadBalancerKey key) {
    var service = key.kind() == LoadBalancerKey.Kind.SERVICE ? key.name() : "";
    return allocator().reservedFor(key.namespace(), service, preference(key));
  }

  /// All load balancers that have a Vip.
  synchronized Set<LoadBalancerKey> keys() {
    return Set.copyOf(inUse.keySet());
  }

  synchronized Optional<Holding> holding(IpAddress address) {
    return holdings.get(address);
  }

  /// Whose the addresses of these ranges are, of those that are not free, in order; costs a step
  /// for each.
  synchronized List<Holding> holdings(List<IpRange> ranges) {
    return ranges.stream()
        .flatMap(range -> entries.subMap(range.first(), true, range.last(), true).values().stream())
        .map(Entry::holding)
        .toList();
  }

  /// What need not be kept from others any more.
  synchronized List<Idle> overdue(Instant now) {
    return Stream.<Idle>concat(
            held.values().stream().flatMap(of -> of.values().stream()),
            quarantined.values().stream())
        .filter(one -> !one.until().isAfter(now))
        .toList();
  }

  // Each load balancer begins to search at a place that depends on its key, so that those made at
  // the same time rarely meet, and one made again tends to get its old address.
  private static long preference(LoadBalancerKey key) {
    return StableHash.of(key.toString());
  }

  private List<PoolView> offers(LoadBalancerKey key) {
    var preference = preference(key);
    var views = new ArrayList<PoolView>();
    allocator()
        .usage()
        .forEach((name, usage) ->
            views.add(
                new PoolView(
                    name,
                    usage.state(),
                    stores.rules().getOrDefault(name, PoolRules.forEverybody(true)),
                    usage.total(),
                    usage.available(),
                    allocator().offers(name, preference))));
    return views;
  }

  /// What is to be told of each pool.
  synchronized Map<String, Allocator.Usage> usage() {
    return new TreeMap<>(allocator().usage());
  }

  /// What is to be told of each reservation.
  synchronized Reservations reservations() {
    return allocator().reservations();
  }
}
