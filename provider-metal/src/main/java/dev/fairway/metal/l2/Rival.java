// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;

/// Another station was heard to claim a VIP that is announced here.
///
/// @param mac the station's Ethernet address as it says itself
/// @param interfaceName where it was heard
/// @param speaker whether that is another speaker of the cluster, which may be taking over, instead
///   of a foreign host
/// @param defended whether the VIP was announced against it; never for a speaker
public record Rival(
    IpAddress address, MacAddress mac, String interfaceName, boolean speaker, boolean defended) {}
