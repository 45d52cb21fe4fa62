// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Datagrams between speakers, of both families, unicast and to everybody on a link. Used by one
/// thread; only [#wake] may be called by others.
final class HeartbeatSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatSocket.class);

  // Network control, RFC 4594: not behind somebody's download in a queue.
  private static final int TRAFFIC_CLASS = 48 << 2;
  private static final int BUFFER = 1 << 20;

  private final int port;
  private final DatagramChannel channel;
  private final Selector selector;
  private final Set<String> joined = new HashSet<>();

  private HeartbeatSocket(int port, DatagramChannel channel, Selector selector) {
    this.port = port;
    this.channel = channel;
    this.selector = selector;
  }

  /// Opens it in the network namespace of the calling thread.
  ///
  /// @throws IOException if the port is not free; the message names it
  static HeartbeatSocket open(int port) throws IOException {
    var channel = DatagramChannel.open();
    try {
      channel
          .setOption(StandardSocketOptions.SO_BROADCAST, true)
          .setOption(StandardSocketOptions.SO_RCVBUF, BUFFER)
          .setOption(StandardSocketOptions.IP_TOS, TRAFFIC_CLASS)
          .configureBlocking(false);
      channel.bind(new InetSocketAddress(port));
      var selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new HeartbeatSocket(port, channel, selector);
    } catch (IOException e) {
      channel.close();
      throw new IOException(
          "cannot use UDP port %d for heartbeats: %s".formatted(port, e.getMessage()), e);
    }
  }

  /// Hears what is sent to everybody on these interfaces by IPv6. By IPv4 it does anyway.
  void joinAll(Collection<String> interfaces) {
    joined.retainAll(Set.copyOf(interfaces));
    interfaces.stream().filter(name -> !joined.contains(name)).forEach(this::join);
  }

  private void join(String name) {
    try {
      var link = NetworkInterface.getByName(name);
      if (link != null && link.isUp()) {
        channel.join(Destinations.everybody(), link);
        joined.add(name);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      LOG.debug("{}: no IPv6 multicast: {}", name, e.getMessage());
    }
  }

  /// Whoever cannot be reached is not heard either: that is what heartbeats are for.
  void send(byte[] bytes, InetAddress to) {
    try {
      channel.send(ByteBuffer.wrap(bytes), new InetSocketAddress(to, port));
    } catch (IOException e) {
      LOG.debug("cannot send a heartbeat to {}: {}", to, e.getMessage());
    }
  }

  /// Waits for a datagram to be there, at most this long.
  void await(Duration timeout) throws IOException {
    if (timeout.isPositive()) {
      selector.select(_ -> {}, Math.max(1, timeout.toMillis()));
    }
  }

  /// Takes the next datagram into the buffer, from its start; empty if there is none, or else where
  /// it comes from.
  Optional<IpAddress> take(ByteBuffer buffer) throws IOException {
    buffer.clear();
    var from = channel.receive(buffer);
    buffer.flip();
    return from instanceof InetSocketAddress sender
        ? IpAddress.parse(withoutZone(sender.getAddress().getHostAddress()))
        : Optional.empty();
  }

  private static String withoutZone(String address) {
    var zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  /// Ends an [#await] at once.
  void wake() {
    selector.wakeup();
  }

  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing the socket for heartbeats: {}", e.getMessage());
    }
  }
}
