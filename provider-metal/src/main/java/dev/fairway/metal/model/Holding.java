// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.pool.IpAddress;
import java.time.Instant;

/// Whose an address is.
public sealed interface Holding {
  IpAddress address();

  /// A load balancer has it.
  record InUse(LoadBalancerKey key, VipView vip) implements Holding {
    @Override
    public IpAddress address() {
      return vip.address();
    }
  }

  /// Nobody has it for now.
  sealed interface Idle extends Holding {
    LoadBalancerKey formerly();

    Instant until();
  }

  /// Nobody has it, and only one may.
  ///
  /// @param pool where it is from
  /// @param formerly who had it
  /// @param reservedFor who may have it
  /// @param until when it becomes free for everybody
  record Held(
      IpAddress address,
      String pool,
      LoadBalancerKey formerly,
      LoadBalancerKey reservedFor,
      Instant until)
      implements Idle {}

  /// A host that is none of ours has it, so nobody may.
  ///
  /// @param pool where it is from
  /// @param formerly who would have had it
  /// @param mac the hardware address of that host
  /// @param until when it may be tried again
  record Quarantined(
      IpAddress address, String pool, LoadBalancerKey formerly, String mac, Instant until)
      implements Idle {}
}
