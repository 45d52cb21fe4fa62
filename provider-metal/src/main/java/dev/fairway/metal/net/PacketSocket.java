// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.fairway.metal.net.PacketFilter.Answers;
import dev.fairway.metal.pool.Family;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The frames of ARP or of neighbour discovery that reach one interface, and a way to send frames
/// from it. One thread may read while others send. Needs CAP_NET_RAW. Blocks in native code: not
/// for virtual threads, which would hold on to their carrier.
public final class PacketSocket implements AutoCloseable {

  /// The most bytes of a frame that are looked at: what Ethernet carries without jumbo frames, more
  /// than any ARP frame or sensible neighbour discovery has.
  public static final int MAX_FRAME = 1_514;

  private static final int ETH_P_ARP = 0x0806;
  private static final int ETH_P_IPV6 = 0x86DD;
  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_IGNORE_OUTGOING = 23; // since Linux 4.20

  private final MemorySegment received = Arena.ofAuto().allocate(MAX_FRAME);
  private final NativeSocket socket;
  private final String interfaceName;

  private PacketSocket(NativeSocket socket, String interfaceName) {
    this.socket = socket;
    this.interfaceName = interfaceName;
  }

  /// Opens a socket for the questions on the link, and for what is announced to many. For IPv6 this
  /// is a packet socket too: a socket for ICMPv6 never sees the checks by unicast for an address
  /// that is on no interface.
  ///
  /// @throws LinuxException if the right is missing or the interface is gone
  public static PacketSocket open(Link link, Family family) throws IOException {
    return open(link, family, Answers.TO_MANY);
  }

  /// As [#open], for somebody who asks: also hears the answers to this host.
  public static PacketSocket openToAsk(Link link, Family family) throws IOException {
    return open(link, family, Answers.ALL);
  }

  private static PacketSocket open(Link link, Family family, Answers answers) throws IOException {
    PacketFilter filter =
        switch (family) {
          case IPV4 -> PacketFilter.arp(answers);
          case IPV6 -> PacketFilter.ndp(answers);
        };
    int protocol =
        switch (family) {
          case IPV4 -> ETH_P_ARP;
          case IPV6 -> ETH_P_IPV6;
        };
    String on = " on " + link.name();
    // Protocol 0 receives nothing: frames from before the filter and the binding would be those of
    // all interfaces.
    NativeSocket socket = new NativeSocket(NativeSocket.AF_PACKET, 0, "a packet socket" + on);
    try (Arena arena = Arena.ofConfined()) {
      socket.setOption(
          SOL_SOCKET,
          SO_ATTACH_FILTER,
          Structs.filterProgram(arena, filter),
          "cannot attach a filter" + on);
      socket.setOption(
          SOL_PACKET,
          PACKET_IGNORE_OUTGOING,
          arena.allocateFrom(JAVA_INT, 1),
          "cannot ignore outgoing frames" + on);
      socket.bind(
          Structs.packetAddress(arena, protocol, link.index()), "cannot bind a packet socket" + on);
      return new PacketSocket(socket, link.name());
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /// Finds out whether packet sockets may be opened at all.
  ///
  /// @throws LinuxException if not; the message names the missing capability
  public static void requirePermission() throws IOException {
    new NativeSocket(NativeSocket.AF_PACKET, 0, "a packet socket").close();
  }

  /// Waits for a frame and copies it to the beginning of `frame`, as far as it fits. Returns its
  /// length; 0 after the time-out or [#wake]; -1 once the socket is closed.
  ///
  /// @throws LinuxException [LinuxException#isNetworkDown] if the interface went down, after which
  ///   reading may go on
  public int receive(byte[] frame, Duration timeout) throws LinuxException {
    int length = socket.receive(received, timeout);
    if (length > 0) {
      int copied = Math.min(length, frame.length);
      MemorySegment.copy(received, JAVA_BYTE, 0, frame, 0, copied);
      return copied;
    }
    return length;
  }

  /// When the kernel received the frame that was read last, by the clock of the machine; empty if
  /// it does not know. The first call has it begin to take note.
  public Optional<Instant> lastReceived() {
    return socket.lastReceived();
  }

  /// Makes a [#receive] that waits return 0, or the next one if none does.
  public void wake() {
    socket.wake();
  }

  /// Sends a frame as it is, without waiting for room in the queue.
  public void send(byte[] frame) throws IOException {
    try (Arena confined = Arena.ofConfined()) {
      socket.send(
          confined.allocateFrom(JAVA_BYTE, frame), "cannot send a frame on " + interfaceName);
    }
  }

  /// Returns when no call is under way any more; the reader gets -1.
  @Override
  public void close() {
    socket.close();
  }
}
