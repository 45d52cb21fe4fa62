// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which addresses can be had of all pools, and by whom. What is reserved is offered to its holder
/// only; what is avoided, or used by the cluster itself, to nobody. Each change and each look costs
/// the same, however many addresses there are and are taken. Not safe for use by several threads.
public final class Allocator {
  private final Map<String, Stock> pools = new LinkedHashMap<>();
  private final Map<String, FreeAddresses> reserved = new HashMap<>();
  private final RangeClaims poolOf = new RangeClaims();
  private final Reservations reservations;

  private record Stock(PoolState state, FreeAddresses free, List<Occupied> overlaps) {}

  /// An address that can be had, and its pool.
  public record Offer(IpAddress address, String pool) {}

  /// How much of a pool is in use.
  ///
  /// @param total with those that are avoided or reserved
  /// @param available those that anybody can have
  public record Usage(
      PoolState state,
      BigInteger total,
      BigInteger assigned,
      BigInteger available,
      List<Occupied> overlaps) {
    public Usage {
      overlaps = List.copyOf(overlaps);
    }
  }

  /// @param assigned the addresses that somebody has, of the pools or not
  public Allocator(
      Collection<PoolSpec> specs,
      Collection<Reservation> wanted,
      Collection<Occupied> occupied,
      Collection<IpAddress> assigned) {
    var states = Pools.judge(specs);
    reservations =
        Reservations.of(
            wanted, states.values().stream().flatMap(state -> ranges(state).stream()).toList());
    states.forEach((name, state) -> {
      poolOf.claim(name, ranges(state));
      pools.put(name, stock(state, occupied));
    });
    reserve();
    assigned.forEach(this::take);
  }

  private Stock stock(PoolState state, Collection<Occupied> occupied) {
    var ranges = ranges(state);
    var overlaps =
        occupied.stream()
            .filter(one -> !IpRange.common(ranges, List.of(one.range())).isEmpty())
            .toList();
    if (!(state instanceof PoolState.Usable(_, var avoidance))) {
      return new Stock(state, new FreeAddresses(List.of(), List.of()), overlaps);
    }
    var avoided =
        avoidance.and(
            overlaps.stream()
                .map(one -> new Avoidance.Entry(one.range(), "it belongs to " + one.what(), true))
                .toList());
    var kept = new ArrayList<>(avoided.ranges());
    kept.addAll(reservations.ranges());
    return new Stock(
        new PoolState.Usable(ranges, avoided),
        new FreeAddresses(ranges, kept, avoided.buggy(), List.of()),
        overlaps);
  }

  // What is reserved by name can be had although the pool avoids it; what the cluster uses cannot.
  private void reserve() {
    var inPools =
        IpRange.merge(
            pools.values().stream().flatMap(stock -> ranges(stock.state()).stream()).toList());
    var used =
        IpRange.merge(
            pools.values().stream()
                .flatMap(stock -> stock.overlaps().stream().map(Occupied::range))
                .toList());
    for (var name : reservations.states().keySet()) {
      var held = IpRange.common(reservations.ranges(name), inPools);
      reserved.put(name, new FreeAddresses(held, IpRange.common(held, used), false, List.of()));
    }
  }

  private static List<IpRange> ranges(PoolState state) {
    return switch (state) {
      case PoolState.Usable(var ranges, _) -> ranges;
      case PoolState.Malformed _, PoolState.Overlapping _ -> List.of();
    };
  }

  /// Somebody has this address now.
  public void take(IpAddress address) {
    poolOf
        .at(address)
        .flatMap(name -> Optional.ofNullable(pools.get(name)))
        .ifPresent(stock -> stock.free().take(address));
    reservedAt(address).ifPresent(free -> free.take(address));
  }

  /// Nobody has it any more.
  public void release(IpAddress address) {
    poolOf
        .at(address)
        .flatMap(name -> Optional.ofNullable(pools.get(name)))
        .ifPresent(stock -> stock.free().release(address));
    reservedAt(address).ifPresent(free -> free.release(address));
  }

  private Optional<FreeAddresses> reservedAt(IpAddress address) {
    return reservations.at(address).flatMap(by -> Optional.ofNullable(reserved.get(by.name())));
  }

  /// A free address of each family that has one; empty for a pool that is not there.
  ///
  /// @param preference as for [FreeAddresses#find]
  public List<IpAddress> offers(String pool, long preference) {
    return Optional.ofNullable(pools.get(pool))
        .map(stock -> offers(stock.free(), preference))
        .orElse(List.of());
  }

  private static List<IpAddress> offers(FreeAddresses free, long preference) {
    var offers = new ArrayList<IpAddress>();
    for (var family : Family.values()) {
      free.find(family, preference).ifPresent(offers::add);
    }
    return offers;
  }

  /// What is reserved for a Service and free, the nearest reservation first.
  public List<Offer> reservedFor(String namespace, String service, long preference) {
    return reservations.of(namespace, service).stream()
        .flatMap(one ->
            Optional.ofNullable(reserved.get(one.name())).stream()
                .flatMap(free -> offers(free, preference).stream()))
        .flatMap(address -> poolOf.at(address).map(pool -> new Offer(address, pool)).stream())
        .toList();
  }

  public Reservations reservations() {
    return reservations;
  }

  /// Of every pool, by name.
  public Map<String, Usage> usage() {
    var usage = new LinkedHashMap<String, Usage>();
    pools.forEach((name, stock) -> usage.put(name, usage(stock)));
    return usage;
  }

  private static Usage usage(Stock stock) {
    return new Usage(
        stock.state(),
        stock.free().total(),
        BigInteger.valueOf(stock.free().assignedCount()),
        stock.free().available(),
        stock.overlaps());
  }
}
