// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The IPv6 multicast groups that this process has joined on one interface. The kernel tells the
/// switches of each by MLD, also again after the interface was down, and has the hardware let its
/// frames through. Needs no rights. Not safe for use by several threads.
public final class MulticastGroups implements AutoCloseable {

  /// The kernel limits the memory of one socket for this (`net.core.optmem_max`): to about 360
  /// groups on older ones.
  private static final int GROUPS_PER_SOCKET = 200;

  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_JOIN_GROUP = 20;
  private static final int IPV6_LEAVE_GROUP = 21;

  /// Sockets without a port: nothing is ever received by them.
  private final List<NativeSocket> sockets = new ArrayList<>();

  private final Map<IpAddress, NativeSocket> joined = new HashMap<>();
  private final Link link;

  /// No group on the link, in the network namespace of those threads that call [#join].
  public MulticastGroups(Link link) {
    this.link = link;
  }

  /// Joins those of the groups that are not joined yet.
  ///
  /// @throws LinuxException if the interface is gone or knows no IPv6; some may be joined then
  public void join(Set<IpAddress> groups) throws IOException {
    for (IpAddress group : groups) {
      if (!joined.containsKey(group)) {
        NativeSocket socket = socketWithRoom();
        set(socket, IPV6_JOIN_GROUP, group, "cannot join the group " + group + " on ");
        joined.put(group, socket);
      }
    }
  }

  /// Leaves all groups but these.
  public void retain(Set<IpAddress> groups) {
    joined
        .entrySet()
        .removeIf(entry -> {
          boolean unwanted = !groups.contains(entry.getKey());
          if (unwanted) {
            leave(entry.getValue(), entry.getKey());
          }
          return unwanted;
        });
  }

  private void leave(NativeSocket socket, IpAddress group) {
    try {
      set(socket, IPV6_LEAVE_GROUP, group, "cannot leave the group " + group + " on ");
    } catch (IOException e) {
      // The interface is gone, and the membership with it.
    }
  }

  private void set(NativeSocket socket, int option, IpAddress group, String attempt)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      socket.setOption(
          IPPROTO_IPV6,
          option,
          Structs.groupRequest(arena, group, link.index()),
          attempt + link.name());
    }
  }

  private NativeSocket socketWithRoom() throws IOException {
    for (NativeSocket socket : sockets) {
      if (joined.values().stream().filter(socket::equals).count() < GROUPS_PER_SOCKET) {
        return socket;
      }
    }
    NativeSocket opened =
        NativeSocket.datagram(NativeSocket.AF_INET6, "an IPv6 socket for " + link.name());
    sockets.add(opened);
    return opened;
  }

  /// Leaves all groups.
  @Override
  public void close() {
    joined.clear();
    sockets.forEach(NativeSocket::close);
    sockets.clear();
  }
}
