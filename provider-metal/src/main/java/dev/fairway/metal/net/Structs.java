// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.fairway.metal.pool.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The C structures that cross to the kernel. Their layout is that of x86-64 and aarch64, which
/// agree.
final class Structs {

  private static final ValueLayout.OfShort NETWORK_SHORT =
      JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  /// `struct sockaddr_ll`, packet(7).
  static final StructLayout SOCKADDR_LL =
      MemoryLayout.structLayout(
          JAVA_SHORT.withName("sll_family"),
          NETWORK_SHORT.withName("sll_protocol"),
          JAVA_INT.withName("sll_ifindex"),
          JAVA_SHORT.withName("sll_hatype"),
          JAVA_BYTE.withName("sll_pkttype"),
          JAVA_BYTE.withName("sll_halen"),
          MemoryLayout.sequenceLayout(8, JAVA_BYTE).withName("sll_addr"));

  /// `struct sockaddr_nl`, netlink(7).
  static final StructLayout SOCKADDR_NL =
      MemoryLayout.structLayout(
          JAVA_SHORT.withName("nl_family"),
          JAVA_SHORT.withName("nl_pad"),
          JAVA_INT.withName("nl_pid"),
          JAVA_INT.withName("nl_groups"));

  /// `struct pollfd`, poll(2).
  static final StructLayout POLLFD =
      MemoryLayout.structLayout(
          JAVA_INT.withName("fd"), JAVA_SHORT.withName("events"), JAVA_SHORT.withName("revents"));

  /// `struct sock_filter`, `<linux/filter.h>`.
  static final StructLayout SOCK_FILTER =
      MemoryLayout.structLayout(
          JAVA_SHORT.withName("code"),
          JAVA_BYTE.withName("jt"),
          JAVA_BYTE.withName("jf"),
          JAVA_INT.withName("k"));

  /// `struct sock_fprog`, `<linux/filter.h>`.
  static final StructLayout SOCK_FPROG =
      MemoryLayout.structLayout(
          JAVA_SHORT.withName("len"), MemoryLayout.paddingLayout(6), ADDRESS.withName("filter"));

  /// `struct ipv6_mreq`, ipv6(7).
  static final StructLayout IPV6_MREQ =
      MemoryLayout.structLayout(
          MemoryLayout.sequenceLayout(16, JAVA_BYTE).withName("ipv6mr_multiaddr"),
          JAVA_INT.withName("ipv6mr_interface"));

  /// `struct timespec`, timespec(3type).
  static final StructLayout TIMESPEC =
      MemoryLayout.structLayout(JAVA_LONG.withName("tv_sec"), JAVA_LONG.withName("tv_nsec"));

  private static final ValueLayout.OfLong NETWORK_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Structs() {}

  static MemorySegment packetAddress(Arena arena, int protocol, int interfaceIndex) {
    MemorySegment address = arena.allocate(SOCKADDR_LL);
    address.set(JAVA_SHORT, 0, (short) NativeSocket.AF_PACKET);
    address.set(NETWORK_SHORT, 2, (short) protocol);
    address.set(JAVA_INT, 4, interfaceIndex);
    return address;
  }

  static MemorySegment netlinkAddress(Arena arena, int groups) {
    MemorySegment address = arena.allocate(SOCKADDR_NL);
    address.set(JAVA_SHORT, 0, (short) NativeSocket.AF_NETLINK);
    address.set(JAVA_INT, 8, groups);
    return address;
  }

  static MemorySegment groupRequest(Arena arena, IpAddress group, int interfaceIndex) {
    MemorySegment request = arena.allocate(IPV6_MREQ);
    request.set(NETWORK_LONG, 0, group.high());
    request.set(NETWORK_LONG, 8, group.low());
    request.set(JAVA_INT, 16, interfaceIndex);
    return request;
  }

  static MemorySegment pollFds(Arena arena, short events, int... fds) {
    MemorySegment entries = arena.allocate(POLLFD, fds.length);
    for (int i = 0; i < fds.length; i++) {
      entries.set(JAVA_INT, i * POLLFD.byteSize(), fds[i]);
      entries.set(JAVA_SHORT, i * POLLFD.byteSize() + 4, events);
    }
    return entries;
  }

  static short receivedEvents(MemorySegment pollFds, int index) {
    return pollFds.get(JAVA_SHORT, index * POLLFD.byteSize() + 6);
  }

  /// A `sock_fprog` with its instructions.
  static MemorySegment filterProgram(Arena arena, PacketFilter filter) {
    MemorySegment code = arena.allocate(SOCK_FILTER, filter.instructions().size());
    long at = 0;
    for (PacketFilter.Instruction instruction : filter.instructions()) {
      code.set(JAVA_SHORT, at, (short) instruction.code());
      code.set(JAVA_BYTE, at + 2, (byte) instruction.ifTrue());
      code.set(JAVA_BYTE, at + 3, (byte) instruction.ifFalse());
      code.set(JAVA_INT, at + 4, instruction.operand());
      at += SOCK_FILTER.byteSize();
    }
    MemorySegment program = arena.allocate(SOCK_FPROG);
    program.set(JAVA_SHORT, 0, (short) filter.instructions().size());
    program.set(ADDRESS, 8, code);
    return program;
  }
}
