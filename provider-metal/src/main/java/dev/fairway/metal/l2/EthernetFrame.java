// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// An untagged Ethernet II frame that carries ARP. Without padding: the driver fills it up to the
/// least length of the medium.
public record EthernetFrame(MacAddress destination, MacAddress source, ArpPacket arp) {

  /// Bytes of header and packet.
  public static final int LENGTH = 14 + ArpPacket.LENGTH;

  private static final short ARP = 0x0806; // EtherType

  /// Reads the first `length` bytes; what follows the packet is padding. Empty if this is not a
  /// frame of ARP for IPv4. Never throws.
  public static Optional<EthernetFrame> parse(byte[] bytes, int length) {
    if (length < LENGTH || length > bytes.length || ByteBuffer.wrap(bytes).getShort(12) != ARP) {
      return Optional.empty();
    }
    return ArpPacket.parse(bytes, 14, length)
        .map(arp -> new EthernetFrame(MacAddress.read(bytes, 0), MacAddress.read(bytes, 6), arp));
  }

  /// The frame as it goes on the wire.
  public byte[] encode() {
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
    put(buffer, destination);
    put(buffer, source);
    buffer.putShort(ARP);
    arp.encode(buffer);
    return buffer.array();
  }

  static void put(ByteBuffer into, MacAddress mac) {
    into.putShort((short) (mac.bits() >>> 32)).putInt((int) mac.bits());
  }
}
