// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.LinuxException;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.net.MulticastGroups;
import dev.fairway.metal.net.PacketSocket;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers and announces the VIPs of one family on one interface, with one socket and one thread:
/// IPv4 by ARP, IPv6 by neighbour discovery. The VIPs change under the same lock as frames are
/// sent: once a VIP is taken away, not one more answer leaves.
final class InterfaceAnnouncer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InterfaceAnnouncer.class);
  private static final Duration FORBIDDEN = Duration.ofMillis(10);
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final String name;
  private final MacAddress mac;
  private final PacketSocket socket;
  private final MulticastGroups groups;
  private final InterfaceRecord record;
  private final InterfaceCounters counters;
  private final InstantSource clock;
  private final Stations stations;
  private final BooleanSupplier mayAnswer;
  private final Defence defence;
  private final BurstQueue bursts;
  private final Thread thread;
  private Set<IpAddress> vips = Set.of();

  private InterfaceAnnouncer(
      Link link,
      Family family,
      PacketSocket socket,
      InterfaceRecord record,
      InstantSource clock,
      Stations stations,
      BooleanSupplier mayAnswer) {
    this.name = link.name();
    this.mac = link.mac();
    this.socket = socket;
    this.groups = new MulticastGroups(link);
    this.record = record;
    this.counters = record.counters();
    this.clock = clock;
    this.stations = stations;
    this.mayAnswer = mayAnswer;
    this.defence = new Defence(name, stations::isOwn, stations::isSpeaker);
    this.bursts = new BurstQueue(record.budget());
    this.thread =
        Thread.ofPlatform()
            .name((family == Family.IPV4 ? "arp-" : "ndp-") + name)
            .daemon()
            .unstarted(this::run);
  }

  /// Begins with no VIP.
  static InterfaceAnnouncer start(
      Link link,
      Family family,
      InterfaceRecord record,
      InstantSource clock,
      Stations stations,
      BooleanSupplier mayAnswer)
      throws IOException {
    InterfaceAnnouncer announcer =
        new InterfaceAnnouncer(
            link, family, PacketSocket.open(link, family), record, clock, stations, mayAnswer);
    boolean started = false;
    try {
      announcer.thread.start();
      started = true;
    } finally {
      if (!started) {
        announcer.close();
      }
    }
    return announcer;
  }

  /// False once the socket has failed for good.
  boolean isAlive() {
    return thread.isAlive();
  }

  /// Answers for exactly these from now on, and announces those that are new.
  ///
  /// @throws IOException if the questions for one of them could not be heard; nothing has changed
  ///   then
  synchronized void announce(Set<IpAddress> wanted) throws IOException {
    if (vips.equals(wanted)) {
      return;
    }
    groups.join(Ipv6Groups.solicitedNodes(wanted));
    Set<IpAddress> before = vips;
    replace(wanted);
    Instant now = clock.instant();
    vips.stream()
        .filter(vip -> !before.contains(vip))
        .sorted()
        .forEach(vip -> bursts.begin(vip, now));
    socket.wake();
  }

  /// Withdraws all but these, and announces none.
  synchronized void retain(Set<IpAddress> wanted) {
    if (!wanted.containsAll(vips)) {
      replace(vips.stream().filter(wanted::contains).collect(Collectors.toSet()));
    }
  }

  private void replace(Set<IpAddress> wanted) {
    Set<IpAddress> before = vips;
    vips = Set.copyOf(wanted);
    before.stream().filter(vip -> !vips.contains(vip)).forEach(bursts::end);
    defence.retain(vips);
    groups.retain(Ipv6Groups.solicitedNodes(vips));
  }

  private void run() {
    byte[] frame = new byte[PacketSocket.MAX_FRAME];
    socket.lastReceived(); // from now on the kernel takes note
    for (int length = 0; length >= 0; ) {
      Duration wait = sendDueBursts();
      try {
        length = socket.receive(frame, wait);
      } catch (LinuxException e) {
        if (!e.isNetworkDown()) {
          LOG.warn(
              "{}: stops answering until the interface is looked at again: {}",
              thread.getName(),
              e.getMessage());
          return;
        }
        length = 0;
      }
      if (length > 0) {
        hear(frame, length);
      }
    }
  }

  private synchronized Duration sendDueBursts() {
    if (!mayAnswer.getAsBoolean()) {
      return bursts.next().isPresent() ? FORBIDDEN : IDLE;
    }
    Instant now = clock.instant();
    for (BurstQueue.Round round : bursts.take(now)) {
      send(GratuitousBurst.frame(round.vip(), mac, round.number()), counters.announcements);
    }
    return bursts.next().map(next -> Duration.between(now, next)).orElse(IDLE);
  }

  private void hear(byte[] bytes, int length) {
    Optional<Frame> parsed = Frame.parse(bytes, length);
    if (parsed.isEmpty()) {
      counters.malformed.increment();
      return;
    }
    Frame frame = parsed.get();
    if (frame.isQuestion()) {
      counters.requests.increment();
      answer(frame);
    }
    // Told without the lock, so that whoever hears of it may withdraw the VIP at once.
    Sighting.in(frame).flatMap(this::defend).ifPresent(stations.rivals()::heard);
  }

  private void answer(Frame question) {
    boolean answered;
    synchronized (this) {
      Optional<? extends Frame> reply =
          mayAnswer.getAsBoolean() ? reply(question) : Optional.empty();
      reply.ifPresent(frame -> send(frame, counters.replies));
      answered = reply.isPresent();
    }
    if (answered) {
      record.answered(socket.lastReceived());
    }
  }

  private Optional<? extends Frame> reply(Frame question) {
    return switch (question) {
      case ArpFrame arp -> ArpResponder.reply(arp, vips, mac);
      case NdpFrame ndp -> NdpResponder.reply(ndp, vips, mac);
    };
  }

  private synchronized Optional<Rival> defend(Sighting sighting) {
    Optional<Rival> rival = defence.against(sighting, vips, clock.instant());
    rival.ifPresent(_ -> counters.rivals.increment());
    rival
        .filter(Rival::defended)
        .filter(_ -> mayAnswer.getAsBoolean())
        .ifPresent(
            seen -> send(GratuitousBurst.frame(seen.address(), mac, 0), counters.announcements));
    return rival;
  }

  private void send(Frame frame, LongAdder counter) {
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
    synchronized (this) {
      replace(Set.of());
      groups.close();
    }
    socket.close();
  }
}
