// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;

/// A VIP is answered for on this interface, with this Ethernet address.
public record Claim(String interfaceName, MacAddress mac) {}
