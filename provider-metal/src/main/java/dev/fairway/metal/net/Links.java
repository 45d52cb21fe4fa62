// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;

/// The network interfaces of the network namespace of the calling thread, straight from the kernel:
/// the JDK's view lacks the carrier, and /sys shows the namespace it was mounted in.
public final class Links {

  private static final int NETLINK_ROUTE = 0;
  private static final int BUFFER = 64 * 1024; // the kernel fills at most 32 KiB at a time
  private static final Duration ANSWER_TIME = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 5;

  private Links() {}

  /// All interfaces, by index. Needs no rights.
  public static List<Link> read() throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      RouteMessages messages = new RouteMessages();
      if (dump(messages, RouteMessages.RTM_GETLINK) && dump(messages, RouteMessages.RTM_GETADDR)) {
        return messages.links();
      }
    }
    throw new IOException("the network interfaces changed faster than they could be listed");
  }

  private static boolean dump(RouteMessages messages, short request) throws IOException {
    try (Arena arena = Arena.ofConfined();
        NativeSocket socket = openRoute()) {
      socket.send(
          arena.allocateFrom(JAVA_BYTE, RouteMessages.dumpRequest(request)),
          "cannot ask for the network interfaces");
      MemorySegment buffer = arena.allocate(BUFFER, 8);
      while (true) {
        int length = socket.receive(buffer, ANSWER_TIME);
        if (length <= 0) {
          throw new IOException("the kernel does not list the network interfaces");
        }
        switch (messages.read(buffer.asSlice(0, length).asByteBuffer())) {
          case MORE -> {}
          case DONE -> {
            return true;
          }
          case INTERRUPTED -> {
            return false;
          }
          case REFUSED ->
              throw new IOException("the kernel refuses to list the network interfaces");
        }
      }
    }
  }

  static NativeSocket openRoute() throws IOException {
    return new NativeSocket(NativeSocket.AF_NETLINK, NETLINK_ROUTE, "a route socket");
  }
}
