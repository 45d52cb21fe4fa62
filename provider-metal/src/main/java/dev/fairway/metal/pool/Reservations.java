// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What is reserved, and for whom. Immutable; a search costs a tree look-up.
public final class Reservations {
  public static final Reservations NONE = of(List.of(), List.of());

  private final RangeClaims claims = new RangeClaims();
  private final Map<String, ReservationState> states = new LinkedHashMap<>();
  private final Map<String, Reservation> byName = new HashMap<>();
  private final Map<String, List<Reservation>> byHolder = new HashMap<>();

  private Reservations() {}

  /// @param pools the ranges of all pools that can be used
  public static Reservations of(Collection<Reservation> all, Collection<IpRange> pools) {
    var reservations = new Reservations();
    var merged = IpRange.merge(pools);
    all.stream()
        .sorted(Reservation.OLDEST_FIRST)
        .forEach(reservation ->
            reservations.states.put(reservation.name(), reservations.add(reservation, merged)));
    return reservations;
  }

  private ReservationState add(Reservation reservation, List<IpRange> pools) {
    return switch (PoolAddresses.parseAny(PoolAddresses.ADDRESSES, reservation.addresses())) {
      case PoolAddresses.Invalid(var problems) -> new ReservationState.Malformed(problems);
      case PoolAddresses.Valid(var ranges) -> {
        if (reservation.service().isPresent() && reservation.namespace().isEmpty()) {
          yield new ReservationState.NoNamespace();
        }
        var overlap = claims.claim(reservation.name(), ranges);
        if (overlap.isPresent()) {
          yield new ReservationState.Overlapping(overlap.get().name(), overlap.get().range());
        }
        byName.put(reservation.name(), reservation);
        reservation
            .namespace()
            .ifPresent(home ->
                byHolder
                    .computeIfAbsent(holder(home, reservation.service()), _ -> new ArrayList<>())
                    .add(reservation));
        yield new ReservationState.Counts(ranges, IpRange.without(ranges, pools));
      }
    };
  }

  private static String holder(String namespace, Optional<String> service) {
    return namespace + "/" + service.orElse("");
  }

  /// The state of every reservation by name, oldest first.
  public Map<String, ReservationState> states() {
    return Map.copyOf(states);
  }

  /// What reserves the address.
  public Optional<Reservation> at(IpAddress address) {
    return claims.at(address).map(byName::get);
  }

  /// What is reserved for a Service: first for it alone, then for its namespace, older ones first.
  public List<Reservation> of(String namespace, String service) {
    return Stream.of(Optional.of(service), Optional.<String>empty())
        .flatMap(name -> byHolder.getOrDefault(holder(namespace, name), List.of()).stream())
        .toList();
  }

  /// All ranges of those that count.
  List<IpRange> ranges() {
    return states.values().stream()
        .flatMap(state ->
            state instanceof ReservationState.Counts(var ranges, _)
                ? ranges.stream()
                : Stream.<IpRange>of())
        .toList();
  }

  List<IpRange> ranges(String name) {
    return states.get(name) instanceof ReservationState.Counts(var ranges, _) ? ranges : List.of();
  }
}
