// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// An untagged Ethernet II frame by which neighbours find each other: ARP for IPv4, neighbour
/// discovery for IPv6.
public sealed interface Frame permits ArpFrame, NdpFrame {

  /// Bytes before the packet: two addresses and the EtherType.
  int HEADER = 14;

  MacAddress destination();

  MacAddress source();

  /// Whether somebody asks for an address, probes and announcements in the form of a question
  /// included.
  boolean isQuestion();

  /// The frame as it goes on the wire.
  byte[] encode();

  /// Reads the first `length` bytes. Empty if that is neither kind of frame, or not a valid one.
  /// Never throws.
  static Optional<Frame> parse(byte[] bytes, int length) {
    if (length < HEADER || length > bytes.length) {
      return Optional.empty();
    }
    return switch (ByteBuffer.wrap(bytes).getShort(12)) {
      case ArpFrame.TYPE -> ArpFrame.parse(bytes, length).map(Frame.class::cast);
      case NdpFrame.TYPE -> NdpFrame.parse(bytes, length).map(Frame.class::cast);
      default -> Optional.empty();
    };
  }

  /// Appends an address.
  static void put(ByteBuffer into, MacAddress mac) {
    into.putShort((short) (mac.bits() >>> 32)).putInt((int) mac.bits());
  }
}
