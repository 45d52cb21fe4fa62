// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.annotation.Nearest;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.PoolView;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.PoolState;
import java.util.List;
import java.util.Optional;

/// Which address of one family a load balancer should have: pure.
sealed interface AddressChoice {
  /// The one it has.
  record Keep(VipView vip) implements AddressChoice {}

  /// @param requested whether no other will do
  record Take(IpAddress address, String pool, boolean requested) implements AddressChoice {}

  record None(Note note) implements AddressChoice {}

  /// @param requested the address of this family that was asked for, if one was
  /// @param wantedPool the pool that was asked for, if one was
  /// @param present the Vips of this family that it has
  static AddressChoice of(
      IpFamily family,
      Optional<IpAddress> requested,
      Optional<String> wantedPool,
      List<VipView> present,
      List<PoolView> pools) {
    if (requested.isPresent()) {
      return requested(requested.get(), wantedPool, present, pools);
    }
    // What it has, it keeps, whatever became of the pool since; only another wish moves it.
    var kept =
        present.stream()
            .filter(vip -> wantedPool.isEmpty() || wantedPool.get().equals(vip.pool()))
            .findFirst();
    return kept.<AddressChoice>map(Keep::new)
        .orElseGet(() ->
            wantedPool
                .map(pool -> fromPool(pool, family, pools))
                .orElseGet(() -> fromAnyPool(family, pools)));
  }

  private static AddressChoice requested(
      IpAddress address, Optional<String> wantedPool, List<VipView> present, List<PoolView> pools) {
    var kept = present.stream().filter(vip -> vip.address().equals(address)).findFirst();
    if (kept.isPresent()) {
      return new Keep(kept.get());
    }
    var pool = pools.stream().filter(candidate -> candidate.contains(address)).findFirst();
    if (pool.isEmpty()) {
      return new None(
          Note.blocking(
              "AddressOutsidePools",
              "address %s was asked for, but no valid pool holds it".formatted(address),
              "ask for another one or extend a pool; there are " + names(pools)));
    }
    if (wantedPool.isPresent() && !wantedPool.get().equals(pool.get().name())) {
      return new None(
          Note.blocking(
              "AddressOutsidePool",
              "address %s was asked for from pool %s, but is in pool %s"
                  .formatted(address, wantedPool.get(), pool.get().name()),
              "leave out one of the two wishes"));
    }
    return new Take(address, pool.get().name(), true);
  }

  private static AddressChoice fromPool(String name, IpFamily family, List<PoolView> pools) {
    var found = pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      var all = pools.stream().map(PoolView::name).toList();
      return new None(
          Note.blocking(
              "UnknownPool",
              "there is no AddressPool '%s'".formatted(name),
              Nearest.to(name, all)
                  .map("did you mean %s?"::formatted)
                  .orElse("there are " + names(pools))));
    }
    return take(found.get(), family)
        .<AddressChoice>map(choice -> choice)
        .orElseGet(() -> new None(unusable(found.get(), family)));
  }

  private static AddressChoice fromAnyPool(IpFamily family, List<PoolView> pools) {
    var automatic = pools.stream().filter(PoolView::autoAssign).toList();
    return automatic.stream()
        .flatMap(pool -> take(pool, family).stream())
        .findFirst()
        .<AddressChoice>map(choice -> choice)
        .orElseGet(() -> new None(nothingFree(family, automatic, pools)));
  }

  private static Optional<Take> take(PoolView pool, IpFamily family) {
    return pool.offers().stream()
        .filter(offer -> family(offer) == family)
        .findFirst()
        .map(offer -> new Take(offer, pool.name(), false));
  }

  private static Note nothingFree(IpFamily family, List<PoolView> automatic, List<PoolView> all) {
    if (automatic.size() == 1) {
      return unusable(automatic.getFirst(), family);
    }
    if (automatic.isEmpty()) {
      return Note.blocking(
          "NoPool",
          "no AddressPool gives addresses automatically",
          all.isEmpty()
              ? "create an AddressPool"
              : "set autoAssign: true in one of %s, or name one with annotation fairway.dev/address-pool"
                  .formatted(names(all)));
    }
    return Note.blocking(
        "PoolExhausted",
        "no pool has a free %s address: %s"
            .formatted(
                family,
                String.join(", ", automatic.stream().map(AddressChoice::describe).toList())),
        "add addresses to one of them, or delete a Service that is not needed");
  }

  private static Note unusable(PoolView pool, IpFamily family) {
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

  /// The family in the words of the contract.
  static IpFamily family(IpAddress address) {
    return address.family() == Family.IPV4 ? IpFamily.IPV4 : IpFamily.IPV6;
  }
}
