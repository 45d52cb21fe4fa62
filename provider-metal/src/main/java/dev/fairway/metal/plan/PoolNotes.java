// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.annotation.Nearest;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.PoolView;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.PoolState;
import dev.fairway.metal.pool.Reservation;
import java.util.List;
import java.util.TreeMap;

/// Why there is no address to be had, and what to do.
final class PoolNotes {
  private PoolNotes() {}

  static Note outsidePools(IpAddress address, List<PoolView> pools) {
    return Note.blocking(
        "AddressOutsidePools",
        "address %s was asked for, but no valid pool holds it".formatted(address),
        "ask for another one or extend a pool; there are " + names(pools));
  }

  static Note outsidePool(IpAddress address, String wantedPool, String pool) {
    return Note.blocking(
        "AddressOutsidePool",
        "address %s was asked for from pool %s, but is in pool %s"
            .formatted(address, wantedPool, pool),
        "leave out one of the two wishes");
  }

  static Note inUse(IpAddress address, LoadBalancerKey holder, LoadBalancerKey asking) {
    return Note.blocking(
        "AddressInUse",
        "address %s belongs to %s".formatted(address, named(holder)),
        "ask for another one, or share it: " + howToShare(holder, asking));
  }

  private static String named(LoadBalancerKey holder) {
    return switch (holder.kind()) {
      case SERVICE -> holder.toString();
      case SHARED ->
          "the Services of namespace %s that share %s".formatted(holder.namespace(), holder.name());
    };
  }

  private static String howToShare(LoadBalancerKey holder, LoadBalancerKey asking) {
    var abroad = !holder.namespace().equals(asking.namespace());
    var home = abroad ? holder.namespace() + "/" : "";
    var consent =
        abroad ? ", and fairway.dev/share-with: %s there".formatted(asking.namespace()) : "";
    return switch (holder.kind()) {
      case SERVICE ->
          "annotate that Service with fairway.dev/share: %s and this one with fairway.dev/share: %s%s%s"
              .formatted(holder.name(), home, holder.name(), consent);
      case SHARED ->
          "annotate this Service with fairway.dev/share: %s%s%s"
              .formatted(home, holder.name(), consent);
    };
  }

  static Note held(Holding.Held held) {
    return Note.blocking(
        "AddressHeld",
        "address %s is held for %s until %s"
            .formatted(held.address(), held.reservedFor(), held.until()),
        "ask for another one, wait, or delete its Vip to give it up");
  }

  static Note foreign(Holding.Quarantined foreign) {
    return Note.blocking(
        "AddressTaken",
        "address %s is not given before %s: the foreign host %s on the network has it"
            .formatted(foreign.address(), foreign.until(), foreign.mac()),
        "ask for another one; or take it from that host, and delete the Vip of the address");
  }

  /// Another one is given.
  static Note replaced(IpAddress address, String mac) {
    return Note.warning(
        "AddressTaken",
        "the foreign host %s on the network has %s, so another address is given"
            .formatted(mac, address),
        "take the address from that host, or from the pool: list it there under avoid");
  }

  /// It has to stay with the Service.
  static Note contested(IpAddress address, String mac, boolean announced) {
    return Note.warning(
        "AddressTaken",
        announced
            ? "the foreign host %s on the network claims %s too; it stays announced"
                .formatted(mac, address)
            : "the foreign host %s on the network has %s, so it is not announced until that ends"
                .formatted(mac, address),
        "take the address from that host, or ask for another one");
  }

  static Note notPermitted(PoolView pool, Present present) {
    return Note.blocking(
        "PoolNotPermitted",
        "pool %s is not for this Service: its namespaces, namespaceSelectors and serviceSelectors do"
                .formatted(pool.name())
            + " not match %s with labels %s"
                .formatted(present.services().getFirst(), new TreeMap<>(present.labels())),
        "ask for another pool, or extend the selectors of this one");
  }

  static Note avoided(IpAddress address, PoolView pool, String why) {
    return Note.blocking(
        "AddressAvoided",
        "address %s of pool %s is not given: %s".formatted(address, pool.name(), why),
        "ask for another one");
  }

  static Note reserved(IpAddress address, Reservation reservation) {
    return Note.blocking(
        "AddressReserved",
        "address %s is reserved for %s by AddressReservation %s"
            .formatted(address, reservation.holder(), reservation.name()),
        "ask for another one, or change the reservation");
  }

  static Note leftOutside(VipView vip, List<PoolView> pools) {
    return Note.warning(
        "AddressOutsidePools",
        "%s of pool %s is in no valid pool any more; the Service keeps it"
            .formatted(vip.address(), vip.pool()),
        "put it back into a pool, or ask for another address; there are " + names(pools));
  }

  /// Of one family, where others can be had.
  static Note partly(Note note) {
    return Note.warning(note.code(), note.message(), note.fix());
  }

  /// Of one family, where the other one alone is of no use.
  static Note bothOrNone(Note note) {
    return Note.blocking(
        note.code(),
        note.message() + "; ipFamilyPolicy is RequireDualStack, so no other address is given alone",
        note.fix());
  }

  static Note unknown(String name, List<PoolView> pools) {
    return Note.blocking(
        "UnknownPool",
        "there is no AddressPool '%s'".formatted(name),
        Nearest.to(name, pools.stream().map(PoolView::name).toList())
            .map("did you mean %s?"::formatted)
            .orElse("there are " + names(pools)));
  }

  /// @param automatic those that this Service may have an address of without asking
  /// @param all those that it may have one of
  static Note nothingFree(IpFamily family, List<PoolView> automatic, List<PoolView> all) {
    if (automatic.size() == 1) {
      return unusable(automatic.getFirst(), family);
    }
    if (automatic.isEmpty()) {
      return Note.blocking(
          "NoPool",
          "no AddressPool gives addresses to this Service by itself",
          all.isEmpty()
              ? "create an AddressPool, or extend the selectors of one"
              : "set autoAssign: true in one of %s, or name one with annotation fairway.dev/address-pool"
                  .formatted(names(all)));
    }
    return Note.blocking(
        "PoolExhausted",
        "no pool has a free %s address: %s"
            .formatted(
                family, String.join(", ", automatic.stream().map(PoolNotes::describe).toList())),
        "add addresses to one of them, or delete a Service that is not needed");
  }

  static Note unusable(PoolView pool, IpFamily family) {
    return switch (pool.state()) {
      case PoolState.Usable _ ->
          Note.blocking(
              "PoolExhausted",
              "pool %s has no free %s address: %s".formatted(pool.name(), family, describe(pool)),
              "add addresses to it, or delete a Service that is not needed");
      case PoolState.Malformed malformed -> invalid(pool, malformed);
      case PoolState.Overlapping overlapping -> invalid(pool, overlapping);
    };
  }

  private static Note invalid(PoolView pool, PoolState state) {
    return Note.blocking(
        "PoolInvalid", "pool %s cannot be used: %s".formatted(pool.name(), state.message()), "");
  }

  private static String describe(PoolView pool) {
    return pool.state() instanceof PoolState.Usable
        ? "%s of the %s addresses of %s are free"
            .formatted(pool.available(), pool.total(), pool.name())
        : "%s is invalid".formatted(pool.name());
  }

  private static String names(List<PoolView> pools) {
    return pools.isEmpty()
        ? "none"
        : String.join(", ", pools.stream().map(PoolView::name).toList());
  }
}
