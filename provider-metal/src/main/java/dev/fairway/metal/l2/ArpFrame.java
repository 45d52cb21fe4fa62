// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A frame that carries ARP. Without padding: the driver fills it up to the least length of the
/// medium.
public record ArpFrame(MacAddress destination, MacAddress source, ArpPacket arp) implements Frame {

  /// Bytes of header and packet.
  public static final int LENGTH = 14 + ArpPacket.LENGTH;

  static final short TYPE = 0x0806;

  /// Reads the first `length` bytes; what follows the packet is padding. Empty if this is not a
  /// frame of ARP for IPv4. Never throws.
  public static Optional<ArpFrame> parse(byte[] bytes, int length) {
    if (length < LENGTH || length > bytes.length || ByteBuffer.wrap(bytes).getShort(12) != TYPE) {
      return Optional.empty();
    }
    return ArpPacket.parse(bytes, 14, length)
        .map(arp -> new ArpFrame(MacAddress.read(bytes, 0), MacAddress.read(bytes, 6), arp));
  }

  @Override
  public boolean isQuestion() {
    return arp.operation() == ArpPacket.Operation.REQUEST;
  }

  @Override
  public byte[] encode() {
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
    Frame.put(buffer, destination);
    Frame.put(buffer, source);
    buffer.putShort(TYPE);
    arp.encode(buffer);
    return buffer.array();
  }
}
