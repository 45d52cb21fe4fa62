// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A socket whose reader can be woken and which can be closed while somebody reads. The number of a
/// closed file descriptor is given to the next one that is opened, so no call may be under way when
/// it is closed: both directions have a lock for that.
final class NativeSocket implements AutoCloseable {

  // <sys/socket.h>, <sys/eventfd.h> and <poll.h> of Linux, the same on x86-64 and aarch64.
  static final int AF_INET6 = 10;
  static final int AF_NETLINK = 16;
  static final int AF_PACKET = 17;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_RAW = 3;
  private static final int NONBLOCK = 0x800;
  private static final int CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final short POLLIN = 1;
  private static final int SIOCGSTAMPNS = 0x8907; // <asm-generic/sockios.h>

  private final Arena arena = Arena.ofShared();
  private final ReentrantLock receiving = new ReentrantLock();
  private final ReentrantLock sending = new ReentrantLock();
  private final Libc receiver = new Libc(arena);
  private final Libc sender = new Libc(arena);
  private final MemorySegment counter = arena.allocate(JAVA_LONG);
  private final MemorySegment timestamp = arena.allocate(Structs.TIMESPEC);
  private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1L);
  private final int socket;
  private final int wakeup;
  private final MemorySegment pollFds;

  private volatile boolean closing;
  private boolean closed;

  /// A raw socket.
  ///
  /// @param what the socket in words, for messages
  NativeSocket(int domain, int protocol, String what) throws IOException {
    this(domain, SOCK_RAW, protocol, what);
  }

  /// A datagram socket without a port.
  static NativeSocket datagram(int domain, String what) throws IOException {
    return new NativeSocket(domain, SOCK_DGRAM, 0, what);
  }

  private NativeSocket(int domain, int type, int protocol, String what) throws IOException {
    socket = sender.socket(domain, type | NONBLOCK | CLOEXEC, protocol);
    if (socket < 0) {
      arena.close();
      throw new LinuxException("cannot open " + what, -socket);
    }
    wakeup = sender.eventFd(NONBLOCK | CLOEXEC);
    if (wakeup < 0) {
      sender.close(socket);
      arena.close();
      throw new LinuxException("cannot make a wake-up for " + what, -wakeup);
    }
    pollFds = Structs.pollFds(arena, POLLIN, socket, wakeup);
  }

  void setOption(int level, int name, MemorySegment value, String attempt) throws IOException {
    check(sender.setOption(socket, level, name, value), attempt);
  }

  void bind(MemorySegment address, String attempt) throws IOException {
    check(sender.bind(socket, address), attempt);
  }

  /// The number of bytes received; 0 after the time-out or [#wake]; -1 once the socket is closed.
  int receive(MemorySegment into, Duration timeout) throws LinuxException {
    receiving.lock();
    try {
      if (closing) {
        return -1;
      }
      // Reading first saves the poll for every frame but the first of a burst.
      int read = receiver.receive(socket, into, MSG_DONTWAIT);
      if (read == -LinuxException.EAGAIN) {
        read = awaitAndReceive(into, timeout);
      }
      return closing ? -1 : check(read, "cannot receive");
    } finally {
      receiving.unlock();
    }
  }

  private int awaitAndReceive(MemorySegment into, Duration timeout) throws LinuxException {
    int ready = receiver.poll(pollFds, 2, millis(timeout));
    if (ready == 0 || ready == -LinuxException.EINTR) {
      return 0;
    }
    check(ready, "cannot wait for a frame");
    if (Structs.receivedEvents(pollFds, 1) != 0) {
      receiver.read(wakeup, counter);
    }
    if (closing || Structs.receivedEvents(pollFds, 0) == 0) {
      return 0;
    }
    int read = receiver.receive(socket, into, MSG_DONTWAIT);
    return read == -LinuxException.EAGAIN ? 0 : read;
  }

  /// When the kernel received what was read last, by the clock of the machine; empty if it does not
  /// know. The first call has it begin to take note.
  Optional<Instant> lastReceived() {
    receiving.lock();
    try {
      return closing || receiver.ioctl(socket, SIOCGSTAMPNS, timestamp) < 0
          ? Optional.empty()
          : Optional.of(
              Instant.ofEpochSecond(timestamp.get(JAVA_LONG, 0), timestamp.get(JAVA_LONG, 8)));
    } finally {
      receiving.unlock();
    }
  }

  /// Makes a [#receive] that waits return, or the next one if none does.
  void wake() {
    sending.lock();
    try {
      if (!closed) {
        sender.write(wakeup, one);
      }
    } finally {
      sending.unlock();
    }
  }

  void send(MemorySegment bytes, String attempt) throws IOException {
    sending.lock();
    try {
      if (closing) {
        throw new IOException(attempt + ": the socket is closed");
      }
      check(sender.send(socket, bytes, MSG_DONTWAIT), attempt);
    } finally {
      sending.unlock();
    }
  }

  /// Returns when no call is under way any more; the reader gets -1.
  @Override
  public void close() {
    closing = true;
    wake();
    receiving.lock();
    sending.lock();
    try {
      if (!closed) {
        closed = true;
        sender.close(socket);
        sender.close(wakeup);
        arena.close();
      }
    } finally {
      sending.unlock();
      receiving.unlock();
    }
  }

  private static int millis(Duration timeout) {
    // Rounded up: rounding down would make a wait of less than a millisecond a busy loop.
    return Math.clamp(timeout.plusNanos(999_999).toMillis(), 0, Integer.MAX_VALUE);
  }

  private static int check(int result, String attempt) throws LinuxException {
    if (result < 0) {
      throw new LinuxException(attempt, -result);
    }
    return result;
  }
}
