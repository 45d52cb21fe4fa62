// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.LinuxException;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.net.PacketSocket;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers and announces on one interface, with one socket and one thread. The VIPs change under
/// the same lock as frames are sent: once a VIP is taken away, not one more answer leaves.
final class InterfaceAnnouncer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InterfaceAnnouncer.class);
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final String name;
  private final MacAddress mac;
  private final PacketSocket socket;
  private final InterfaceCounters counters;
  private final InstantSource clock;
  private final Thread thread;
  private final BurstQueue bursts = new BurstQueue();
  private Set<IpAddress> vips = Set.of();

  InterfaceAnnouncer(
      String name,
      MacAddress mac,
      PacketSocket socket,
      InterfaceCounters counters,
      InstantSource clock) {
    this.name = name;
    this.mac = mac;
    this.socket = socket;
    this.counters = counters;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("arp-" + name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// False once the socket has failed for good.
  boolean isAlive() {
    return thread.isAlive();
  }

  /// Answers for exactly these from now on, and announces those that are new.
  synchronized void announce(Set<IpAddress> wanted) {
    if (vips.equals(wanted)) {
      return;
    }
    Set<IpAddress> before = vips;

    vips = Set.copyOf(wanted);
    before.stream().filter(vip -> !vips.contains(vip)).forEach(bursts::end);
    Instant now = clock.instant();
    vips.stream()
        .filter(vip -> !before.contains(vip))
        .sorted()
        .forEach(vip -> bursts.begin(vip, now));
    socket.wake();
  }

  /// Withdraws all but these, and announces none.
  synchronized void retain(Set<IpAddress> wanted) {
    announce(vips.stream().filter(wanted::contains).collect(Collectors.toSet()));
  }

  private void run() {
    byte[] frame = new byte[PacketSocket.MAX_FRAME];
    for (int length = 0; length >= 0; ) {
      Duration wait = sendDueBursts();
      try {
        length = socket.receive(frame, wait);
      } catch (LinuxException e) {
        if (!e.isNetworkDown()) {
          LOG.warn(
              "{}: stops answering ARP until the interface is looked at again: {}",
              name,
              e.getMessage());
          return;
        }
        length = 0;
      }
      if (length > 0) {
        answer(frame, length);
      }
    }
  }

  private synchronized Duration sendDueBursts() {
    Instant now = clock.instant();
    for (IpAddress vip : bursts.take(now)) {
      for (EthernetFrame frame : GratuitousBurst.frames(vip, mac)) {
        send(frame, counters.announcements);
      }
    }
    return bursts.next().map(next -> Duration.between(now, next)).orElse(IDLE);
  }

  private void answer(byte[] bytes, int length) {
    Optional<EthernetFrame> frame = EthernetFrame.parse(bytes, length);
    if (frame.isEmpty()) {
      counters.malformed.increment();
      return;
    }
    counters.requests.increment();
    synchronized (this) {
      ArpResponder.reply(frame.get(), vips, mac).ifPresent(reply -> send(reply, counters.replies));
    }
  }

  private void send(EthernetFrame frame, LongAdder counter) {
    try {
      socket.send(frame.encode());
      counter.increment();
    } catch (IOException e) {
      // Whoever asked asks again; a warning for every frame would drown the log while the link is
      // down.
      counters.failedSends.increment();
      LOG.debug("{}", e.getMessage());
    }
  }

  /// Silent from the moment of the call.
  @Override
  public void close() {
    announce(Set.of());
    socket.close();
  }
}
