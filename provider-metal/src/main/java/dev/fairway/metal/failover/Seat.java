// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import dev.fairway.metal.failover.Order.Conflict;
import dev.fairway.metal.failover.Order.GaveUp;
import dev.fairway.metal.failover.Order.SplitPath;
import dev.fairway.metal.failover.Order.Took;
import dev.fairway.metal.failover.Phase.Checking;
import dev.fairway.metal.failover.Phase.Doubting;
import dev.fairway.metal.failover.Phase.Following;
import dev.fairway.metal.failover.Phase.HandingOver;
import dev.fairway.metal.failover.Phase.Holding;
import dev.fairway.metal.failover.Phase.Probing;
import dev.fairway.metal.failover.Phase.Quarantined;
import dev.fairway.metal.failover.Tenure.Kind;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One VIP as this node sees it: whose it is, and what this node does about it.
final class Seat {
  /// For how long one that is first no more waits for the one that is.
  static final Duration HANDOVER = Duration.ofSeconds(1);

  /// How long one that hears nobody waits before it takes over: it is probably cut off itself.
  static final Duration ALONE = Duration.ofSeconds(3);

  /// How often a foreign host that has the address is asked whether it still does.
  static final Duration ASKED_AGAIN = Duration.ofSeconds(10);

  private final Neighbourhood around;
  private final Set<String> unable = new HashSet<>();
  private final Set<String> audience = new TreeSet<>();

  /// Who holds a VIP says so again and again. Longer than it takes to get round with 10,000 VIPs.
  static final Duration CLAIMED_AGAIN = Duration.ofSeconds(60);

  private OwnerList list;
  private Term term;
  private String holder;
  private Instant holderSince;
  private Instant claimedAt;
  private Phase phase = new Following();
  private boolean selfUnable;
  private boolean answeredBefore;

  /// @param before the list before this one
  /// @param starting whether the process has just started, so that others may hold it since
  Seat(
      OwnerList list,
      Optional<OwnerList> before,
      Neighbourhood around,
      boolean starting,
      boolean selfUnable,
      Instant at) {
    this.around = around;
    this.list = list;
    this.selfUnable = selfUnable;
    this.term = Term.first(list.generation());
    this.holder = first();
    this.holderSince = at;
    this.claimedAt = at;
    address(before.map(OwnerList::owners).orElse(List.of()));
    if (list.isFirst(around.self())) {
      begin(starting, at);
    }
  }

  IpAddress vip() {
    return list.vip();
  }

  OwnerList list() {
    return list;
  }

  boolean answers() {
    return phase.answers();
  }

  // One that was an owner may hold it until it hears of the next.
  private void address(List<String> before) {
    audience.clear();
    audience.addAll(before);
    audience.addAll(list.owners());
    audience.remove(around.self());
  }

  /// Who is told what becomes of it.
  Set<String> audience() {
    return audience;
  }

  private String first() {
    return list.owners().isEmpty() ? "" : list.owners().getFirst();
  }

  private boolean isSelf(String node) {
    return node.equals(around.self());
  }

  private boolean mayAnswer() {
    return list.owners().contains(around.self()) && !selfUnable && !around.leaving();
  }

  private void begin(boolean starting, Instant at) {
    if (selfUnable) {
      around.changed(this);
    } else if (!list.probed() && !answeredBefore) {
      probe();
    } else if (starting) {
      check(at, around.profile().silence());
    } else {
      take(Term.first(list.generation()), "it is the first in the list of owners", at);
    }
  }

  private void probe() {
    phase = new Probing();
    around.order(new Order.ProbeForConflict(vip()));
  }

  private void check(Instant at, Duration time) {
    phase = new Checking(at.plus(time), false);
    probeForOwner();
  }

  // Before the address was ever used, also a foreign host that answers counts.
  private void probeForOwner() {
    around.order(new Order.ProbeForOwner(vip(), !list.probed() && !answeredBefore));
  }

  /// The list is this now.
  void listed(OwnerList now, Instant at) {
    var same = now.generation() <= list.generation();
    if (same) {
      list = now;
      return;
    }
    var before = list.owners();
    list = now;
    address(before);
    unable.clear();
    if (now.owners().isEmpty()) {
      giveUp("no node may answer for it", at);
    } else if (term.generation() >= now.generation() && !isSelf(holder)) {
      // Somebody knew of the list before and has gone on from there.
      return;
    } else if (!now.isFirst(around.self())) {
      if (phase.answers()) {
        phase = new HandingOver(at.plus(HANDOVER));
      } else {
        follow(first(), at);
      }
    } else if (phase.answers()) {
      take(Term.first(now.generation()), "it stays the first in the list of owners", at);
    } else {
      follow(around.self(), at);
      begin(false, at);
    }
  }

  /// The VIP is not there any more.
  void removed() {
    if (phase.answers()) {
      phase = new Following();
      around.order(new Order.Tell(new GaveUp(vip(), term, "it is nobody's any more")));
    }
  }

  /// Whether an interface of this node can announce it.
  void able(boolean now, Instant at) {
    if (now != selfUnable) {
      return;
    }
    selfUnable = !now;
    if (!now) {
      giveUp("no interface of this node can announce it", at);
    } else if (isSelf(holder) && phase instanceof Following) {
      if (list.probed() || answeredBefore) {
        check(at, around.profile().probeWait());
      } else {
        probe();
      }
    }
    around.changed(this);
  }

  /// Another said something about it.
  void told(String from, Tenure tenure, Instant at) {
    switch (tenure.kind()) {
      case HOLDS -> holds(from, tenure.term(), at);
      case UNABLE -> unable.add(from);
      case ABLE -> unable.remove(from);
    }
    tick(at);
  }

  /// A process that has just started there holds nothing, whatever the one before did.
  void restarted(String node, Instant at) {
    if (holder.equals(node)) {
      unable.add(node);
      tick(at);
    }
  }

  private void holds(String from, Term theirs, Instant at) {
    answeredBefore = true;
    unable.remove(from);
    // It may hold it by a list that it was in before this process began.
    audience.add(from);
    var order = theirs.compareTo(term.under(list));
    if (phase.answers()) {
      order = theirs.compareTo(term);
      if (order > 0 || (order == 0 && list.rank(from) < list.rank(around.self()))) {
        phase = new Following();
        around.order(new Order.Tell(new GaveUp(vip(), term, from + " holds it by a newer right")));
        holder(from, theirs, at);
      } else {
        around.changed(this);
      }
    } else if (order >= 0) {
      phase = new Following();
      holder(from, theirs, at);
    }
  }

  private void holder(String node, Term right, Instant at) {
    holder = node;
    holderSince = at;
    claimedAt = at;
    term = right;
  }

  private void follow(String node, Instant at) {
    phase = new Following();
    holder(node, term, at);
  }

  /// Nobody else has the address, or a host with this Ethernet address does.
  void probed(Optional<String> mac, Instant at) {
    if (phase instanceof Probing) {
      if (mac.isPresent()) {
        phase = new Quarantined(at.plus(ASKED_AGAIN));
        around.order(new Order.Tell(new Conflict(vip(), mac.get())));
      } else if (list.isFirst(around.self())) {
        take(Term.first(list.generation()), "it is the first in the list of owners", at);
      } else {
        // There is another list by now: its first one knows.
        phase = new Following();
      }
    }
  }

  /// Somebody answers for it.
  void answered(String mac, Instant at) {
    if (phase instanceof Doubting(var since, var decideAt, var _)) {
      phase = new Doubting(since, decideAt, Optional.of(mac + " answers for it"));
    } else if (phase instanceof Checking) {
      var wait = around.profile().silence().plus(around.profile().probeWait());
      phase = new Checking(at.plus(wait), true);
    }
  }

  /// The process stood still: others may have taken over.
  void slept(Duration time, Instant at) {
    holderSince = at;
    claimedAt = at;
    if (phase.answers()) {
      giveUp("the process stood still for %d ms".formatted(time.toMillis()), at);
      check(at, around.profile().interval());
    } else if (phase instanceof Doubting) {
      phase = new Following();
    }
  }

  void tick(Instant at) {
    switch (phase) {
      case Following _ -> {
        if (!isSelf(holder) && !claimedAt.plus(CLAIMED_AGAIN).isAfter(at)) {
          // If it lives, it has given the VIP up in a way that was not told here.
          unable.add(holder);
        }
        if (isVacant(at) && isNext(at)) {
          doubt(at);
        }
      }
      case Checking(var decideAt, var answered) -> {
        if (!at.isBefore(decideAt) && mayAnswer()) {
          if (answered) {
            // Somebody whose heartbeats do not come through holds it.
            check(at, around.profile().silence());
          } else {
            take(term.under(list), "nobody else holds it", at);
          }
        }
      }
      case Doubting doubting -> {
        if (!isVacant(at)) {
          phase = new Following();
        } else if (!at.isBefore(doubting.decideAt())) {
          decide(doubting, at);
        }
      }
      case Holding(var inReachSince) -> {
        if (!term.connected()) {
          reconnect(inReachSince, at);
        }
      }
      case HandingOver(var until) -> {
        if (at.isBefore(until)) {
          return;
        }
        if (mayAnswer() && !around.peers().isLive(first(), at)) {
          // Whoever wrote the list did not know yet that the first one is gone.
          take(term.under(list).next(), lost(first()), at);
        } else {
          giveUp("%s is to hold it, and was waited for long enough".formatted(first()), at);
          follow(first(), at);
        }
      }
      case Quarantined(var again) -> {
        if (!again.isAfter(at)) {
          probe();
        }
      }
      case Probing _ -> {}
    }
  }

  // Whoever holds it rightly says so as soon as the way is there again. If nobody does, it is ours.
  private void reconnect(Optional<Instant> inReachSince, Instant at) {
    if (!around.peers().isAnyHeard(at)) {
      phase = new Holding(Optional.empty());
    } else if (inReachSince.isEmpty()) {
      phase = new Holding(Optional.of(at));
    } else if (!inReachSince.get().plus(around.profile().silence()).isAfter(at)) {
      term = term.next();
      phase = new Holding(Optional.empty());
      around.changed(this);
    }
  }

  private boolean isVacant(Instant at) {
    if (isSelf(holder)) {
      return false;
    }
    return unable.contains(holder)
        || around.peers().isLeaving(holder)
        || !around
            .peers()
            .lastSign(holder, holderSince)
            .plus(around.profile().silence())
            .isAfter(at);
  }

  // Whether all that come before in the list are out of the question.
  private boolean isNext(Instant at) {
    return mayAnswer()
        && list.owners().stream()
            .filter(node -> !node.equals(holder) && !unable.contains(node))
            .filter(node -> isSelf(node) || around.peers().isLive(node, at))
            .findFirst()
            .filter(this::isSelf)
            .isPresent();
  }

  private void doubt(Instant at) {
    if (around.peers().isLeaving(holder)) {
      take(term.under(list).next(), holder + " gives it up", at);
      return;
    }
    phase = new Doubting(at, at.plus(around.profile().probeWait()), Optional.empty());
    probeForOwner();
    if (!unable.contains(holder)) {
      around.ask(holder, at);
    }
  }

  private void decide(Doubting doubting, Instant at) {
    var objection = doubting.objection().or(() -> objection(doubting.since()));
    if (objection.isPresent()) {
      around.order(new Order.Tell(new SplitPath(vip(), holder, objection.get())));
      follow(holder, at);
    } else if (!mayBeCutOff(doubting.since())) {
      take(term.under(list).next(), lost(), at);
    } else if (!at.isBefore(doubting.since().plus(ALONE))) {
      take(term.under(list).alone(), lost() + ", as none of the others was", at);
    } else {
      around.ask(holder, at);
      phase =
          new Doubting(
              doubting.since(), at.plus(around.profile().probeWait()), doubting.objection());
    }
  }

  private Optional<String> objection(Instant since) {
    return unable.contains(holder)
        ? Optional.empty()
        : around.testimonies().objector(holder, asked(since)).map(witness -> witness + " hears it");
  }

  // Whoever was asked would have answered by now; who says himself that he cannot was heard.
  private boolean mayBeCutOff(Instant since) {
    return !unable.contains(holder)
        && around.peers().areThereOthers(holder)
        && !around.testimonies().any(holder, asked(since));
  }

  // For another VIP of the same holder, witnesses may have been asked just before.
  private Instant asked(Instant since) {
    return since.minus(around.profile().probeWait());
  }

  private String lost() {
    return lost(holder);
  }

  private String lost(String node) {
    return unable.contains(node)
        ? node + " cannot announce it"
        : "%s was not heard for %d ms".formatted(node, around.profile().silence().toMillis());
  }

  private void take(Term right, String why, Instant at) {
    if (!mayAnswer()) {
      around.changed(this);
      return;
    }
    phase = new Holding(Optional.empty());
    answeredBefore = true;
    holder(around.self(), right, at);
    around.order(new Order.Tell(new Took(vip(), right, why)));
    around.changed(this);
  }

  private void giveUp(String why, Instant at) {
    var answered = phase.answers();
    phase = new Following();
    if (answered) {
      holderSince = at;
      around.order(new Order.Tell(new GaveUp(vip(), term, why)));
    }
  }

  private Instant dueToFollow(Instant at) {
    if (isSelf(holder)) {
      return Instant.MAX;
    }
    // Another comes before, which may fall silent too.
    return isVacant(at)
        ? at.plus(around.profile().interval())
        : around.peers().lastSign(holder, holderSince).plus(around.profile().silence());
  }

  /// What the other owners are to know.
  Optional<Tenure> tenure() {
    if (phase.answers()) {
      return Optional.of(new Tenure(vip(), term, Kind.HOLDS));
    }
    return selfUnable
        ? Optional.of(new Tenure(vip(), term.under(list), Kind.UNABLE))
        : Optional.empty();
  }

  /// What they are to know right now: also that it can be announced again.
  Tenure news() {
    return tenure().orElseGet(() -> new Tenure(vip(), term.under(list), Kind.ABLE));
  }

  /// When something is to be done if nothing happens.
  Instant due(Instant at) {
    return switch (phase) {
      case Following _ -> dueToFollow(at);
      case Checking(var decideAt, _) -> decideAt;
      case Doubting(_, var decideAt, _) -> decideAt;
      case HandingOver(var until) -> until;
      case Holding(var inReachSince) ->
          inReachSince.map(since -> since.plus(around.profile().silence())).orElse(Instant.MAX);
      case Quarantined(var again) -> again;
      case Probing _ -> Instant.MAX;
    };
  }
}
