// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.failover.Order;
import dev.fairway.metal.pool.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of what happens to VIPs: in the log and in their status. Used by one thread.
final class Happenings implements Consumer<Order.Event> {
  private static final Logger LOG = LoggerFactory.getLogger(Happenings.class);

  private final VipStatusWriter status;
  // What lasts is found anew several times a second.
  private final Map<IpAddress, Order.SplitPath> told = new HashMap<>();

  Happenings(VipStatusWriter status) {
    this.status = status;
  }

  @Override
  public void accept(Order.Event event) {
    switch (event) {
      case Order.Took took -> {
        told.remove(took.vip());
        LOG.info("{}: this node answers from now on: {}", took.vip(), took.why());
        status.took(took);
      }
      case Order.GaveUp(var vip, var _, var why) -> {
        told.remove(vip);
        LOG.info("{}: this node answers no more: {}", vip, why);
      }
      case Order.Conflict conflict -> {
        LOG.warn("{}: the host {} has this address", conflict.vip(), conflict.mac());
        status.conflict(conflict);
      }
      case Order.SplitPath split -> {
        if (!split.equals(told.put(split.vip(), split))) {
          LOG.warn(
              "{}: left to {}, which is not heard here: {}",
              split.vip(),
              split.owner(),
              split.why());
        }
      }
    }
  }
}
