// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import dev.fairway.metal.pool.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Gathers links from the answers of rtnetlink(7). Reads only what [Link] needs and skips what it
/// does not know; a message that is cut off ends the datagram it is in.
final class RouteMessages {

  /// How far the answer has come.
  enum Progress {
    MORE,
    DONE,
    /// The kernel's tables changed while it told them: ask again.
    INTERRUPTED,
    REFUSED
  }

  static final short RTM_NEWLINK = 16;
  static final short RTM_GETLINK = 18;
  static final short RTM_NEWADDR = 20;
  static final short RTM_GETADDR = 22;

  private static final int HEADER = 16; // struct nlmsghdr
  private static final int LINK_HEADER = 16; // struct ifinfomsg
  private static final int ADDRESS_HEADER = 8; // struct ifaddrmsg
  private static final short NLMSG_ERROR = 2;
  private static final short NLMSG_DONE = 3;
  private static final short NLM_F_REQUEST = 1;
  private static final short NLM_F_DUMP = 0x300;
  private static final short NLM_F_DUMP_INTR = 0x10;
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_CARRIER_CHANGES = 35;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int ARPHRD_ETHER = 1;
  private static final int IFF_UP = 0x1;
  private static final int IFF_NOARP = 0x80;
  private static final int IFF_LOWER_UP = 0x10000;

  private final Map<Integer, Link> links = new TreeMap<>();
  private final Map<Integer, List<InterfaceAddress>> addresses = new HashMap<>();

  /// The request for all links or all addresses. One size fits both: the header after it may be
  /// longer than asked for.
  static byte[] dumpRequest(short type) {
    return ByteBuffer.allocate(HEADER + LINK_HEADER)
        .order(ByteOrder.nativeOrder())
        .putInt(HEADER + LINK_HEADER)
        .putShort(type)
        .putShort((short) (NLM_F_REQUEST | NLM_F_DUMP))
        .array();
  }

  /// Takes in one datagram.
  Progress read(ByteBuffer datagram) {
    ByteBuffer buffer = datagram.order(ByteOrder.nativeOrder());
    while (buffer.remaining() >= HEADER) {
      int start = buffer.position();
      int length = buffer.getInt(start);
      short type = buffer.getShort(start + 4);
      short flags = buffer.getShort(start + 6);
      if (length < HEADER || length > buffer.remaining()) {
        return Progress.REFUSED;
      }
      if ((flags & NLM_F_DUMP_INTR) != 0) {
        return Progress.INTERRUPTED;
      }
      ByteBuffer body = slice(buffer, start + HEADER, length - HEADER);
      switch (type) {
        case NLMSG_DONE -> {
          return Progress.DONE;
        }
        case NLMSG_ERROR -> {
          return Progress.REFUSED;
        }
        case RTM_NEWLINK -> readLink(body);
        case RTM_NEWADDR -> readAddress(body);
        default -> {}
      }
      buffer.position(Math.min(buffer.limit(), start + aligned(length)));
    }
    return Progress.MORE;
  }

  private void readLink(ByteBuffer body) {
    if (body.remaining() < LINK_HEADER) {
      return;
    }
    int hardware = body.getShort(2) & 0xFFFF;
    int index = body.getInt(4);
    int flags = body.getInt(8);
    Map<Integer, ByteBuffer> attributes = attributes(body, LINK_HEADER);
    ByteBuffer name = attributes.get(IFLA_IFNAME);
    ByteBuffer address = attributes.get(IFLA_ADDRESS);
    if (name == null) {
      return;
    }
    boolean ethernet = hardware == ARPHRD_ETHER && address != null && address.remaining() == 6;
    MacAddress mac =
        address != null && ethernet ? MacAddress.read(bytes(address), 0) : MacAddress.ZERO;
    boolean speaksArp = ethernet && (flags & IFF_NOARP) == 0;
    // IFF_RUNNING would say the same up to a second later.
    boolean running = (flags & IFF_UP) != 0 && (flags & IFF_LOWER_UP) != 0;
    ByteBuffer changes = attributes.get(IFLA_CARRIER_CHANGES);
    int carrierChanges = changes == null || changes.remaining() < 4 ? 0 : changes.getInt(0);
    links.put(
        index, new Link(index, text(name), mac, speaksArp, running, carrierChanges, List.of()));
  }

  private void readAddress(ByteBuffer body) {
    if (body.remaining() < ADDRESS_HEADER) {
      return;
    }
    int prefixLength = body.get(1) & 0xFF;
    int index = body.getInt(4);
    Map<Integer, ByteBuffer> attributes = attributes(body, ADDRESS_HEADER);
    // IFA_ADDRESS is the other end on a point-to-point link, our own address elsewhere.
    ByteBuffer address =
        attributes.get(attributes.containsKey(IFA_LOCAL) ? IFA_LOCAL : IFA_ADDRESS);
    if (address == null || (address.remaining() != 4 && address.remaining() != 16)) {
      return;
    }
    IpAddress own = IpAddress.ofBytes(bytes(address));
    if (prefixLength <= own.family().bits()) {
      addresses
          .computeIfAbsent(index, _ -> new ArrayList<>())
          .add(new InterfaceAddress(own, prefixLength));
    }
  }

  /// All links that were told of, by index, with their addresses.
  List<Link> links() {
    return links.values().stream()
        .map(link -> link.with(addresses.getOrDefault(link.index(), List.of())))
        .toList();
  }

  private static Map<Integer, ByteBuffer> attributes(ByteBuffer body, int from) {
    Map<Integer, ByteBuffer> attributes = new HashMap<>();
    int at = from;
    while (at + 4 <= body.limit()) {
      int length = body.getShort(at) & 0xFFFF;
      int type = body.getShort(at + 2) & 0x3FFF; // the upper two bits are flags
      if (length < 4 || at + length > body.limit()) {
        break;
      }
      attributes.put(type, slice(body, at + 4, length - 4));
      at += aligned(length);
    }
    return attributes;
  }

  private static int aligned(int length) {
    return (length + 3) & ~3;
  }

  private static ByteBuffer slice(ByteBuffer buffer, int from, int length) {
    return buffer.slice(from, length).order(ByteOrder.nativeOrder());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(0, bytes);
    return bytes;
  }

  private static String text(ByteBuffer buffer) {
    String withEnd = new String(bytes(buffer), StandardCharsets.UTF_8);
    int end = withEnd.indexOf('\0');
    return end < 0 ? withEnd : withEnd.substring(0, end);
  }
}
