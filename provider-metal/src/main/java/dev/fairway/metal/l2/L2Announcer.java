// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.LinkWatch;
import dev.fairway.metal.net.Links;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.net.PacketSocket;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Announces VIPs by ARP on the interfaces of this node: answers requests, sends a burst when a VIP
/// arrives, and follows interfaces that come, go or change their address. Needs CAP_NET_RAW.
public final class L2Announcer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(L2Announcer.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  /// A change of any of these makes a new interface of it: all neighbours have to be told anew.
  private record Port(int index, String name, MacAddress mac, int carrierChanges) {}

  private final InstantSource clock;
  private final Consumer<Claims> onChange;
  private final LinkWatch watch;
  private final Map<Port, InterfaceAnnouncer> announcers = new HashMap<>();
  private final Map<String, InterfaceCounters> counters = new ConcurrentHashMap<>();
  private List<Link> links;
  private List<AnnouncedVip> wanted = List.of();
  private Claims claims = Claims.NONE;
  private boolean closed;

  private L2Announcer(
      InstantSource clock, Consumer<Claims> onChange, LinkWatch watch, List<Link> links) {
    this.clock = clock;
    this.onChange = onChange;
    this.watch = watch;
    this.links = links;
  }

  /// Begins with no VIP, on the interfaces of the network namespace of the calling thread.
  ///
  /// @param clock should never go back: bursts are timed by it
  /// @param onChange told what is announced, each time that changes, in order. Must return soon,
  ///   and not call back.
  /// @throws IOException if the process may not use packet sockets; the message says what it lacks
  public static L2Announcer open(InstantSource clock, Consumer<Claims> onChange)
      throws IOException {
    PacketSocket.requirePermission();
    LinkWatch watch = LinkWatch.open();
    try {
      L2Announcer announcer = new L2Announcer(clock, onChange, watch, Links.read());
      watch.start(LOOK_AGAIN, announcer::lookAgain);
      return announcer;
    } catch (IOException e) {
      watch.close();
      throw e;
    }
  }

  /// Announces exactly these from now on. When this returns, no answer for any other VIP will
  /// leave.
  public synchronized void announce(Collection<AnnouncedVip> vips) {
    if (!closed) {
      wanted = List.copyOf(vips);
      adjust();
    }
  }

  private synchronized void lookAgain() {
    if (closed) {
      return;
    }
    try {
      links = Links.read();
    } catch (IOException e) {
      LOG.warn("keeping to the interfaces seen last: {}", e.getMessage());
    }
    adjust();
  }

  private void adjust() {
    AnnouncePlan plan = AnnouncePlan.of(links, wanted);
    Map<Port, Set<IpAddress>> vipsOf =
        plan.onLink().entrySet().stream()
            .collect(Collectors.toMap(entry -> port(entry.getKey()), Map.Entry::getValue));
    silence(vipsOf);
    Map<IpAddress, List<Claim>> claimed = new TreeMap<>();
    Map<IpAddress, String> unclaimed = new TreeMap<>(plan.nowhere());
    plan.onLink()
        .forEach((link, vips) -> {
          try {
            announcer(link).announce(vips);
            Claim claim = new Claim(link.name(), link.mac());
            vips.forEach(vip -> claimed.computeIfAbsent(vip, _ -> new ArrayList<>()).add(claim));
          } catch (IOException e) {
            LOG.warn("{}: cannot announce, trying again soon: {}", link.name(), e.getMessage());
            vips.forEach(vip -> unclaimed.put(vip, e.getMessage()));
          }
        });
    unclaimed.keySet().removeAll(claimed.keySet());
    claimed.values().forEach(list -> list.sort(Comparator.comparing(Claim::interfaceName)));
    publish(new Claims(claimed, unclaimed));
  }

  /// Withdraws before anything is claimed: a VIP that moves between interfaces should never answer
  /// on both.
  private void silence(Map<Port, Set<IpAddress>> vipsOf) {
    announcers.forEach((port, announcer) -> announcer.retain(vipsOf.getOrDefault(port, Set.of())));
    announcers
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !vipsOf.containsKey(entry.getKey()) || !entry.getValue().isAlive();
          if (gone) {
            entry.getValue().close();
          }
          return gone;
        });
  }

  private InterfaceAnnouncer announcer(Link link) throws IOException {
    InterfaceAnnouncer present = announcers.get(port(link));
    if (present != null) {
      return present;
    }
    InterfaceAnnouncer opened =
        new InterfaceAnnouncer(
            link.name(),
            link.mac(),
            PacketSocket.openArp(link),
            counters.computeIfAbsent(link.name(), _ -> new InterfaceCounters()),
            clock);
    opened.start();
    announcers.put(port(link), opened);
    return opened;
  }

  private static Port port(Link link) {
    return new Port(link.index(), link.name(), link.mac(), link.carrierChanges());
  }

  private void publish(Claims now) {
    if (!now.equals(claims)) {
      claims = now;
      try {
        onChange.accept(now);
      } catch (RuntimeException e) {
        LOG.error(
            "nobody could be told what is announced now", e); // announcing goes on all the same
      }
    }
  }

  /// The counts by name of the interface, for every interface on which a VIP was ever announced.
  public Map<String, L2Counters> counters() {
    Map<String, L2Counters> now = new TreeMap<>();
    counters.forEach((name, running) -> now.put(name, running.now()));
    return now;
  }

  /// Withdraws all; when this returns, no answer will leave.
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      watch.close();
      silence(Map.of());
      publish(Claims.NONE);
    }
  }
}
