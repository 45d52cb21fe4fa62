// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import dev.fairway.metal.failover.Envelope.Heartbeat;
import dev.fairway.metal.failover.Envelope.Message;
import dev.fairway.metal.failover.Envelope.Question;
import dev.fairway.metal.failover.Envelope.Standing;
import dev.fairway.metal.failover.Envelope.Testimony;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides for which VIPs this node answers, out of the lists of owners, what other speakers say,
/// and their silence. Needs neither network nor clock: each call brings the time and what happened,
/// and returns what is to be done. Not safe for use by several threads.
///
/// The first in a list answers. When it falls silent, the next one that lives asks witnesses and
/// the network whether it is really gone, and takes over. It stays: who comes back takes nothing
/// away. Of two that answer for one VIP, which happens where the way between them was cut, the one
/// with the higher [Term] keeps it as soon as one hears the other.
public final class Failover {
  /// The most tenures in one message, so that it fits in a frame.
  static final int TENURES = 24;

  // Told again with each heartbeat, in turns, as any message may be lost.
  private static final int REFRESHED = 10;
  private static final int ROUND = 100;
  private static final int WITNESSES = 5;

  // How often one of those that are not heard is called, so that it is soon known when a cut has
  // healed. Everybody hears a call, so there is one at a time, and none often for whoever is gone.
  private static final Duration CALL = Duration.ofMillis(25);
  private static final Duration CALL_OF_LONG_LOST = Duration.ofMillis(100);
  private static final Duration CALL_OF_FORMER = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final String self;
  private final long incarnation;
  private final Profile profile;
  private final Peers peers;
  private final Testimonies testimonies = new Testimonies();
  private final Neighbourhood around = new Around();
  private final Map<IpAddress, Seat> seats = new TreeMap<>();
  private Map<IpAddress, OwnerList> known = Map.of();
  private final Map<String, List<Seat>> shared = new HashMap<>();
  private final Set<String> colleagues = new HashSet<>();
  private final Map<String, Instant> asked = new HashMap<>();
  private final Set<Seat> changed = new LinkedHashSet<>();
  private final Set<IpAddress> unable = new HashSet<>();
  private List<Order> orders = new ArrayList<>();
  private Instant lastLook;
  private Instant nextCall = Instant.MIN;
  private boolean listed;
  private boolean leaving;

  /// @param incarnation drawn at random for this process, not 0
  public Failover(String self, long incarnation, Profile profile, Instant at) {
    this.self = self;
    this.incarnation = incarnation;
    this.profile = profile;
    this.peers = new Peers(self, profile.silence());
    this.lastLook = at;
  }

  /// The lists of all VIPs there are. The first time, others may hold what is ours by the list.
  public List<Order> lists(Collection<OwnerList> all, Instant at) {
    look(at);
    var now = all.stream().collect(Collectors.toMap(OwnerList::vip, list -> list));
    seats
        .values()
        .removeIf(seat -> {
          var gone = !now.containsKey(seat.vip());
          if (gone) {
            seat.removed();
          }
          return gone;
        });
    now.forEach((vip, list) -> {
      var seat = seats.get(vip);
      if (seat != null) {
        seat.listed(list, at);
      } else if (list.owners().contains(self)) {
        var before = Optional.ofNullable(known.get(vip));
        seats.put(vip, new Seat(list, before, around, !listed, unable.contains(vip), at));
      }
    });
    known = now;
    listed = true;
    forgetUnconcerned();
    index();
    return done(at);
  }

  private void forgetUnconcerned() {
    seats.values().removeIf(seat -> !seat.answers() && !seat.list().owners().contains(self));
  }

  private void index() {
    shared.clear();
    colleagues.clear();
    seats.values().forEach(seat -> colleagues.addAll(seat.list().owners()));
    seats
        .values()
        .forEach(seat ->
            seat.audience()
                .forEach(node -> shared.computeIfAbsent(node, _ -> new ArrayList<>()).add(seat)));
  }

  /// All nodes with a speaker, dead or alive.
  public List<Order> speakers(Set<String> names, Instant at) {
    look(at);
    peers.speakers(names);
    return done(at);
  }

  /// The VIPs that no interface of this node could announce, among all of whose lists it is.
  public List<Order> unable(Set<IpAddress> vips, Instant at) {
    look(at);
    unable.clear();
    unable.addAll(vips);
    seats.values().forEach(seat -> seat.able(!unable.contains(seat.vip()), at));
    return done(at);
  }

  /// Nobody else has an address that was to be probed, or a host does.
  ///
  /// @param mac its Ethernet address
  public List<Order> probed(IpAddress vip, Optional<String> mac, Instant at) {
    look(at);
    var seat = seats.get(vip);
    if (seat != null) {
      seat.probed(mac, at);
    }
    return done(at);
  }

  /// Somebody answered when the network was asked for a VIP.
  public List<Order> answered(IpAddress vip, String mac, Instant at) {
    look(at);
    var seat = seats.get(vip);
    if (seat != null) {
      seat.answered(mac, at);
    }
    return done(at);
  }

  /// A message arrived, of which it is sure that a speaker of the cluster sent it.
  public List<Order> received(Envelope envelope, Instant at) {
    look(at);
    // Also from one that is in no list any more: it may not know that yet.
    if (envelope.to().equals(self) && !envelope.from().equals(self)) {
      receive(envelope, at);
    }
    return done(at);
  }

  private void receive(Envelope envelope, Instant at) {
    var peer = peers.get(envelope.from());
    if (!peer.isNews(envelope)) {
      return;
    }
    var wasHeard = peer.isHeard(at, profile.silence());
    if (envelope.echo() != incarnation) {
      // It knows nothing of this process yet, or this is a recording: an answer brings it out.
      send(peer, envelope.incarnation(), new Heartbeat(standing(), List.of()), true);
      return;
    }
    var restarted = peer.hears(envelope, at);
    if (restarted) {
      seats.values().forEach(seat -> seat.restarted(envelope.from(), at));
    }
    if (restarted || !wasHeard) {
      tellAll(peer, !wasHeard, at);
    }
    switch (envelope.message()) {
      case Heartbeat(var standing, var tenures) -> {
        tenures.forEach(tenure -> told(envelope.from(), tenure, at));
        if (!listed) {
          // It shares nothing with anybody yet, but can be a witness.
          beat(peer, List.of(), false, at);
        }
        if (peer.stands(standing, at)) {
          shared.getOrDefault(envelope.from(), List.of()).forEach(seat -> seat.tick(at));
        }
      }
      case Question(var suspect) -> send(peer, peer.incarnation(), testimony(suspect, at), false);
      case Testimony(var suspect, var silentFor) -> {
        // What it heard before that, this node heard too.
        var hearsIt = silentFor.filter(time -> time.compareTo(profile.permit()) < 0).isPresent();
        testimonies.said(envelope.from(), suspect, hearsIt, at);
      }
    }
  }

  private void told(String from, Tenure tenure, Instant at) {
    var seat = seats.get(tenure.vip());
    if (seat != null) {
      seat.told(from, tenure, at);
    }
  }

  private Testimony testimony(String suspect, Instant at) {
    return new Testimony(
        suspect,
        peers.known(suspect).flatMap(Peer::lastHeard).map(heard -> Duration.between(heard, at)));
  }

  /// Has the others take over, before this process stops.
  public List<Order> leave(Instant at) {
    look(at);
    leaving = true;
    shared.keySet().forEach(name -> beat(peers.get(name), List.of(), false, at));
    return done(at);
  }

  /// Time has passed.
  public List<Order> tick(Instant at) {
    look(at);
    shared.keySet().stream()
        .map(peers::get)
        .filter(peer -> !peer.nextBeat().isAfter(at))
        .forEach(peer -> beat(peer, refreshed(peer), false, at));
    call(at);
    seats.values().forEach(seat -> seat.tick(at));
    forgetUnconcerned();
    return done(at);
  }

  private List<Tenure> refreshed(Peer peer) {
    var all = shared.getOrDefault(peer.name(), List.of());
    var many = Math.clamp(all.size() / ROUND, REFRESHED, TENURES);
    var from = peer.refreshFrom(all.size(), many);
    return Stream.concat(all.stream().skip(from), all.stream().limit(from))
        .limit(many)
        .flatMap(seat -> seat.tenure().stream())
        .toList();
  }

  // Whatever is called first after a long pause notices it, before anything else is believed.
  private void look(Instant at) {
    var pause = Duration.between(lastLook, at);
    lastLook = at;
    if (pause.compareTo(profile.permit()) > 0) {
      peers.excuseAll(at);
      seats.values().forEach(seat -> seat.slept(pause, at));
      shared.keySet().forEach(name -> beat(peers.get(name), List.of(), false, at));
    }
  }

  private void call(Instant at) {
    if (nextCall.isAfter(at)) {
      return;
    }
    lost(at)
        .filter(peer -> !peer.nextCall().isAfter(at))
        .min(Comparator.comparing(Peer::nextCall).thenComparing(Peer::name))
        .ifPresent(peer -> {
          nextCall = at.plus(CALL);
          peer.called(at, colleagues.contains(peer.name()) ? pause(peer, at) : CALL_OF_FORMER);
          send(peer, peer.incarnation(), new Heartbeat(standing(), refreshed(peer)), true);
        });
  }

  private static Duration pause(Peer peer, Instant at) {
    return peer.isCalledSince(at.minus(LONG)) ? CALL_OF_LONG_LOST : CALL;
  }

  private Stream<Peer> lost(Instant at) {
    return shared.keySet().stream()
        .map(peers::get)
        .filter(peer -> !peer.isHeard(at, profile.silence()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// Until when this node may answer for [#answered]. Later it would have to look first whether
  /// another has taken over.
  public Instant permittedUntil() {
    return lastLook.plus(profile.permit());
  }

  /// For which VIPs this node answers.
  public Set<IpAddress> held() {
    return seats.values().stream()
        .filter(Seat::answers)
        .map(Seat::vip)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// When [#tick] has something to do, if nothing happens before.
  public Instant due() {
    var beats = shared.keySet().stream().map(name -> peers.get(name).nextBeat());
    var calls = lost(lastLook).map(peer -> later(nextCall, peer.nextCall()));
    var decisions = seats.values().stream().map(seat -> seat.due(lastLook));
    return Stream.of(beats, calls, decisions)
        .flatMap(all -> all)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  // To one that was not heard, the network may not know the way either.
  private void tellAll(Peer peer, boolean everywhere, Instant at) {
    var all =
        shared.getOrDefault(peer.name(), List.of()).stream()
            .flatMap(seat -> seat.tenure().stream())
            .toList();
    if (all.isEmpty()) {
      beat(peer, all, everywhere, at);
    }
    tell(peer, all, everywhere, at);
  }

  private void tell(Peer peer, List<Tenure> tenures, boolean everywhere, Instant at) {
    for (var from = 0; from < tenures.size(); from += TENURES) {
      var some = tenures.subList(from, Math.min(tenures.size(), from + TENURES));
      beat(peer, some, everywhere, at);
    }
  }

  private Standing standing() {
    if (leaving) {
      return Standing.LEAVING;
    }
    return listed ? Standing.SERVING : Standing.STARTING;
  }

  private void beat(Peer peer, List<Tenure> tenures, boolean everywhere, Instant at) {
    peer.nextBeat(at.plus(profile.interval()));
    send(peer, peer.incarnation(), new Heartbeat(standing(), tenures), everywhere);
  }

  private void send(Peer peer, long echo, Message message, boolean everywhere) {
    orders.add(
        new Order.Send(
            new Envelope(self, peer.name(), incarnation, echo, peer.nextSequence(), message),
            everywhere));
  }

  // What changed goes out at once, all of it together.
  private List<Order> done(Instant at) {
    var news = new LinkedHashMap<String, List<Tenure>>();
    for (var seat : changed) {
      seat.audience()
          .forEach(node -> news.computeIfAbsent(node, _ -> new ArrayList<>()).add(seat.news()));
    }
    changed.clear();
    news.forEach((node, tenures) -> tell(peers.get(node), tenures, false, at));
    var all = orders;
    orders = new ArrayList<>();
    return all;
  }

  private final class Around implements Neighbourhood {
    @Override
    public String self() {
      return self;
    }

    @Override
    public Profile profile() {
      return profile;
    }

    @Override
    public Peers peers() {
      return peers;
    }

    @Override
    public Testimonies testimonies() {
      return testimonies;
    }

    @Override
    public boolean leaving() {
      return leaving;
    }

    @Override
    public void order(Order order) {
      orders.add(order);
    }

    @Override
    public void changed(Seat seat) {
      changed.add(seat);
    }

    @Override
    public void ask(String suspect, Instant at) {
      if (asked.getOrDefault(suspect, Instant.MIN).plus(profile.probeWait()).isAfter(at)) {
        return;
      }
      asked.put(suspect, at);
      peers.witnesses(suspect, at, WITNESSES).stream()
          .map(peers::get)
          .forEach(peer -> send(peer, peer.incarnation(), new Question(suspect), false));
    }
  }
}
