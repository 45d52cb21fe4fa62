// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.l2.NdpMessage.Advertisement;
import dev.fairway.metal.l2.NdpMessage.Solicitation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A frame that carries neighbour discovery over IPv6, always with hop limit 255.
///
/// @param from the IPv6 source; `::` in a probe (RFC 4862)
/// @param to the IPv6 destination
public record NdpFrame(
    MacAddress destination, MacAddress source, IpAddress from, IpAddress to, NdpMessage message)
    implements Frame {

  static final short TYPE = (short) 0x86DD;

  private static final int IP_HEADER = 40;
  private static final int MESSAGE = Frame.HEADER + IP_HEADER;
  private static final int MIN_MESSAGE = 24; // RFC 4861 section 7.1
  private static final int OPTION = 8;
  private static final int VERSION_6 = 6;

  /// A packet from behind a router has less: what has 255 is of this link (RFC 4861 section 7.1).
  private static final int HOP_LIMIT = 255;

  private static final int SOLICITATION = 135;
  private static final int ADVERTISEMENT = 136;
  private static final int SOURCE_MAC = 1;
  private static final int TARGET_MAC = 2;
  private static final int ROUTER = 0x8000_0000;
  private static final int SOLICITED = 0x4000_0000;
  private static final int OVERRIDE = 0x2000_0000;

  /// Reads the first `length` bytes; what follows the packet is padding. Empty if this is not a
  /// solicitation or advertisement directly after the IPv6 header, or if it fails one of the checks
  /// of RFC 4861 section 7.1. Never throws.
  static Optional<NdpFrame> parse(byte[] bytes, int length) {
    if (length < MESSAGE + MIN_MESSAGE || length > bytes.length) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int payload = buffer.getShort(Frame.HEADER + 4) & 0xFFFF;
    if (buffer.getShort(12) != TYPE
        || (bytes[Frame.HEADER] & 0xFF) >>> 4 != VERSION_6
        || bytes[Frame.HEADER + 6] != Icmpv6Checksum.NEXT_HEADER
        || (bytes[Frame.HEADER + 7] & 0xFF) != HOP_LIMIT
        || bytes[MESSAGE + 1] != 0 // code
        || payload < MIN_MESSAGE
        || MESSAGE + payload > length
        || Icmpv6Checksum.of(bytes, Frame.HEADER, payload) != 0) {
      return Optional.empty();
    }
    Optional<NdpOptions> options = NdpOptions.read(bytes, MESSAGE + MIN_MESSAGE, MESSAGE + payload);
    return options
        .flatMap(read -> message(buffer, read))
        .map(message ->
            new NdpFrame(
                MacAddress.read(bytes, 0),
                MacAddress.read(bytes, MacAddress.LENGTH),
                address(buffer, Frame.HEADER + 8),
                address(buffer, Frame.HEADER + 24),
                message))
        .filter(NdpFrame::isValid);
  }

  private static Optional<NdpMessage> message(ByteBuffer buffer, NdpOptions options) {
    IpAddress target = address(buffer, MESSAGE + 8);
    int flags = buffer.getInt(MESSAGE + 4);
    return switch (buffer.get(MESSAGE) & 0xFF) {
      case SOLICITATION -> Optional.of(new Solicitation(target, options.sourceMac()));
      case ADVERTISEMENT ->
          Optional.of(
              new Advertisement(
                  target,
                  (flags & ROUTER) != 0,
                  (flags & SOLICITED) != 0,
                  (flags & OVERRIDE) != 0,
                  options.targetMac()));
      default -> Optional.empty();
    };
  }

  private static boolean isValid(NdpFrame frame) {
    if (Ipv6Groups.isMulticast(frame.message.target()) || Ipv6Groups.isMulticast(frame.from)) {
      return false;
    }
    return switch (frame.message) {
      case Solicitation(_, var sourceMac) ->
          !frame.from.equals(Ipv6Groups.UNSPECIFIED)
              || (Ipv6Groups.isSolicitedNode(frame.to) && sourceMac.isEmpty());
      case Advertisement advertisement ->
          !advertisement.solicited() || !Ipv6Groups.isMulticast(frame.to);
    };
  }

  @Override
  public boolean isQuestion() {
    return message instanceof Solicitation;
  }

  @Override
  public byte[] encode() {
    Optional<MacAddress> mac =
        switch (message) {
          case Solicitation(_, var sourceMac) -> sourceMac;
          case Advertisement advertisement -> advertisement.targetMac();
        };
    int payload = MIN_MESSAGE + (mac.isPresent() ? OPTION : 0);
    ByteBuffer buffer = ByteBuffer.allocate(MESSAGE + payload);
    Frame.put(buffer, destination);
    Frame.put(buffer, source);
    buffer
        .putShort(TYPE)
        .putInt(VERSION_6 << 28)
        .putShort((short) payload)
        .put((byte) Icmpv6Checksum.NEXT_HEADER)
        .put((byte) HOP_LIMIT);
    put(buffer, from);
    put(buffer, to);
    buffer.put((byte) (isQuestion() ? SOLICITATION : ADVERTISEMENT)).put((byte) 0);
    buffer.putShort((short) 0).putInt(flags());
    put(buffer, message.target());
    mac.ifPresent(own -> {
      buffer.put((byte) (isQuestion() ? SOURCE_MAC : TARGET_MAC)).put((byte) 1);
      Frame.put(buffer, own);
    });
    buffer.putShort(MESSAGE + 2, (short) Icmpv6Checksum.of(buffer.array(), Frame.HEADER, payload));
    return buffer.array();
  }

  private int flags() {
    return switch (message) {
      case Solicitation _ -> 0;
      case Advertisement(_, var router, var solicited, var override, _) ->
          (router ? ROUTER : 0) | (solicited ? SOLICITED : 0) | (override ? OVERRIDE : 0);
    };
  }

  private static IpAddress address(ByteBuffer buffer, int offset) {
    return new IpAddress(Family.IPV6, buffer.getLong(offset), buffer.getLong(offset + 8));
  }

  private static void put(ByteBuffer into, IpAddress address) {
    into.putLong(address.high()).putLong(address.low());
  }
}
