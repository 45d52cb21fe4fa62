// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;

/// Somebody has an address that was probed, or is about to take it.
///
/// @param mac the station's Ethernet address as it says itself
/// @param interfaceName where it was heard
public record Conflict(IpAddress address, MacAddress mac, String interfaceName) {}
