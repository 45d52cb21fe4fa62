// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.plan.MetalAction;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The Vips as the API server keeps them: one object an address, versions that only grow. Actions
/// have the effect that they have there; whoever is told of a change too late acts on old news.
final class VipStore {
  /// @param holding empty when the object is gone
  record Event(IpAddress address, Optional<Holding> holding, long version) {}

  /// The object was not what the action was planned from.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
  }

  private final Map<IpAddress, Event> objects = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();
  private long version;

  /// All objects.
  List<Event> list() {
    return List.copyOf(objects.values());
  }

  /// What happened, oldest first.
  List<Event> events() {
    return events;
  }

  Optional<Holding> at(IpAddress address) {
    return Optional.ofNullable(objects.get(address)).flatMap(Event::holding);
  }

  /// Carries out an action for a replica with this ledger, which learns what it sees by that.
  void apply(MetalAction action, MetalObserved seen, Ledger ledger, Instant now) throws Refused {
    switch (action) {
      case MetalAction.CreateVip(var key, var vip) -> {
        if (objects.containsKey(vip.address())) {
          learn(ledger, vip.address());
          refuseUnless(isOf(vip.address(), key));
        } else {
          put(ledger, new Holding.InUse(key, vip));
        }
      }
      case MetalAction.ClaimVip(var key, var held, var vip) -> {
        learn(ledger, vip.address());
        if (at(vip.address()).orElse(null) instanceof Holding.Held present
            && present.reservedFor().equals(held.reservedFor())) {
          put(ledger, new Holding.InUse(key, vip));
        } else {
          refuseUnless(isOf(vip.address(), key));
        }
      }
      case MetalAction.UpdateVip(var key, _, var to) -> {
        refuseUnless(isOf(to.address(), key));
        put(ledger, new Holding.InUse(key, to));
      }
      case MetalAction.HoldVip(var key, var address, var hold, _) -> {
        learn(ledger, address);
        if (isOf(address, key)) {
          put(
              ledger,
              new Holding.Held(
                  address, "", key, hold.successor().orElse(key), now.plus(hold.time())));
        }
      }
      case MetalAction.QuarantineVip(var key, var address, var mac) -> {
        learn(ledger, address);
        if (isOf(address, key)) {
          put(
              ledger,
              new Holding.Quarantined(address, "", key, mac, now.plus(Duration.ofMinutes(10))));
        }
      }
      case MetalAction.DeleteVip(var key, var address, _) -> {
        learn(ledger, address);
        if (isOf(address, key)) {
          delete(ledger, address);
        }
      }
    }
  }

  /// Frees what was held long enough.
  void expire(Ledger ledger, Instant now) {
    for (var overdue : ledger.overdue(now)) {
      learn(ledger, overdue.address());
      if (at(overdue.address()).filter(overdue::equals).isPresent()) {
        delete(ledger, overdue.address());
      }
    }
  }

  /// The Vips in use of this load balancer.
  List<VipView> of(LoadBalancerKey key) {
    return objects.values().stream()
        .flatMap(event -> event.holding().stream())
        .filter(holding -> holding instanceof Holding.InUse use && use.key().equals(key))
        .map(holding -> ((Holding.InUse) holding).vip())
        .toList();
  }

  private boolean isOf(IpAddress address, LoadBalancerKey key) {
    return at(address).orElse(null) instanceof Holding.InUse(var holder, _) && holder.equals(key);
  }

  private static void refuseUnless(boolean allowed) throws Refused {
    if (!allowed) {
      throw new Refused();
    }
  }

  private void learn(Ledger ledger, IpAddress address) {
    Optional.ofNullable(objects.get(address)).ifPresent(event -> tell(ledger, event));
  }

  private void put(Ledger ledger, Holding holding) {
    var event = new Event(holding.address(), Optional.of(holding), ++version);
    objects.put(holding.address(), event);
    events.add(event);
    tell(ledger, event);
  }

  private void delete(Ledger ledger, IpAddress address) {
    var last = Objects.requireNonNull(objects.remove(address));
    events.add(new Event(address, Optional.empty(), ++version));
    ledger.deleted(address, last.version());
  }

  /// As a watch does.
  static void tell(Ledger ledger, Event event) {
    if (event.holding().isPresent()) {
      ledger.put(event.holding().get(), event.version());
    } else {
      ledger.gone(event.address(), event.version());
    }
  }
}
