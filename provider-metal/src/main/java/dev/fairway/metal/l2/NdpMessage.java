// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.Optional;

/// The two messages of neighbour discovery that find and check neighbours (RFC 4861 sections 4.3
/// and 4.4). Options other than the link-layer address are not kept.
public sealed interface NdpMessage {

  /// The address that is looked for, or told of; never a group.
  IpAddress target();

  /// Who has the target?
  ///
  /// @param sourceMac the Ethernet address of the sender as it says itself
  record Solicitation(IpAddress target, Optional<MacAddress> sourceMac) implements NdpMessage {}

  /// I have it.
  ///
  /// @param router the sender forwards packets for others
  /// @param solicited this answers a question of the receiver
  /// @param override what the receiver has in its cache is to be replaced
  /// @param targetMac the Ethernet address of the target
  record Advertisement(
      IpAddress target,
      boolean router,
      boolean solicited,
      boolean override,
      Optional<MacAddress> targetMac)
      implements NdpMessage {}
}
