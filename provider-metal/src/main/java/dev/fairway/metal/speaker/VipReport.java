// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.speaker;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;

/// What became of one VIP on this node.
public sealed interface VipReport {

  IpAddress address();

  /// The VIP is announced. If it is on several interfaces, this is the first by name; comes again
  /// if that or its Ethernet address changes.
  record VipClaimed(IpAddress address, String interfaceName, MacAddress mac) implements VipReport {}

  /// The VIP is not of this node any more: not announced, and not to be.
  record VipWithdrawn(IpAddress address) implements VipReport {}

  /// The VIP should be announced and is not.
  ///
  /// @param why a sentence for the user, with what to do
  record VipNotAnnounced(IpAddress address, String why) implements VipReport {}
}
