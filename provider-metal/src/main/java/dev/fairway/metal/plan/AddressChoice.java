// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;

/// Which address of one family a load balancer should have; made by [AddressChooser].
sealed interface AddressChoice {
  /// The one it has.
  record Keep(VipView vip) implements AddressChoice {}

  /// One that is held for it.
  record Claim(Holding.Held held) implements AddressChoice {}

  /// One that is free.
  record Take(IpAddress address, String pool) implements AddressChoice {}

  record None(Note note) implements AddressChoice {}
}
