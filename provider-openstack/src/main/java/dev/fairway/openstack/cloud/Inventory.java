// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.FloatingIp;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.model.Listener;
import dev.fairway.openstack.model.NodeAccess;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.model.Pool;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Subnet;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.model.Troubles;
import dev.fairway.openstack.spec.Half;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<LoadBalancerKey, Set<String>> byKey = new HashMap<>();
  private final Map<String, FloatingIp> floatingIps = new LinkedHashMap<>();
  private final Map<String, Long> floatingIpStamps = new HashMap<>();
  private final Set<LoadBalancerKey> doubtful = new HashSet<>();
  // Of those who have something on a load balancer; also while what is on it has to be read again.
  private final Map<String, Set<LoadBalancerKey>> guests = new HashMap<>();
  private final Map<String, Set<LoadBalancerKey>> waiters = new HashMap<>();
  private @Nullable Surroundings around;
  private @Nullable Surroundings current;
  private NodeAccess access = NodeAccess.NONE;
  private long counter;

  Inventory(Tags tags, InstantSource clock) {
    this.tags = tags;
    this.clock = clock;
    this.history = new History(clock);
  }

  /// To be asked for before a list.
  synchronized long stamp() {
    return ++counter;
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
      List<Listed> listed, Optional<Map<String, Graph>> graphs, long stamp) {
    var ids = new HashSet<String>();
    for (var one : listed) {
      ids.add(one.balancer().id());
      var old = Optional.ofNullable(rows.get(one.balancer().id()));
      if (old.map(row -> row.written() < stamp).orElse(true)) {
        var row = Row.refreshed(old, one, clock.instant());
        put(
            graphs
                .map(all -> row.withGraph(Optional.of(all.getOrDefault(row.id(), Graph.EMPTY))))
                .orElse(row));
      }
    }
    goneIfNot(ids, stamp, row -> true);
  }

  /// Takes what a look at what Octavia is at work on brought. Returns the keys of what it is done
  /// with.
  synchronized Set<LoadBalancerKey> statuses(List<Status> statuses, boolean onlyOurs, long stamp) {
    var keys = new TreeSet<LoadBalancerKey>();
    var ids = new HashSet<String>();
    for (var status : statuses) {
      ids.add(status.id());
      var row = rows.get(status.id());
      if (row != null && row.written() < stamp) {
        var now = row.at(status, clock.instant());
        put(now);
        if (row.balancer().pending() && !now.balancer().pending()) {
          keys.addAll(keysOf(now));
          keys.addAll(noLongerWaiting(now.id()));
        }
      }
    }
    keys.addAll(goneIfNot(ids, stamp, row -> !onlyOurs || tags.mine(row.balancer().tags())));
    return keys;
  }

  private Set<LoadBalancerKey> goneIfNot(
      Set<String> ids, long stamp, java.util.function.Predicate<Row> listed) {
    var keys = new TreeSet<LoadBalancerKey>();
    var gone =
        rows.values().stream()
            .filter(row -> row.written() < stamp && !ids.contains(row.id()) && listed.test(row))
            .toList();
    gone.forEach(row -> {
      keys.addAll(keysOf(row));
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
  synchronized void floatingIps(List<FloatingIp> listed, long stamp) {
    var ids = listed.stream().map(FloatingIp::id).collect(Collectors.toSet());
    listed.stream()
        .filter(ip -> floatingIpStamps.getOrDefault(ip.id(), 0L) < stamp)
        .forEach(ip -> floatingIps.put(ip.id(), ip));
    floatingIps
        .keySet()
        .removeIf(id -> !ids.contains(id) && floatingIpStamps.getOrDefault(id, 0L) < stamp);
    floatingIpStamps.values().removeIf(written -> written < stamp);
    current = null;
  }

  /// A floating IP that we wrote.
  synchronized void wrote(FloatingIp ip) {
    floatingIps.put(ip.id(), ip);
    floatingIpStamps.put(ip.id(), ++counter);
    current = null;
  }

  synchronized void floatingIpGone(String id) {
    floatingIps.remove(id);
    floatingIpStamps.put(id, ++counter);
    current = null;
  }

  synchronized Optional<FloatingIp> floatingIp(String id) {
    return Optional.ofNullable(floatingIps.get(id));
  }

  /// A load balancer that we made, or changed: Octavia is at work on it now.
  synchronized void wrote(Balancer balancer) {
    var old = Optional.ofNullable(rows.get(balancer.id()));
    put(Row.written(old, balancer, ++counter, clock.instant()));
  }

  /// A call of ours that changes it is about to be made: what is listed from now on may show it.
  synchronized void writing(String id) {
    change(id, balancer -> balancer);
  }

  /// Octavia is at work on a change of somebody else: what is on it is not known any more when that
  /// is done.
  synchronized void busyWithOthers(String id) {
    var row = rows.get(id);
    if (row != null) {
      put(row.pendingForOthers(++counter, clock.instant()));
    }
  }

  /// Octavia is at work on our change.
  synchronized void busy(String id) {
    change(
        id,
        balancer ->
            balancer.pending()
                ? balancer
                : balancer.withStatus("PENDING_UPDATE", balancer.operating()));
  }

  /// A change of ours to one that is there.
  synchronized void change(String id, UnaryOperator<Balancer> change) {
    var row = rows.get(id);
    if (row != null) {
      put(Row.written(Optional.of(row), change.apply(row.balancer()), ++counter, clock.instant()));
    }
  }

  /// What was read of what is on a load balancer, unless it was written since.
  synchronized void read(String id, Graph graph, long stamp) {
    var row = rows.get(id);
    if (row != null && row.written() < stamp) {
      put(row.withGraph(Optional.of(graph)));
    }
  }

  /// How many load balancers there are.
  synchronized int size() {
    return rows.size();
  }

  /// One is gone.
  synchronized void drop(String id) {
    var row = rows.remove(id);
    if (row != null) {
      unindex(row);
      guests.remove(id);
      history.forget(id);
      current = null;
    }
  }

  synchronized Optional<Balancer> balancer(String id) {
    return Optional.ofNullable(rows.get(id)).map(Row::balancer);
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
    byKey.getOrDefault(key, Set.of()).stream()
        .map(rows::get)
        .filter(row -> row != null && !row.balancer().pending())
        .toList()
        .forEach(row -> put(row.withGraph(Optional.empty())));
  }

  synchronized boolean knowsSubnet(String id) {
    return around != null && around.subnet(id).isPresent();
  }

  /// Those that somebody waits for, with the time since when.
  synchronized List<Waiting> waiting() {
    return rows.values().stream()
        .filter(row -> row.balancer().pending())
        .filter(row -> !keysOf(row).isEmpty() || waiters.containsKey(row.id()))
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
    for (var id : byKey.values().stream().flatMap(Set::stream).distinct().toList()) {
      var balancer = Optional.ofNullable(rows.get(id)).map(Row::balancer);
      if (balancer.filter(one -> !one.goingAway() && !one.read()).isPresent()) {
        return Optional.empty();
      }
      balancer.ifPresent(one -> addresses.addAll(one.memberAddresses()));
    }
    return Optional.of(addresses);
  }

  /// Whether anything is at Octavia for this one.
  synchronized boolean has(LoadBalancerKey key) {
    return byKey.containsKey(key);
  }

  synchronized Set<LoadBalancerKey> keys() {
    return Stream.concat(
            byKey.keySet().stream(),
            floatingIps.values().stream()
                .filter(ip -> !ip.keep())
                .flatMap(ip -> ip.owner().stream()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  synchronized OpenStackObserved observed(LoadBalancerKey key) {
    var mine =
        byKey.getOrDefault(key, Set.of()).stream()
            .map(rows::get)
            .filter(row -> row != null)
            .map(row -> Views.seenFrom(row.balancer(), tags, key))
            .toList();
    var ports = mine.stream().map(balancer -> balancer.vip().port()).collect(Collectors.toSet());
    var ips =
        floatingIps.values().stream()
            .filter(ip ->
                ip.owner().equals(Optional.of(key))
                    || ip.port().filter(ports::contains).isPresent())
            .toList();
    var troubles = new HashMap<String, Troubles>();
    mine.forEach(balancer ->
        troubles.put(
            balancer.id(),
            history.of(
                balancer.id(),
                key,
                balancer.half(),
                Optional.ofNullable(rows.get(balancer.id())).flatMap(Row::pendingSince))));
    return new OpenStackObserved(key, mine, ips, troubles, around(), clock.instant());
  }

  /// The load balancer of a half that is not among these.
  synchronized Optional<Balancer> owned(
      LoadBalancerKey key, Half half, Collection<String> besides) {
    return byKey.getOrDefault(key, Set.of()).stream()
        .map(rows::get)
        .filter(row -> row != null)
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
              rows.values().stream()
                  .map(Row::balancer)
                  .collect(Collectors.toMap(Balancer::id, one -> one)),
              floatingIps.values().stream()
                  .collect(Collectors.toMap(FloatingIp::address, ip -> ip, (one, _) -> one)),
              access.usedBy(keys()));
      current = known;
    }
    return known;
  }

  private void put(Row row) {
    var old = rows.put(row.id(), row);
    var before = old == null ? Set.<LoadBalancerKey>of() : keysOf(old);
    if (old != null) {
      unindex(old);
    }
    row.balancer().graph().ifPresent(graph -> guests.put(row.id(), keysIn(graph)));
    keysOf(row).forEach(key -> byKey.computeIfAbsent(key, _ -> new TreeSet<>()).add(row.id()));
    if (old == null || !old.looksLike(row) || !before.equals(keysOf(row))) {
      current = null;
    }
  }

  private void unindex(Row row) {
    keysOf(row)
        .forEach(key ->
            byKey.computeIfPresent(
                key,
                (_, ids) -> {
                  ids.remove(row.id());
                  return ids.isEmpty() ? null : ids;
                }));
  }

  private Set<LoadBalancerKey> keysOf(Row row) {
    var keys = new TreeSet<LoadBalancerKey>();
    tags.owner(row.balancer().tags()).ifPresent(keys::add);
    keys.addAll(guests.getOrDefault(row.id(), Set.of()));
    return keys;
  }

  private Set<LoadBalancerKey> keysIn(Graph graph) {
    return Stream.concat(
            graph.listeners().stream().map(Listener::tags), graph.pools().stream().map(Pool::tags))
        .flatMap(some -> tags.owner(some).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// A load balancer as a list has it.
  ///
  /// @param updatedAt as it came; empty text where it was never changed
  record Listed(Balancer balancer, String updatedAt) {}

  /// @param updatedAt as it came; empty text where it was never changed
  record Status(String id, String provisioning, String operating, String updatedAt) {}

  /// @param ours whether it carries the cluster's tag
  record Waiting(String id, boolean ours, java.time.Instant since) {}

  /// The keys that have something on a load balancer.
  synchronized List<LoadBalancerKey> keysOn(String id) {
    return Optional.ofNullable(rows.get(id)).map(row -> List.copyOf(keysOf(row))).orElse(List.of());
  }

  synchronized List<Balancer> unread(LoadBalancerKey key) {
    var unread = new ArrayList<Balancer>();
    for (var id : byKey.getOrDefault(key, Set.of())) {
      Optional.ofNullable(rows.get(id))
          .map(Row::balancer)
          .filter(balancer -> !balancer.goingAway() && !balancer.read())
          .ifPresent(unread::add);
    }
    return unread;
  }
}
