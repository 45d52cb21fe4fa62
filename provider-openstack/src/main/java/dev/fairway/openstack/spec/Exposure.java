// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import java.util.List;
import java.util.Optional;

/// By which address clients reach a load balancer.
public sealed interface Exposure {
  /// By its own (VIP).
  record Internal() implements Exposure {}

  /// By a floating IP.
  ///
  /// @param network id of the external network
  /// @param subnets ids of its subnets to take it from, tried in this order; empty for any
  /// @param address the very floating IP that was asked for
  /// @param keep whether it stays when the Service goes
  record Floating(String network, List<String> subnets, Optional<String> address, boolean keep)
      implements Exposure {
    public Floating {
      subnets = List.copyOf(subnets);
    }
  }
}
