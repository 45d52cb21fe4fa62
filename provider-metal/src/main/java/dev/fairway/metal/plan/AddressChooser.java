// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.Holding.Held;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.PoolView;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.plan.AddressChoice.Claim;
import dev.fairway.metal.plan.AddressChoice.Keep;
import dev.fairway.metal.plan.AddressChoice.None;
import dev.fairway.metal.plan.AddressChoice.Take;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.PoolState;
import dev.fairway.metal.pool.Reservation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Chooses the address of one family for a load balancer: the one that was asked for, else the one
/// it has, else one that is held for it, else one that its users know already, else one that is
/// reserved for it, else any. Pure.
final class AddressChooser {
  private static final int MANY = 3;

  private final IpFamily family;
  private final Present present;
  private final Optional<String> wantedPool;
  private final MetalObserved seen;
  private final List<PoolView> pools;

  AddressChooser(
      IpFamily family, Present present, Optional<String> wantedPool, MetalObserved seen) {
    this.family = family;
    this.present = present;
    this.wantedPool = wantedPool;
    this.seen = seen;
    this.pools = seen.surroundings().pools();
  }

  AddressChoice choose() {
    var requested = ofFamily(present.addresses().addresses()).stream().findFirst();
    if (requested.isPresent()) {
      return requested(requested.get());
    }
    // What it has, it keeps, whatever became of the pool since; only another wish moves it, or the
    // administrator's word that what is in no pool is to be left.
    var kept =
        mine().stream()
            .filter(this::isOfWantedPool)
            .min(Comparator.comparing(vip -> foreign(vip).isPresent()));
    if (kept.isEmpty()) {
      return another();
    }
    // Nobody could ever use it. Whoever answers for address after address would for the next one
    // too.
    var foreign = foreign(kept.get());
    if (foreign.isPresent()) {
      return answersForMany(foreign.get())
          ? new Keep(kept.get())
          : orElse(another(), new Keep(kept.get()));
    }
    return seen.surroundings().terms().leavesOutside() && isLeftOutside(kept.get())
        ? orElse(another(), new Keep(kept.get()))
        : new Keep(kept.get());
  }

  private Optional<String> foreign(VipView vip) {
    return seen.foreign(vip.address());
  }

  private boolean answersForMany(String mac) {
    return seen.surroundings()
            .holdings()
            .values()
            .filter(holding -> holding instanceof Holding.Quarantined one && one.mac().equals(mac))
            .limit(MANY)
            .count()
        == MANY;
  }

  // A pool that is split or renamed takes nothing from those that named it.
  private boolean isOfWantedPool(VipView vip) {
    return isWanted(vip.pool()) || seen.poolOf(vip.address()).filter(this::isWanted).isPresent();
  }

  // A pool that is there but cannot be used may be mended: that is no reason to move.
  private boolean isLeftOutside(VipView vip) {
    return poolOf(vip.address()).isEmpty()
        && pools.stream()
            .filter(pool -> pool.name().equals(vip.pool()))
            .allMatch(pool -> pool.state() instanceof PoolState.Usable);
  }

  private static AddressChoice orElse(AddressChoice first, AddressChoice second) {
    return first instanceof None ? second : first;
  }

  private AddressChoice another() {
    return held()
        .or(this::preferred)
        .or(this::reserved)
        .orElseGet(() -> wantedPool.map(this::fromPool).orElseGet(this::fromAnyPool));
  }

  private Optional<AddressChoice> reserved() {
    return seen.surroundings().terms().reserved().stream()
        .filter(offer -> family(offer.address()) == family && isWanted(offer.pool()))
        .findFirst()
        .map(offer -> new Take(offer.address(), offer.pool()));
  }

  private AddressChoice requested(IpAddress address) {
    var kept = mine().stream().filter(vip -> vip.address().equals(address)).findFirst();
    if (kept.isPresent()) {
      return new Keep(kept.get());
    }
    var holding = seen.surroundings().holdings().get(address);
    if (holding.isPresent()) {
      return requested(holding.get());
    }
    var pool = poolOf(address);
    if (pool.isEmpty()) {
      return new None(PoolNotes.outsidePools(address, pools));
    }
    return isWanted(pool.get().name())
        ? refusal(address, pool.get())
            .<AddressChoice>map(None::new)
            .orElseGet(() -> new Take(address, pool.get().name()))
        : new None(PoolNotes.outsidePool(address, wantedPool.orElse(""), pool.get().name()));
  }

  // Why an address that nobody has is not for this load balancer. What is reserved for it, it may
  // have of any pool, but never what a node has.
  private Optional<Note> refusal(IpAddress address, PoolView pool) {
    var used = pool.usedBy(address);
    if (used.isPresent()) {
      return Optional.of(PoolNotes.avoided(address, pool, used.get()));
    }
    var reservation = seen.surroundings().terms().reservations().at(address);
    if (reservation.isPresent()) {
      return isReservedForMe(reservation.get())
          ? Optional.empty()
          : Optional.of(PoolNotes.reserved(address, reservation.get()));
    }
    return admits(pool)
        ? pool.avoids(address).map(why -> PoolNotes.avoided(address, pool, why))
        : Optional.of(PoolNotes.notPermitted(pool, present));
  }

  private boolean isReservedForMe(Reservation reservation) {
    return present.services().stream()
        .anyMatch(service -> reservation.isFor(service.namespace(), service.name()));
  }

  private boolean admits(PoolView pool) {
    return pool.rules()
        .admits(
            seen.key().namespace(),
            seen.surroundings().terms().namespaceLabels(),
            present.labels());
  }

  private AddressChoice requested(Holding holding) {
    return switch (holding) {
      // Its own, made since it was looked at: to take it again shows that.
      case Holding.InUse(var key, var vip) ->
          key.equals(seen.key())
              ? new Take(vip.address(), vip.pool())
              : new None(PoolNotes.inUse(vip.address(), key, seen.key()));
      case Holding.Quarantined foreign -> new None(PoolNotes.foreign(foreign));
      case Held held ->
          mayHave(held.reservedFor()) ? new Claim(held) : new None(PoolNotes.held(held));
    };
  }

  private Optional<AddressChoice> held() {
    return seen.held().stream()
        .filter(held -> family(held.address()) == family && isWanted(held.pool()))
        .findFirst()
        .map(Claim::new);
  }

  private Optional<AddressChoice> preferred() {
    return ofFamily(present.addresses().preferred()).stream()
        .flatMap(address -> preferred(address).stream())
        .findFirst();
  }

  private Optional<AddressChoice> preferred(IpAddress address) {
    var holding = seen.surroundings().holdings().get(address);
    if (holding.isEmpty()) {
      return poolOf(address)
          .filter(pool -> isWanted(pool.name()) && refusal(address, pool).isEmpty())
          .map(pool -> new Take(address, pool.name()));
    }
    return holding
        .filter(Held.class::isInstance)
        .map(Held.class::cast)
        .filter(held -> isWanted(held.pool()) && mayKeep(held))
        .map(Claim::new);
  }

  private boolean mayHave(LoadBalancerKey reservedFor) {
    return reservedFor.equals(seen.key())
        || present.services().stream()
            .map(service -> LoadBalancerKey.ofService(service.namespace(), service.name()))
            .anyMatch(reservedFor::equals);
  }

  // A Service that leaves a group whose address is held shows that address still: it is the same
  // users' address, unless it was promised to somebody else.
  private boolean mayKeep(Held held) {
    return mayHave(held.reservedFor()) || held.reservedFor().equals(held.formerly());
  }

  private AddressChoice fromPool(String name) {
    var found = pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      return new None(PoolNotes.unknown(name, pools));
    }
    if (found.get().state() instanceof PoolState.Usable && !admits(found.get())) {
      return new None(PoolNotes.notPermitted(found.get(), present));
    }
    return take(found.get())
        .<AddressChoice>map(choice -> choice)
        .orElseGet(() -> new None(PoolNotes.unusable(found.get(), family)));
  }

  private AddressChoice fromAnyPool() {
    var permitted = pools.stream().filter(this::admits).toList();
    var automatic = permitted.stream().filter(pool -> pool.rules().autoAssign()).toList();
    return automatic.stream()
        .flatMap(pool -> take(pool).stream())
        .findFirst()
        .<AddressChoice>map(choice -> choice)
        .orElseGet(() -> new None(PoolNotes.nothingFree(family, automatic, permitted)));
  }

  private Optional<Take> take(PoolView pool) {
    return pool.offers().stream()
        .filter(offer -> family(offer) == family)
        .findFirst()
        .map(offer -> new Take(offer, pool.name()));
  }

  private Optional<PoolView> poolOf(IpAddress address) {
    return seen.surroundings().poolOf(address);
  }

  private boolean isWanted(String pool) {
    return wantedPool.isEmpty() || wantedPool.get().equals(pool);
  }

  private List<VipView> mine() {
    return seen.vips().stream().filter(vip -> family(vip.address()) == family).toList();
  }

  private List<IpAddress> ofFamily(Collection<String> literals) {
    return literals.stream()
        .map(IpAddress::of)
        .filter(address -> family(address) == family)
        .toList();
  }

  /// The family in the words of the contract.
  static IpFamily family(IpAddress address) {
    return address.family() == Family.IPV4 ? IpFamily.IPV4 : IpFamily.IPV6;
  }
}
