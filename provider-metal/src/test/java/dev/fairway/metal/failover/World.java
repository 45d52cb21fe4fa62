// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Speakers on one network, in simulated time: messages take a while and may be lost, ways are cut,
/// processes stop and die. Measures who answers for a VIP, and when.
final class World {
  private static final Duration MOST_UNTIL_LISTED = Duration.ofMillis(100);

  final Random random;
  final Profile profile;
  final Map<String, Node> nodes = new TreeMap<>();
  final Map<IpAddress, OwnerList> lists = new TreeMap<>();
  final List<Order.Event> events = new ArrayList<>();
  double loss;
  boolean apiDown;

  private final PriorityQueue<Happening> queue =
      new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparingLong(Happening::number));
  private final Set<String> withoutApi = new HashSet<>();
  private Optional<String> foreign = Optional.empty();
  private final Set<Set<String>> cuts = new HashSet<>();
  private final Map<String, Instant> doubleSince = new HashMap<>();
  private final Map<IpAddress, Instant> silentSince = new HashMap<>();
  private final Map<IpAddress, Duration> longestSilence = new HashMap<>();
  private Duration longestDouble = Duration.ZERO;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long number;

  private record Happening(Instant at, long number, Runnable what) {}

  final class Node {
    final String name;
    Failover failover;
    boolean dead;
    Instant stoppedUntil = Instant.MIN;
    Set<IpAddress> unable = Set.of();

    Node(String name) {
      this.name = name;
      start();
    }

    private void start() {
      failover = new Failover(name, random.nextLong() | 1, profile, now);
      dead = false;
    }

    boolean runs() {
      return !dead && !stoppedUntil.isAfter(now);
    }

    boolean answers(IpAddress vip) {
      return runs() && failover.held().contains(vip) && failover.permittedUntil().isAfter(now);
    }

    void obey(List<Order> orders) {
      orders.forEach(order -> {
        switch (order) {
          case Order.Send(var envelope, var _) -> deliver(this, envelope);
          case Order.ProbeForOwner(var vip, var _) -> probe(this, vip);
          case Order.ProbeForConflict(var vip) ->
              after(
                  Duration.ofMillis(450),
                  () -> whenRunning(this, () -> obey(failover.probed(vip, foreign, now))));
          case Order.Tell(var event) -> events.add(event);
        }
      });
    }
  }

  /// This node cannot reach the API server from now on.
  void takeApiFrom(String name) {
    withoutApi.add(name);
  }

  /// A host that is none of the nodes has all addresses from now on, or none has any.
  void foreign(Optional<String> mac) {
    foreign = mac;
  }

  World(long seed, Profile profile, String... names) {
    this.random = new Random(seed);
    this.profile = profile;
    for (var name : names) {
      nodes.put(name, new Node(name));
    }
    nodes.values().forEach(node -> node.obey(node.failover.speakers(nodes.keySet(), now)));
  }

  Node node(String name) {
    return Optional.ofNullable(nodes.get(name)).orElseThrow();
  }

  Instant now() {
    return now;
  }

  private void after(Duration delay, Runnable what) {
    queue.add(new Happening(now.plus(delay), number++, what));
  }

  private Duration delay(int fromMicros, int toMicros) {
    return Duration.ofNanos(1_000L * random.nextInt(fromMicros, toMicros));
  }

  // What reaches a process that is stopped waits in its socket.
  private void whenRunning(Node node, Runnable what) {
    if (node.stoppedUntil.isAfter(now)) {
      after(
          Duration.between(now, node.stoppedUntil).plus(delay(1, 500)),
          () -> whenRunning(node, what));
    } else if (!node.dead) {
      what.run();
    }
  }

  boolean connected(String one, String other) {
    return !cuts.contains(Set.of(one, other));
  }

  private void deliver(Node from, Envelope envelope) {
    var to = nodes.get(envelope.to());
    if (to == null || !connected(from.name, to.name) || random.nextDouble() < loss) {
      return;
    }
    var process = to.failover;
    after(
        delay(50, 2_000),
        () ->
            whenRunning(
                to,
                () -> {
                  if (process == to.failover) {
                    to.obey(to.failover.received(envelope, now));
                  }
                }));
  }

  private void probe(Node asking, IpAddress vip) {
    after(
        delay(50, 500),
        () ->
            nodes.values().stream()
                .filter(other -> other != asking && connected(asking.name, other.name))
                .filter(other -> other.answers(vip))
                .forEach(other ->
                    after(
                        delay(50, 500),
                        () ->
                            whenRunning(
                                asking,
                                () ->
                                    asking.obey(
                                        asking.failover.answered(
                                            vip, "mac-" + other.name, now))))));
  }

  /// As the controller writes it; speakers learn of it one after another.
  void list(IpAddress vip, boolean probed, String... owners) {
    var generation = Optional.ofNullable(lists.get(vip)).map(OwnerList::generation).orElse(0L) + 1;
    lists.put(vip, new OwnerList(vip, generation, List.of(owners), probed));
    spread();
  }

  void remove(IpAddress vip) {
    lists.remove(vip);
    spread();
  }

  void spread() {
    nodes.values().forEach(this::spread);
  }

  private void spread(Node node) {
    var process = node.failover;
    after(
        delay(1_000, (int) MOST_UNTIL_LISTED.toMillis() * 1_000),
        () ->
            whenRunning(
                node,
                () -> {
                  if (!apiDown && !withoutApi.contains(node.name) && process == node.failover) {
                    node.obey(node.failover.lists(lists.values(), now));
                  }
                }));
  }

  void crash(String name) {
    node(name).dead = true;
  }

  void restart(String name) {
    var node = node(name);
    node.start();
    node.stoppedUntil = Instant.MIN;
    node.obey(node.failover.speakers(nodes.keySet(), now));
    spread(node);
  }

  void stop(String name, Duration time) {
    node(name).stoppedUntil = now.plus(time);
  }

  void unable(String name, Set<IpAddress> vips) {
    var node = node(name);
    node.unable = vips;
    whenRunning(node, () -> node.obey(node.failover.unable(vips, now)));
  }

  void leave(String name) {
    node(name).obey(node(name).failover.leave(now));
  }

  void cut(String one, String other) {
    cuts.add(Set.of(one, other));
  }

  void heal(String one, String other) {
    cuts.remove(Set.of(one, other));
  }

  void cutOff(String name) {
    nodes.keySet().stream().filter(other -> !other.equals(name)).forEach(other -> cut(name, other));
  }

  void healAll() {
    cuts.clear();
  }

  /// Lets time pass.
  void run(Duration time) {
    var end = now.plus(time);
    while (true) {
      var due = nodes.values().stream().filter(Node::runs).map(node -> node.failover.due());
      var woken = nodes.values().stream().filter(node -> !node.dead).map(node -> node.stoppedUntil);
      var expiring =
          nodes.values().stream().filter(Node::runs).map(node -> node.failover.permittedUntil());
      var next =
          java.util.stream.Stream.of(
                  due,
                  woken,
                  expiring,
                  java.util.stream.Stream.of(end),
                  queue.stream().limit(1).map(Happening::at))
              .flatMap(times -> times)
              .filter(at -> at.isAfter(now))
              .min(Instant::compareTo)
              .orElse(end);
      step(overdue() ? now : next);
      if (!now.isBefore(end)) {
        return;
      }
    }
  }

  private boolean overdue() {
    return !queue.isEmpty() && !queue.element().at().isAfter(now);
  }

  private void step(Instant at) {
    now = at;
    while (!queue.isEmpty() && !queue.element().at().isAfter(now)) {
      queue.remove().what().run();
    }
    nodes.values().stream()
        .filter(Node::runs)
        .filter(node -> !node.failover.due().isAfter(now))
        .forEach(node -> node.obey(node.failover.tick(now)));
    measure();
  }

  Set<String> answering(IpAddress vip) {
    var answering = new TreeSet<String>();
    nodes.values().stream()
        .filter(node -> node.answers(vip))
        .forEach(node -> answering.add(node.name));
    return answering;
  }

  private void measure() {
    lists
        .keySet()
        .forEach(vip -> {
          var answering = List.copyOf(answering(vip));
          for (var one : nodes.keySet()) {
            for (var other : nodes.keySet()) {
              if (one.compareTo(other) < 0) {
                var both =
                    answering.contains(one) && answering.contains(other) && connected(one, other);
                measureDouble(vip + one + other, both);
              }
            }
          }
          var heard = answering.stream().anyMatch(name -> isClientSide(name));
          if (heard) {
            Optional.ofNullable(silentSince.remove(vip)).ifPresent(since -> silence(vip, since));
          } else {
            silentSince.putIfAbsent(vip, now);
          }
        });
  }

  // The client is where most nodes are.
  private boolean isClientSide(String name) {
    var others = nodes.keySet().stream().filter(other -> !other.equals(name)).toList();
    return others.isEmpty()
        || others.stream().filter(other -> connected(name, other)).count() * 2 >= others.size();
  }

  private void measureDouble(String what, boolean both) {
    if (both) {
      var since = doubleSince.computeIfAbsent(what, _ -> now);
      var time = Duration.between(since, now);
      if (time.compareTo(longestDouble) > 0) {
        longestDouble = time;
      }
    } else {
      doubleSince.remove(what);
    }
  }

  private void silence(IpAddress vip, Instant since) {
    longestSilence.merge(vip, Duration.between(since, now), (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  /// The longest time in which two that could hear each other answered for one VIP.
  Duration longestDouble() {
    return longestDouble;
  }

  /// The longest time in which nobody whom clients reach answered.
  Duration longestSilence(IpAddress vip) {
    Optional.ofNullable(silentSince.get(vip)).ifPresent(since -> silence(vip, since));
    return longestSilence.getOrDefault(vip, Duration.ZERO);
  }

  void forgetMeasurements() {
    longestDouble = Duration.ZERO;
    longestSilence.clear();
    silentSince.clear();
    events.clear();
  }
}
