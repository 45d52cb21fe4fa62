// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls back soon after an interface, its carrier, its Ethernet address or an IP address changed,
/// and from time to time without a cause, so that what failed is tried again. What changed is not
/// told: read [Links] anew.
public final class LinkWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LinkWatch.class);

  // <linux/rtnetlink.h>
  private static final int RTMGRP_LINK = 0x1;
  private static final int RTMGRP_IPV4_IFADDR = 0x10;
  private static final int RTMGRP_IPV6_IFADDR = 0x100;

  /// Changes come in flocks: the callback waits for a gap of this length, but not for ever.
  private static final Duration QUIET = Duration.ofMillis(20);

  private static final int MAX_FLOCK = 500;

  private final NativeSocket socket;

  private LinkWatch(NativeSocket socket) {
    this.socket = socket;
  }

  /// Begins to gather changes in the network namespace of the calling thread.
  public static LinkWatch open() throws IOException {
    NativeSocket socket = Links.openRoute();
    try (Arena arena = Arena.ofConfined()) {
      socket.bind(
          Structs.netlinkAddress(arena, RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR),
          "cannot watch the network interfaces");
      return new LinkWatch(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Calls back for changes since [#open]. To be called once.
  ///
  /// @param interval the longest time between two calls
  /// @param onChange called on a thread of the watch, never twice at once
  public void start(Duration interval, Runnable onChange) {
    Thread.ofPlatform().name("link-watch").daemon().start(() -> run(interval, onChange));
  }

  private void run(Duration interval, Runnable onChange) {
    MemorySegment ignored = Arena.ofAuto().allocate(64);
    while (await(ignored, interval) >= 0) {
      for (int i = 0; i < MAX_FLOCK && await(ignored, QUIET) > 0; i++) {
        // More of the flock: nothing to do but to take it off the queue.
      }
      tell(onChange);
    }
  }

  // Without the watch, a lost link would be noticed no more, while the node counts as alive.
  private static void tell(Runnable onChange) {
    try {
      onChange.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a change of the network interfaces could not be followed, trying again", e);
    }
  }

  private int await(MemorySegment into, Duration timeout) {
    try {
      return socket.receive(into, timeout);
    } catch (LinuxException e) {
      if (!e.isQueueFull()) {
        LockSupport.parkNanos(timeout.toNanos()); // no watch any more: look from time to time
      }
      return 1;
    }
  }

  /// Ends the watch. One more callback may come.
  @Override
  public void close() {
    socket.close();
  }
}
