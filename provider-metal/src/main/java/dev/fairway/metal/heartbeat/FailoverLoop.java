// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import dev.fairway.metal.failover.Failover;
import dev.fairway.metal.failover.Order;
import dev.fairway.metal.failover.Profile;
import dev.fairway.metal.failover.Wire;
import dev.fairway.metal.l2.AnnouncedVip;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.speaker.VipFeed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a [Failover] on a platform thread: brings it the time, what other speakers say, and what
/// the API server has, and does what it orders. Names the VIPs of this node to whoever announces
/// them.
public final class FailoverLoop implements VipFeed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FailoverLoop.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration AFTER_AN_ERROR = Duration.ofMillis(50);
  private static final Roster NOTHING = new Roster(List.of(), Map.of(), Set.of());

  private final Profile profile;
  private final String self;
  private final InstantSource clock;
  private final Courier courier;
  private final Ground ground;
  private final Consumer<Order.Event> told;
  private final Failover failover;
  private final Permit permit;
  private final Colleagues colleagues;
  private final Probes probes;
  private final Lateness lateness = new Lateness();
  private final Queue<Function<Instant, List<Order>>> news = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Optional<Roster>> newest = new AtomicReference<>(Optional.empty());
  private final Thread thread = Thread.ofPlatform().name("fail-over").daemon().unstarted(this::run);
  private Roster roster = NOTHING;
  private Map<IpAddress, OwnedVip> vips = Map.of();
  private Set<IpAddress> outOfReach = Set.of();
  private Instant nextLook = Instant.MIN;
  private Optional<Consumer<Collection<AnnouncedVip>>> announcer = Optional.empty();
  private Set<AnnouncedVip> held = Set.of();
  private boolean known;
  private boolean moved;
  private volatile boolean closed;

  /// @param self name of the node
  /// @param incarnation drawn at random for this process, not 0
  /// @param clock runs evenly, whatever becomes of the machine's clock
  /// @param permit renewed while this runs
  /// @param colleagues kept while this runs
  /// @param told hears what happens to VIPs, on the thread that decides: must return at once
  private FailoverLoop(
      String self,
      long incarnation,
      Profile profile,
      InstantSource clock,
      Courier courier,
      Ground ground,
      Permit permit,
      Colleagues colleagues,
      Consumer<Order.Event> told) {
    this.self = self;
    this.profile = profile;
    this.clock = clock;
    this.courier = courier;
    this.ground = ground;
    this.permit = permit;
    this.colleagues = colleagues;
    this.told = told;
    this.failover = new Failover(self, incarnation, profile, clock.instant());
    this.probes = new Probes(ground, profile.probeWait(), this::news);
  }

  /// Opens the port in the network namespace of the calling thread. Nothing is announced before
  /// [#start], nor without [#keys] and [#roster].
  ///
  /// @param port UDP, the same for all speakers
  /// @throws IOException if the port is not free; the message names it
  public static FailoverLoop open(
      String self,
      long incarnation,
      Profile profile,
      int port,
      InstantSource clock,
      Ground ground,
      Permit permit,
      Colleagues colleagues,
      Consumer<Order.Event> told)
      throws IOException {
    return new FailoverLoop(
        self,
        incarnation,
        profile,
        clock,
        new Courier(self, HeartbeatSocket.open(port)),
        ground,
        permit,
        colleagues,
        told);
  }

  public void start() {
    thread.start();
  }

  /// The keys of heartbeats are these from now on.
  ///
  /// @param now used by nobody else
  public void keys(Wire now) {
    courier.keys(now);
  }

  /// The API server has this. Older news that were not looked at yet are forgotten.
  public void roster(Roster now) {
    newest.set(Optional.of(now));
    courier.wake();
  }

  /// An interface came, went, or is another now.
  public void linksChanged() {
    news(_ -> {
      nextLook = Instant.MIN;
      return List.of();
    });
  }

  /// How late the thread was.
  public Lateness lateness() {
    return lateness;
  }

  /// What was sent and heard.
  public Traffic traffic() {
    return courier.traffic();
  }

  private void news(Function<Instant, List<Order>> item) {
    news.add(item);
    courier.wake();
  }

  private void run() {
    while (!closed) {
      try {
        turn();
      } catch (IOException | RuntimeException e) {
        LOG.error("fail-over was disturbed and goes on", e);
        LockSupport.parkNanos(AFTER_AN_ERROR.toNanos());
      }
    }
  }

  // What waits in the socket was said before: who said it must not count as silent.
  private void turn() throws IOException {
    courier.deliver(this::hear);
    for (var item = news.poll(); item != null; item = news.poll()) {
      obey(item.apply(clock.instant()));
    }
    takeRoster();
    look();
    obey(failover.tick(clock.instant()));
    settle();
    await();
  }

  private void hear(Wire.Arrived arrived) {
    colleagues.heard(arrived.envelope().from(), arrived.stations());
    obey(failover.received(arrived.envelope(), clock.instant()));
  }

  // Without a key nobody could be heard: all would take everything.
  private void takeRoster() {
    if (!courier.hasKeys()) {
      return;
    }
    newest
        .getAndSet(Optional.empty())
        .ifPresent(now -> {
          roster = now;
          courier.learn(now.addresses());
          colleagues.roster(now);
          vips = now.vips().stream().collect(Collectors.toMap(vip -> vip.list().vip(), vip -> vip));
          nextLook = Instant.MIN;
          look();
          obey(failover.speakers(now.speakers(), clock.instant()));
          obey(failover.lists(now.vips().stream().map(OwnedVip::list).toList(), clock.instant()));
          known = true;
          moved = true;
        });
  }

  private void look() {
    var now = clock.instant();
    if (nextLook.isAfter(now)) {
      return;
    }
    nextLook = now.plus(LOOK);
    courier.links(ground.links());
    probes.again(now, vips).forEach(this::probeForConflict);
    var unable =
        ground.outOfReach(roster.of(self).map(OwnedVip::announced).collect(Collectors.toSet()));
    if (!unable.equals(outOfReach)) {
      outOfReach = unable;
      obey(failover.unable(unable, now));
    }
  }

  private void obey(List<Order> orders) {
    for (var order : orders) {
      switch (order) {
        case Order.Send(var envelope, var everywhere) -> courier.send(envelope, everywhere);
        case Order.ProbeForConflict(var vip) -> probeForConflict(vip);
        case Order.ProbeForOwner(var vip, var ofAnybody) ->
            vip(vip)
                .ifPresent(owned ->
                    probes.forOwner(
                        owned,
                        mac -> !ofAnybody && !colleagues.isSpeaker(mac),
                        failover::answered));
        case Order.Tell(var event) -> {
          told.accept(event);
          moved |= event instanceof Order.Took || event instanceof Order.GaveUp;
        }
      }
    }
    if (!moved) {
      permit.until(failover.permittedUntil());
    }
  }

  // Once in a turn: a thousand VIPs that move together are a thousand orders.
  private void settle() {
    if (moved) {
      moved = false;
      publish();
    }
    // Not before what was given up is silent.
    permit.until(failover.permittedUntil());
  }

  private Optional<AnnouncedVip> vip(IpAddress address) {
    return Optional.ofNullable(vips.get(address)).map(OwnedVip::announced);
  }

  private void probeForConflict(IpAddress address) {
    vip(address).ifPresent(vip -> probes.forConflict(vip, colleagues::isSpeaker, failover::probed));
  }

  private void await() throws IOException {
    var now = clock.instant();
    // Soon enough that the permit to answer does not end while nothing happens.
    var next = now.plus(profile.permit().dividedBy(2));
    for (var due : List.of(failover.due(), nextLook)) {
      next = due.isBefore(next) ? due : next;
    }
    if (news.isEmpty()) {
      courier.await(Duration.between(now, next));
    }
    lateness.woke(next, clock.instant());
  }

  private synchronized void publish() {
    var now =
        failover.held().stream()
            .flatMap(address -> vip(address).stream())
            .collect(Collectors.toSet());
    if (known) {
      held = now;
      announcer.ifPresent(told -> told.accept(now));
      notifyAll();
    }
  }

  @Override
  public synchronized Subscription subscribe(Consumer<Collection<AnnouncedVip>> consumer) {
    announcer = Optional.of(consumer);
    if (known) {
      consumer.accept(held);
    }
    return this::unsubscribe;
  }

  private synchronized void unsubscribe() {
    announcer = Optional.empty();
  }

  /// Has the others take over, and waits until they did, or the time is over. This node goes on
  /// answering meanwhile.
  public synchronized void leave(Duration most) {
    news(failover::leave);
    var end = System.nanoTime() + most.toNanos();
    try {
      while (!held.isEmpty() && System.nanoTime() < end) {
        wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    courier.wake();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    courier.close();
  }
}
