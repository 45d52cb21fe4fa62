// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import dev.fairway.metal.failover.Envelope;
import dev.fairway.metal.failover.Wire;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Carries envelopes between this node and the others: knows the keys, and where the others are.
/// Used by one thread; only [#keys] and [#wake] may be called by others.
final class Courier implements AutoCloseable {
  private static final int MOST_AT_ONCE = 256;

  private final String self;
  private final HeartbeatSocket socket;
  private final Traffic traffic;
  private final Map<String, IpAddress> addresses = new HashMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(Wire.MAX_LENGTH + 1);
  private List<Link> links = List.of();
  private List<MacAddress> stations = List.of();
  private volatile Optional<Wire> wire = Optional.empty();

  /// @param self name of the node
  Courier(String self, HeartbeatSocket socket) {
    this.self = self;
    this.socket = socket;
    this.traffic = new Traffic(self);
  }

  Traffic traffic() {
    return traffic;
  }

  /// The keys are these from now on.
  ///
  /// @param now used by nobody else
  void keys(Wire now) {
    wire = Optional.of(now);
    socket.wake();
  }

  boolean hasKeys() {
    return wire.isPresent();
  }

  /// Others are there now. One that is in no list any more may still answer, and has to be told: it
  /// stays known.
  void learn(Map<String, IpAddress> now) {
    addresses.putAll(now);
  }

  /// The interfaces are these now.
  void links(List<Link> now) {
    links = now;
    socket.joinAll(now.stream().map(Link::name).toList());
    // There may be more than are told, such as one for each pod.
    stations =
        now.stream()
            .filter(Link::isUsable)
            .sorted(Comparator.comparing((Link link) -> !link.hasSubnet()))
            .map(Link::mac)
            .distinct()
            .toList();
  }

  /// Hands over what has arrived; of very much, a part.
  void deliver(Consumer<Wire.Arrived> to) throws IOException {
    for (var i = 0; i < MOST_AT_ONCE; i++) {
      var from = socket.take(buffer);
      if (from.isEmpty()) {
        return;
      }
      opened()
          .ifPresent(arrived -> {
            addresses.putIfAbsent(arrived.envelope().from(), from.get());
            traffic.heard(arrived.envelope());
            to.accept(arrived);
          });
    }
  }

  // What others call out to each other is heard by all: the code is not computed for that.
  private Optional<Wire.Arrived> opened() {
    return Wire.isFor(self, buffer.array(), buffer.limit())
        ? wire.flatMap(keys -> keys.decode(buffer.array(), buffer.limit()))
        : Optional.empty();
  }

  /// @param everywhere also by broadcast
  void send(Envelope envelope, boolean everywhere) {
    var address = addresses.get(envelope.to());
    if (address == null || wire.isEmpty()) {
      return;
    }
    traffic.counted();
    var bytes = wire.get().encode(envelope, stations);
    socket.send(bytes, Destinations.unicast(address));
    if (everywhere) {
      Destinations.everywhere(address, links).forEach(to -> socket.send(bytes, to));
    }
  }

  /// Waits for something to arrive, at most this long.
  void await(Duration timeout) throws IOException {
    socket.await(timeout);
  }

  /// Ends an [#await] at once.
  void wake() {
    socket.wake();
  }

  @Override
  public void close() {
    socket.close();
  }
}
