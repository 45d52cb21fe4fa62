// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The C functions that are called. Each returns what C does, or the negative error number, as the
/// kernel itself does. One instance serves one thread at a time, because the place where C leaves
/// the error number is part of it.
final class Libc {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle POLL = handle("poll", ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle EVENTFD = handle("eventfd", JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT);
  private static final MethodHandle RECV = transfer("recv", JAVA_INT);
  private static final MethodHandle SEND = transfer("send", JAVA_INT);
  private static final MethodHandle READ = transfer("read");
  private static final MethodHandle WRITE = transfer("write");
  private static final MethodHandle IOCTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("ioctl"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private static final int MAX_ERROR_TEXT = 256;

  private final MemorySegment state;

  Libc(Arena arena) {
    state = arena.allocate(STATE);
  }

  private static MethodHandle handle(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle transfer(String name, MemoryLayout... flags) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG).appendArgumentLayouts(flags),
        Linker.Option.captureCallState("errno"));
  }

  /// The system's words for an error number.
  static String describe(int errno) {
    try {
      return ((MemorySegment) STRERROR.invokeExact(errno)).reinterpret(MAX_ERROR_TEXT).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int socket(int domain, int type, int protocol) {
    try {
      return result((int) SOCKET.invokeExact(state, domain, type, protocol));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int bind(int fd, MemorySegment address) {
    try {
      return result((int) BIND.invokeExact(state, fd, address, (int) address.byteSize()));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int setOption(int fd, int level, int name, MemorySegment value) {
    try {
      return result(
          (int) SETSOCKOPT.invokeExact(state, fd, level, name, value, (int) value.byteSize()));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int poll(MemorySegment pollFds, long count, int timeoutMillis) {
    try {
      return result((int) POLL.invokeExact(state, pollFds, count, timeoutMillis));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int eventFd(int flags) {
    try {
      return result((int) EVENTFD.invokeExact(state, 0, flags));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int close(int fd) {
    try {
      return result((int) CLOSE.invokeExact(state, fd));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int receive(int fd, MemorySegment buffer, int flags) {
    try {
      return result((long) RECV.invokeExact(state, fd, buffer, buffer.byteSize(), flags));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int send(int fd, MemorySegment buffer, int flags) {
    try {
      return result((long) SEND.invokeExact(state, fd, buffer, buffer.byteSize(), flags));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int read(int fd, MemorySegment buffer) {
    try {
      return result((long) READ.invokeExact(state, fd, buffer, buffer.byteSize()));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int write(int fd, MemorySegment buffer) {
    try {
      return result((long) WRITE.invokeExact(state, fd, buffer, buffer.byteSize()));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int ioctl(int fd, long request, MemorySegment argument) {
    try {
      return result((int) IOCTL.invokeExact(state, fd, request, argument));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private int result(long returned) {
    return returned >= 0 ? (int) returned : -(int) ERRNO.get(state, 0L);
  }

  // The functions above throw nothing; only a mistake in a descriptor ends here.
  private static AssertionError unexpected(Throwable cause) {
    return new AssertionError(cause);
  }
}
