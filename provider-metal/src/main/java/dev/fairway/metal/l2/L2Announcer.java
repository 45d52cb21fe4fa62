// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.LinkWatch;
import dev.fairway.metal.net.Links;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.net.PacketSocket;
import dev.fairway.metal.pool.Family;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Announces VIPs by ARP and neighbour discovery on the interfaces of this node: answers questions,
/// sends a burst when a VIP arrives, hears others who claim one, and follows interfaces that come,
/// go or change their address. Needs CAP_NET_RAW.
public final class L2Announcer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(L2Announcer.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Consumer<Claims> onChange;
  private final BooleanSupplier mayAnswer;
  private final Stations stations;
  private final ConflictProbe conflicts;
  private final LinkWatch watch;
  private final Map<Port, InterfaceAnnouncer> announcers = new HashMap<>();
  private final Map<String, InterfaceRecord> records = new ConcurrentHashMap<>();
  private volatile List<Link> links;
  private List<AnnouncedVip> wanted = List.of();
  private Claims claims = Claims.NONE;
  private volatile Runnable onLinks = () -> {};
  private boolean closed;

  private L2Announcer(
      InstantSource clock,
      Consumer<Claims> onChange,
      Rivals rivals,
      BooleanSupplier mayAnswer,
      LinkWatch watch,
      List<Link> links) {
    this.clock = clock;
    this.onChange = onChange;
    this.mayAnswer = mayAnswer;
    this.stations = new Stations(rivals, () -> this.links);
    this.conflicts = new ConflictProbe(stations, clock);
    this.watch = watch;
    this.links = links;
  }

  /// As the other, where nothing but the list of VIPs decides what is answered.
  ///
  /// @throws IOException if the process may not use packet sockets; the message says what it lacks
  public static L2Announcer open(InstantSource clock, Consumer<Claims> onChange, Rivals rivals)
      throws IOException {
    return open(clock, onChange, rivals, () -> true);
  }

  /// Begins with no VIP, on the interfaces of the network namespace of the calling thread.
  ///
  /// @param clock should never go back: bursts are timed by it
  /// @param onChange told what is announced, each time that changes, in order. Must return soon,
  ///   and not call back.
  /// @param rivals who is to be taken for a speaker of the cluster, and who is told when another
  ///   station claims a VIP
  /// @param mayAnswer asked before each frame that claims a VIP: a process that was stopped must
  ///   not speak before it knows what happened meanwhile. Must not block
  /// @throws IOException if the process may not use packet sockets; the message says what it lacks
  public static L2Announcer open(
      InstantSource clock, Consumer<Claims> onChange, Rivals rivals, BooleanSupplier mayAnswer)
      throws IOException {
    PacketSocket.requirePermission();
    LinkWatch watch = LinkWatch.open();
    try {
      L2Announcer announcer =
          new L2Announcer(clock, onChange, rivals, mayAnswer, watch, Links.read());
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

  /// Finds out whether somebody on the network has an address, on the interfaces it would be
  /// announced on. Asks with frames that change nobody's cache. Can be called for many addresses at
  /// once: they are asked for together, at up to 1,000 questions a second and interface.
  ///
  /// @param ignored stations that do not count, other than this node: the cluster's other speakers
  ///   before a first claim, nobody before a take-over
  /// @return completed after [ProbeTimes#count] times [ProbeTimes#interval], somewhat earlier if
  ///   somebody answers, on a thread that must not be held up: with the station that has the
  ///   address, or empty if nobody answered; exceptionally with an [IOException] whose message is
  ///   for the user if it could not be asked
  public CompletableFuture<Optional<Conflict>> probe(
      AnnouncedVip vip, ProbeTimes times, Predicate<MacAddress> ignored) {
    return conflicts.probe(vip, times, ignored);
  }

  /// Calls back each time after the interfaces were looked at anew, on a thread that must not be
  /// held up.
  public void whenLinksChange(Runnable then) {
    onLinks = then;
  }

  /// The interfaces as they were seen last.
  public List<Link> links() {
    return links;
  }

  /// Those of these VIPs that no interface could announce now, as they were seen last.
  public Set<IpAddress> outOfReach(Collection<AnnouncedVip> vips) {
    return Set.copyOf(AnnouncePlan.of(links, vips).nowhere().keySet());
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
    onLinks.run();
  }

  private void adjust() {
    AnnouncePlan plan = AnnouncePlan.of(links, wanted);
    silence(plan);
    Map<IpAddress, List<Claim>> claimed = new TreeMap<>();
    Map<IpAddress, String> unclaimed = new TreeMap<>(plan.nowhere());
    for (Link link : plan.onLink().keySet()) {
      for (Family family : Family.values()) {
        Set<IpAddress> vips = plan.on(link, family);
        try {
          announce(link, family, vips);
          Claim claim = new Claim(link.name(), link.mac());
          vips.forEach(vip -> claimed.computeIfAbsent(vip, _ -> new ArrayList<>()).add(claim));
        } catch (IOException e) {
          LOG.warn("{}: cannot announce, trying again soon: {}", link.name(), e.getMessage());
          vips.forEach(vip -> unclaimed.put(vip, e.getMessage()));
        }
      }
    }
    unclaimed.keySet().removeAll(claimed.keySet());
    claimed.values().forEach(list -> list.sort(Comparator.comparing(Claim::interfaceName)));
    publish(new Claims(claimed, unclaimed));
  }

  /// Withdraws before anything is claimed: a VIP that moves between interfaces should never answer
  /// on both.
  private void silence(AnnouncePlan plan) {
    Map<Port, Set<IpAddress>> vipsOf = new HashMap<>();
    for (Link link : plan.onLink().keySet()) {
      for (Family family : Family.values()) {
        vipsOf.put(Port.of(link, family), plan.on(link, family));
      }
    }
    announcers.forEach((port, announcer) -> announcer.retain(vipsOf.getOrDefault(port, Set.of())));
    announcers
        .entrySet()
        .removeIf(entry -> {
          boolean gone =
              vipsOf.getOrDefault(entry.getKey(), Set.of()).isEmpty()
                  || !entry.getValue().isAlive();
          if (gone) {
            entry.getValue().close();
          }
          return gone;
        });
  }

  private void announce(Link link, Family family, Set<IpAddress> vips) throws IOException {
    if (vips.isEmpty()) {
      return;
    }
    Port port = Port.of(link, family);
    InterfaceAnnouncer announcer = announcers.get(port);
    if (announcer == null) {
      InterfaceRecord record = records.computeIfAbsent(link.name(), _ -> InterfaceRecord.fresh());
      announcer = InterfaceAnnouncer.start(link, family, record, clock, stations, mayAnswer);
      announcers.put(port, announcer);
    }
    try {
      announcer.announce(vips);
    } catch (IOException e) {
      announcer.retain(Set.of()); // what is reported as not announced must be silent
      throw e;
    }
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
    records.forEach((name, record) -> now.put(name, record.counters().now()));
    return now;
  }

  /// Withdraws all; when this returns, no answer will leave.
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      watch.close();
      conflicts.close();
      silence(AnnouncePlan.of(List.of(), List.of()));
      publish(Claims.NONE);
    }
  }
}
