// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// ARP for IPv4 over Ethernet (RFC 826).
///
/// @param sender the address the sender speaks for; `0.0.0.0` in a probe (RFC 5227)
/// @param target the address that is looked for, or announced if it equals the sender
public record ArpPacket(
    Operation operation,
    MacAddress senderMac,
    IpAddress sender,
    MacAddress targetMac,
    IpAddress target) {

  /// Bytes on the wire.
  public static final int LENGTH = 28;

  private static final short ETHERNET = 1; // hardware type
  private static final short IPV4 = 0x0800; // protocol type
  private static final byte IPV4_LENGTH = 4;

  /// The two operations that are of use; RARP and the like are not read.
  public enum Operation {
    REQUEST(1),
    REPLY(2);

    private final short code;

    Operation(int code) {
      this.code = (short) code;
    }
  }

  /// Reads the packet that begins at `offset`; empty if it is cut off or not of this kind. Never
  /// throws.
  static Optional<ArpPacket> parse(byte[] bytes, int offset, int end) {
    if (end - offset < LENGTH) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, LENGTH);
    if (buffer.getShort() != ETHERNET
        || buffer.getShort() != IPV4
        || buffer.get() != MacAddress.LENGTH
        || buffer.get() != IPV4_LENGTH) {
      return Optional.empty();
    }
    short code = buffer.getShort();
    if (code != Operation.REQUEST.code && code != Operation.REPLY.code) {
      return Optional.empty();
    }
    return Optional.of(
        new ArpPacket(
            code == Operation.REQUEST.code ? Operation.REQUEST : Operation.REPLY,
            MacAddress.read(bytes, offset + 8),
            IpAddress.ofIpv4Bits(buffer.getInt(offset + 14)),
            MacAddress.read(bytes, offset + 18),
            IpAddress.ofIpv4Bits(buffer.getInt(offset + 24))));
  }

  void encode(ByteBuffer into) {
    into.putShort(ETHERNET)
        .putShort(IPV4)
        .put((byte) MacAddress.LENGTH)
        .put(IPV4_LENGTH)
        .putShort(operation.code);
    Frame.put(into, senderMac);
    into.putInt(sender.ipv4Bits());
    Frame.put(into, targetMac);
    into.putInt(target.ipv4Bits());
  }
}
