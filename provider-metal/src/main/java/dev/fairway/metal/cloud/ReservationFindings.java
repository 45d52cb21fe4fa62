// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.pool.Reservation;
import dev.fairway.metal.pool.ReservationState;

/// What is to be said of a reservation.
final class ReservationFindings {
  private ReservationFindings() {}

  static Finding of(Reservation reservation, ReservationState state, Ledger ledger) {
    return state instanceof ReservationState.Counts(var ranges, var outside) && outside.isEmpty()
        ? ledger.holdings(ranges).stream()
            .filter(holding -> !isFor(reservation, holder(holding)))
            .findFirst()
            .map(holding ->
                new Finding(
                    Finding.VALID,
                    true,
                    "InUse",
                    "%s belongs to %s until that lets go of it"
                        .formatted(holding.address(), holder(holding))))
            .orElseGet(() -> new Finding(Finding.VALID, true, state.reason(), state.message()))
        : new Finding(Finding.VALID, false, state.reason(), state.message());
  }

  private static LoadBalancerKey holder(Holding holding) {
    return switch (holding) {
      case Holding.InUse(var key, _) -> key;
      case Holding.Held held -> held.reservedFor();
      case Holding.Quarantined foreign -> foreign.formerly();
    };
  }

  // A group that shares an address is taken for its members: they are not known here.
  private static boolean isFor(Reservation reservation, LoadBalancerKey key) {
    return switch (key.kind()) {
      case SERVICE -> reservation.isFor(key.namespace(), key.name());
      case SHARED -> reservation.namespace().filter(key.namespace()::equals).isPresent();
    };
  }
}
