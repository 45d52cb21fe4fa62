// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.metal.model.Hold;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;
import java.util.List;

/// The writes of the metal provider: each is one write of one Vip resource.
public sealed interface MetalAction extends Action {
  LoadBalancerKey key();

  /// Takes an address: the Vip is named after it, so the API server lets only one load balancer
  /// have it.
  record CreateVip(LoadBalancerKey key, VipView vip) implements MetalAction {
    @Override
    public Effect effect() {
      return Effect.CREATE;
    }

    @Override
    public String summary() {
      return "give %s of pool %s to %s, %s"
          .formatted(vip.address(), vip.pool(), key, announcedBy(vip.owners()));
    }
  }

  /// Takes an address that is held for this load balancer.
  record ClaimVip(LoadBalancerKey key, Holding.Held held, VipView vip) implements MetalAction {
    @Override
    public Effect effect() {
      return Effect.CREATE;
    }

    @Override
    public String summary() {
      return "give %s, which was held for %s, to %s, %s"
          .formatted(vip.address(), held.reservedFor(), key, announcedBy(vip.owners()));
    }
  }

  /// Changes who announces an address, or what becomes of it when it is let go.
  record UpdateVip(LoadBalancerKey key, VipView from, VipView to) implements MetalAction {
    @Override
    public Effect effect() {
      return Effect.UPDATE;
    }

    @Override
    public String summary() {
      var before = from.owners().stream().findFirst();
      var after = to.owners().stream().findFirst();
      if (from.owners().equals(to.owners()) && !from.hold().equals(to.hold())) {
        return to.hold()
            .map(hold ->
                "note that %s is to be held for %s when %s lets go of it"
                    .formatted(to.address(), heldFor(hold, key), key))
            .orElseGet(() -> "note that %s need not be held for %s".formatted(to.address(), key));
      }
      if (from.owners().equals(to.owners()) && !from.pool().equals(to.pool())) {
        return "note that %s of %s is in pool %s, before in pool %s"
            .formatted(to.address(), key, to.pool(), from.pool());
      }
      if (from.owners().equals(to.owners()) && !from.ownerAddresses().equals(to.ownerAddresses())) {
        return "note that the owners of %s of %s are reached at %s"
            .formatted(to.address(), key, to.ownerAddresses());
      }
      if (before.equals(after)) {
        return "keep %s of %s %s, followed by %s"
            .formatted(
                to.address(), key, announcedBy(to.owners()), to.owners().stream().skip(1).toList());
      }
      return "move %s of %s: %s, before %s"
          .formatted(to.address(), key, announcedBy(to.owners()), announcedBy(from.owners()));
    }
  }

  /// Gives an address back.
  ///
  /// @param replaced whether the load balancer goes on with another address
  record DeleteVip(LoadBalancerKey key, IpAddress address, boolean replaced)
      implements MetalAction {
    @Override
    public Effect effect() {
      return replaced ? Effect.DISRUPT : Effect.DELETE;
    }

    @Override
    public String summary() {
      return "take %s from %s".formatted(address, key);
    }
  }

  /// Takes an address out of use that a foreign host had before us.
  ///
  /// @param mac the hardware address of that host
  record QuarantineVip(LoadBalancerKey key, IpAddress address, String mac) implements MetalAction {
    @Override
    public Effect effect() {
      return Effect.UPDATE;
    }

    @Override
    public String summary() {
      return "take %s, which the foreign host %s has, from %s and give it to nobody"
          .formatted(address, mac, key);
    }
  }

  /// Takes an address out of use and reserves it.
  ///
  /// @param replaced whether the load balancer goes on with another address
  record HoldVip(LoadBalancerKey key, IpAddress address, Hold hold, boolean replaced)
      implements MetalAction {
    @Override
    public Effect effect() {
      return replaced ? Effect.DISRUPT : Effect.DELETE;
    }

    @Override
    public String summary() {
      return "take %s from %s and hold it for %s".formatted(address, key, heldFor(hold, key));
    }
  }

  private static String heldFor(Hold hold, LoadBalancerKey key) {
    return "%s, %s".formatted(hold.successor().orElse(key), hold.timeText());
  }

  private static String announcedBy(List<String> owners) {
    return owners.isEmpty() ? "announced by no node" : "announced by " + owners.getFirst();
  }
}
