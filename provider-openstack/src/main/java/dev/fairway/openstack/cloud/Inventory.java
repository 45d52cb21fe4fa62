// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.FloatingIp;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.model.NodeAccess;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Subnet;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.model.Troubles;
import dev.fairway.openstack.spec.Half;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that is remembered of what is at OpenStack. What a list brings is taken only for what was
/// not written since the list was asked for: the list may have missed that. Thread-safe.
final class Inventory {
  private final Tags tags;
  private final InstantSource clock;
  private final History history;
  private final Rows rows;
  private final FloatingIps floatingIps = new FloatingIps();
  private final Set<LoadBalancerKey> doubtful = new HashSet<>();
  private final Changed changed = new Changed();
  private final Map<String, Set<LoadBalancerKey>> waiters = new HashMap<>();
  private @Nullable Surroundings around;
  private @Nullable Surroundings current;
  private NodeAccess access = NodeAccess.NONE;
  private long counter;

  Inventory(Tags tags, InstantSource clock) {
    this.tags = tags;
    this.clock = clock;
    this.history = new History(clock);
    this.rows = new Rows(tags);
  }

  /// To be asked for before a list.
  synchronized Stamp stamp() {
    return new Stamp(++counter, clock.instant());
  }

  synchronized boolean loaded() {
    return around != null;
  }

  History history() {
    return history;
  }

  /// What seldom changes.
  synchronized void surroundings(Surroundings now) {
    around = now;
    current = null;
  }

  synchronized void access(NodeAccess now) {
    access = now;
    current = null;
  }

  synchronized NodeAccess access() {
    return access;
  }

  /// Takes what a list of all load balancers of the project brought.
  ///
  /// @param graphs what is on them, if that was read too
  synchronized void balancers(
      List<Listed> listed, Optional<Map<String, Graph>> graphs, Stamp stamp) {
    var ids = new HashSet<String>();
    for (var one : listed) {
      ids.add(one.balancer().id());
      var old = rows.get(one.balancer().id());
      if (old.map(stamp::isAfter).orElse(true)) {
        var row = Row.refreshed(old, one, stamp.asked());
        put(
            graphs
                .map(all -> row.readWhole(all.getOrDefault(row.id(), Graph.EMPTY), stamp.asked()))
                .orElse(row));
        if (graphs.isPresent() && row.balancer().active()) {
          changed.forget(row.id());
        }
      }
    }
    goneIfNot(ids, stamp, row -> true);
  }

  /// Takes what a look at what Octavia is at work on brought. Returns the keys of what it is done
  /// with.
  synchronized Set<LoadBalancerKey> statuses(List<Status> statuses, boolean onlyOurs, Stamp stamp) {
    var keys = new TreeSet<LoadBalancerKey>();
    var ids = new HashSet<String>();
    for (var status : statuses) {
      ids.add(status.id());
      rows.get(status.id())
          .filter(stamp::isAfter)
          .ifPresent(row -> {
            var now = row.at(status, stamp.asked());
            put(now);
            if (row.balancer().pending() && !now.balancer().pending()) {
              keys.addAll(rows.keysOf(now));
              keys.addAll(noLongerWaiting(now.id()));
            }
          });
    }
    keys.addAll(goneIfNot(ids, stamp, row -> !onlyOurs || tags.mine(row.balancer().tags())));
    return keys;
  }

  private Set<LoadBalancerKey> goneIfNot(Set<String> ids, Stamp stamp, Predicate<Row> listed) {
    var keys = new TreeSet<LoadBalancerKey>();
    var gone =
        rows.all().stream()
            .filter(row -> stamp.isAfter(row) && !ids.contains(row.id()) && listed.test(row))
            .toList();
    gone.forEach(row -> {
      keys.addAll(rows.keysOf(row));
      keys.addAll(noLongerWaiting(row.id()));
      drop(row.id());
    });
    return keys;
  }

  /// Someone has to be told when Octavia is done with a load balancer, on which he may have nothing
  /// yet.
  synchronized void waits(LoadBalancerKey key, String balancer) {
    waiters.computeIfAbsent(balancer, _ -> new TreeSet<>()).add(key);
  }

  private Set<LoadBalancerKey> noLongerWaiting(String balancer) {
    return Optional.ofNullable(waiters.remove(balancer)).orElse(Set.of());
  }

  /// Takes what a list of all floating IPs of the project brought.
  synchronized void floatingIps(List<FloatingIp> listed, Stamp stamp) {
    floatingIps.listed(listed, stamp.number());
    current = null;
  }

  /// A floating IP that we wrote.
  synchronized void wrote(FloatingIp ip) {
    floatingIps.wrote(ip, ++counter);
    current = null;
  }

  synchronized void floatingIpGone(String id) {
    floatingIps.gone(id, ++counter);
    current = null;
  }

  synchronized Optional<FloatingIp> floatingIp(String id) {
    return floatingIps.get(id);
  }

  /// A load balancer that we made, or changed: Octavia is at work on it now.
  synchronized void wrote(Balancer balancer) {
    put(Row.written(rows.get(balancer.id()), balancer, ++counter, clock.instant()));
  }

  /// A call of ours that changes it is about to be made: what is listed from now on may show it.
  synchronized void writing(String id) {
    change(id, balancer -> balancer);
  }

  /// Octavia is at work on a change of somebody else: what is on it is not known any more when that
  /// is done.
  synchronized void busyWithOthers(String id) {
    rows.get(id).ifPresent(row -> put(row.pendingForOthers(++counter, clock.instant())));
  }

  /// Octavia is at work on our change.
  synchronized void busy(String id) {
    changed.part(id);
    change(
        id,
        balancer ->
            balancer.pending()
                ? balancer
                : balancer.withStatus("PENDING_UPDATE", balancer.operating()));
  }

  /// A change of ours to one that is there.
  synchronized void change(String id, UnaryOperator<Balancer> change) {
    rows.get(id)
        .ifPresent(row ->
            put(
                Row.written(
                    Optional.of(row), change.apply(row.balancer()), ++counter, clock.instant())));
  }

  /// What Octavia is at work on is members.
  synchronized void membersChanged(String id) {
    changed.members(id);
  }

  /// What was read of what is on a load balancer, unless it was written since.
  synchronized void read(String id, Graph graph, Stamp stamp) {
    rows.get(id).filter(stamp::isAfter).ifPresent(row -> put(row.read(graph, stamp.asked())));
  }

  /// The same for one of [#toReadAgain].
  synchronized void readAgain(String id, Graph graph, Stamp stamp) {
    rows.get(id)
        .filter(stamp::isAfter)
        .ifPresent(row -> {
          changed.forget(id);
          put(row.readAgain(graph, stamp.asked()));
        });
  }

  /// Those whose last change was seen before its second was over, which it is now.
  synchronized List<String> toReadAgain(Instant now) {
    return rows.used().stream()
        .filter(row -> row.again() && row.over(now) && restsAsKnown(row))
        .map(Row::id)
        .toList();
  }

  /// What of ours was changed, and is done as far as the load balancers tell: a listener, pool or
  /// monitor on them may have failed all the same.
  synchronized Set<String> mayHaveFailed() {
    return Set.copyOf(
        changed.parts(id -> rows.get(id).filter(row -> row.balancer().active()).isPresent()));
  }

  /// It was looked at what failed. What has something on it in ERROR is to be read again.
  synchronized void outcome(Set<String> asked, OctaviaReads.Failures failures, Stamp stamp) {
    for (var id : asked) {
      rows.get(id)
          .filter(stamp::isAfter)
          .ifPresent(row -> {
            changed.partsSeen(id);
            if (failures.touch(row.balancer())) {
              put(row.unread());
            }
          });
    }
  }

  /// Those of which we changed members, and that are done as far as they tell; but for those that
  /// are to be read anyway, members too.
  synchronized List<String> membersMayHaveFailed() {
    return changed.members(id -> rows.get(id).filter(Inventory::restsAsKnown).isPresent());
  }

  /// It was looked at which members of one failed.
  synchronized void outcomeOfMembers(String id, boolean failed, Stamp stamp) {
    rows.get(id)
        .filter(stamp::isAfter)
        .ifPresent(row -> {
          changed.membersSeen(id);
          if (failed) {
            put(row.unread());
          }
        });
  }

  private static boolean restsAsKnown(Row row) {
    return row.balancer().active() && row.balancer().read();
  }

  /// How many load balancers there are.
  synchronized int size() {
    return rows.all().size();
  }

  /// One is gone.
  synchronized void drop(String id) {
    changed.forget(id);
    rows.remove(id);
    history.forget(id);
    current = null;
  }

  synchronized Optional<Balancer> balancer(String id) {
    return rows.get(id).map(Row::balancer);
  }

  synchronized void doubt(LoadBalancerKey key) {
    doubtful.add(key);
  }

  /// Whether the end of a call is unknown.
  synchronized boolean isDoubtful(LoadBalancerKey key) {
    return doubtful.contains(key);
  }

  /// It was looked at what there is; what is on it has to be read again.
  synchronized void looked(LoadBalancerKey key) {
    doubtful.remove(key);
    rows.of(key).stream()
        .filter(row -> !row.balancer().pending())
        .forEach(row -> put(row.unread()));
  }

  /// Those that somebody waits for, with the time since when.
  synchronized List<Waiting> waiting() {
    return rows.all().stream()
        .filter(row -> row.balancer().pending())
        .filter(row -> !rows.keysOf(row).isEmpty() || waiters.containsKey(row.id()))
        .map(row ->
            new Waiting(
                row.id(),
                tags.mine(row.balancer().tags()),
                row.pendingSince().orElseGet(clock::instant)))
        .toList();
  }

  synchronized Optional<Subnet> subnet(String id) {
    return Optional.ofNullable(around).flatMap(now -> now.subnet(id));
  }

  /// Addresses of all members; empty while they were not all read.
  synchronized Optional<Set<String>> memberAddresses() {
    var addresses = new HashSet<String>();
    for (var row : rows.used()) {
      var balancer = row.balancer();
      if (!balancer.goingAway() && !balancer.read()) {
        return Optional.empty();
      }
      addresses.addAll(balancer.memberAddresses());
    }
    return Optional.of(addresses);
  }

  /// Whether anything is at Octavia for this one.
  synchronized boolean has(LoadBalancerKey key) {
    return rows.keys().contains(key);
  }

  synchronized Set<LoadBalancerKey> keys() {
    return Stream.concat(rows.keys().stream(), floatingIps.keys())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  synchronized OpenStackObserved observed(LoadBalancerKey key) {
    var mine = rows.of(key).stream().map(row -> Views.seenFrom(row.balancer(), tags, key)).toList();
    var ports = mine.stream().map(balancer -> balancer.vip().port()).collect(Collectors.toSet());
    var ips = floatingIps.of(key, ports);
    var troubles = new HashMap<String, Troubles>();
    mine.forEach(balancer ->
        troubles.put(
            balancer.id(),
            history.of(
                balancer.id(),
                key,
                balancer.half(),
                rows.get(balancer.id()).flatMap(Row::pendingSince))));
    return new OpenStackObserved(key, mine, ips, troubles, around(), clock.instant());
  }

  /// The load balancer of a half that is not among these.
  synchronized Optional<Balancer> owned(
      LoadBalancerKey key, Half half, Collection<String> besides) {
    return rows.of(key).stream()
        .map(row -> Views.seenFrom(row.balancer(), tags, key))
        .filter(one ->
            one.owned() && one.half() == half && !one.goingAway() && !besides.contains(one.id()))
        .findFirst();
  }

  private Surroundings around() {
    if (around == null) {
      throw new IllegalStateException("nothing was read yet");
    }
    var known = current;
    if (known == null) {
      known =
          new Surroundings(
              around.abilities(),
              around.externalNetworks(),
              around.subnets(),
              rows.all().stream()
                  .map(Row::balancer)
                  .collect(Collectors.toMap(Balancer::id, one -> one)),
              floatingIps.byAddress(),
              access.usedBy(keys()));
      current = known;
    }
    return known;
  }

  private void put(Row row) {
    if (rows.put(row)) {
      current = null;
    }
  }

  /// The keys that have something on a load balancer.
  synchronized List<LoadBalancerKey> keysOn(String id) {
    return rows.get(id).map(row -> List.copyOf(rows.keysOf(row))).orElse(List.of());
  }

  synchronized List<Balancer> unread(LoadBalancerKey key) {
    return rows.of(key).stream()
        .map(Row::balancer)
        .filter(balancer -> !balancer.goingAway() && (!balancer.read() || balancer.unfinished()))
        .toList();
  }

  /// The place of a look among our writes.
  ///
  /// @param asked when it began
  record Stamp(long number, Instant asked) {
    /// Whether it shows our last write of a load balancer.
    boolean isAfter(Row row) {
      return row.written() < number;
    }
  }

  /// A load balancer as a list has it.
  ///
  /// @param updatedAt as it came; empty text where it was never changed
  record Listed(Balancer balancer, String updatedAt) {}

  /// @param updatedAt as it came; empty text where it was never changed
  record Status(String id, String provisioning, String operating, String updatedAt) {}

  /// @param ours whether it carries the cluster's tag
  record Waiting(String id, boolean ours, Instant since) {}
}
