// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import java.nio.ByteBuffer;

/// The checksum of ICMPv6 (RFC 4443 section 2.3), which on a packet socket nobody else computes.
final class Icmpv6Checksum {

  static final int NEXT_HEADER = 58;

  private static final int ADDRESSES = 8; // where both addresses begin in the header of IPv6
  private static final int HEADER = 40;

  private Icmpv6Checksum() {}

  /// The checksum of the message after the IPv6 header that begins at `offset`: what belongs in its
  /// field if that is zero; zero if its field is right.
  ///
  /// @param length bytes of the message; `bytes` must have as many after the header
  static int of(byte[] bytes, int offset, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long sum = (long) length + NEXT_HEADER;
    int end = offset + HEADER + length;
    for (int at = offset + ADDRESSES; at + 1 < end; at += 2) {
      sum += buffer.getShort(at) & 0xFFFF;
    }
    if (length % 2 != 0) {
      sum += (bytes[end - 1] & 0xFF) << 8;
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return (int) (~sum & 0xFFFF);
  }
}
