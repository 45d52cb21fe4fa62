// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A packet socket (packet(7)) for ARP frames on one interface of the calling thread's network
/// namespace; other threads may use it once it is open.
final class ArpSocket implements AutoCloseable {
  // <bits/socket.h>, <linux/if_ether.h>, <poll.h> of Linux
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW = 3;
  private static final short ETH_P_ARP = 0x0806;
  private static final short POLLIN = 1;
  private static final int SOCKADDR_LL = 20;
  private static final int FRAME = 128;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MethodHandle SOCKET = function("socket", INT, INT, INT, INT);
  private static final MethodHandle BIND = function("bind", INT, INT, ValueLayout.ADDRESS, INT);
  private static final MethodHandle SEND =
      function("send", LONG, INT, ValueLayout.ADDRESS, LONG, INT);
  private static final MethodHandle RECV =
      function("recv", LONG, INT, ValueLayout.ADDRESS, LONG, INT);
  private static final MethodHandle POLL = function("poll", INT, ValueLayout.ADDRESS, LONG, INT);
  private static final MethodHandle CLOSE = function("close", INT, INT);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(STATE);
  private final MemorySegment buffer = arena.allocate(FRAME);
  private final MemorySegment poll = arena.allocate(8, 4);
  private final int descriptor;

  /// @param index the kernel's number of the interface
  /// @throws IllegalStateException with errno when the kernel refuses
  ArpSocket(int index) {
    descriptor =
        (int) call(() -> (int) SOCKET.invokeExact(state, AF_PACKET, SOCK_RAW, (int) swapped()));
    require(descriptor >= 0, "a packet socket");
    var address = arena.allocate(SOCKADDR_LL, 4);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
    address.set(NETWORK_SHORT, 2, ETH_P_ARP);
    address.set(INT, 4, index);
    require(
        call(() -> (int) BIND.invokeExact(state, descriptor, address, SOCKADDR_LL)) == 0, "bind");
  }

  private static short swapped() {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
        ? ETH_P_ARP
        : Short.reverseBytes(ETH_P_ARP);
  }

  /// Sends a whole frame. One that cannot be sent is lost, as on any network.
  void send(byte[] frame) {
    MemorySegment.copy(frame, 0, buffer, ValueLayout.JAVA_BYTE, 0, frame.length);
    var _ = call(() -> (long) SEND.invokeExact(state, descriptor, buffer, (long) frame.length, 0));
  }

  /// Waits for a frame, at most this long.
  ///
  /// @return the frame, cut to 128 bytes; empty when none came
  byte[] receive(int timeoutMillis) {
    poll.set(INT, 0, descriptor);
    poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
    poll.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
    if (call(() -> (int) POLL.invokeExact(state, poll, 1L, timeoutMillis)) <= 0) {
      return new byte[0];
    }
    var length = call(() -> (long) RECV.invokeExact(state, descriptor, buffer, (long) FRAME, 0));
    return length <= 0 ? new byte[0] : buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public void close() {
    var _ = call(() -> (int) CLOSE.invokeExact(state, descriptor));
    arena.close();
  }

  private void require(boolean success, String what) {
    if (!success) {
      throw new IllegalStateException(what + " failed with errno " + (int) ERRNO.get(state, 0L));
    }
  }

  private interface Native {
    long call() throws Throwable;
  }

  private static long call(Native function) {
    try {
      return function.call();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("cannot call the C library", e);
    }
  }

  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }
}
