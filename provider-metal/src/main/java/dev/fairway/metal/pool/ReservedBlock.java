// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.Arrays;
import java.util.Optional;

/// Addresses that no client could reach over the network, so that no pool may hold them.
enum ReservedBlock {
  UNSPECIFIED_V4("0.0.0.0", 8, "unspecified"), // RFC 1122 section 3.2.1.3
  LOOPBACK_V4("127.0.0.0", 8, "loopback"),
  LINK_LOCAL_V4("169.254.0.0", 16, "link-local"), // RFC 3927
  MULTICAST_V4("224.0.0.0", 4, "multicast"), // RFC 5771
  RESERVED_V4("240.0.0.0", 4, "reserved or broadcast"), // RFC 1112 section 4, RFC 919
  UNSPECIFIED_V6("::", 128, "unspecified"),
  LOOPBACK_V6("::1", 128, "loopback"),
  MAPPED_V6("::ffff:0:0", 96, "IPv4-mapped"), // RFC 4291 section 2.5.5.2
  LINK_LOCAL_V6("fe80::", 10, "link-local"),
  MULTICAST_V6("ff00::", 8, "multicast");

  private final String network;
  private final int length;
  private final String what;

  ReservedBlock(String network, int length, String what) {
    this.network = network;
    this.length = length;
    this.what = what;
  }

  static Optional<ReservedBlock> touching(IpRange range) {
    return Arrays.stream(values())
        .filter(block -> block.range().intersection(range).isPresent())
        .findFirst();
  }

  private IpRange range() {
    return IpRange.ofPrefix(IpAddress.of(network), length);
  }

  String describe() {
    return what + " addresses (" + network + "/" + length + ")";
  }
}
