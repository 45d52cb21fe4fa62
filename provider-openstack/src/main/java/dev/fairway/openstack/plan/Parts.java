// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.FloatingIpMark;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.model.Listener;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.model.Pool;
import dev.fairway.openstack.model.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What on a load balancer belongs to a group. Several may have listeners on one.
final class Parts {
  // The present controller tags what it makes for a Service with the name of its load balancer.
  private static final String THEIRS = "kube_service_";

  private final LoadBalancerKey key;
  private final Setup setup;
  private final Tags tags;
  private final String theirName;
  private final Balancer balancer;
  private final Graph graph;

  Parts(LoadBalancerKey key, Setup setup, Balancer balancer) {
    this.key = key;
    this.setup = setup;
    this.tags = new Tags(setup.cluster());
    this.theirName = new Names(setup.clusterName()).balancer(key);
    this.balancer = balancer;
    this.graph = balancer.graph().orElse(Graph.EMPTY);
  }

  List<Listener> listeners() {
    return graph.listeners().stream().filter(listener -> ours(listener.tags())).toList();
  }

  List<Listener> listenersOfOthers() {
    return graph.listeners().stream().filter(listener -> !ours(listener.tags())).toList();
  }

  List<Pool> pools() {
    var usedByOthers = poolsOf(listenersOfOthers());
    var usedByUs = poolsOf(listeners());
    return graph.pools().stream()
        .filter(pool -> !usedByOthers.contains(pool.id()))
        .filter(pool -> usedByUs.contains(pool.id()) || madeForUs(pool))
        .toList();
  }

  // A pool without tags may be somebody's own, for an L7 policy of his.
  private boolean madeForUs(Pool pool) {
    var tagged = Tags.anybodys(pool.tags()) || pool.tags().contains(theirName);
    return tagged ? ours(pool.tags()) : balancer.owned() && pool.name().endsWith("_" + theirName);
  }

  private static Set<String> poolsOf(List<Listener> listeners) {
    return listeners.stream()
        .flatMap(listener -> listener.defaultPool().stream())
        .collect(Collectors.toSet());
  }

  private boolean ours(Collection<String> what) {
    if (Tags.anybodys(what)) {
      return tags.owner(what).equals(Optional.of(key));
    }
    return what.contains(theirName)
        || (balancer.owned() && what.stream().noneMatch(tag -> tag.startsWith(THEIRS)));
  }

  /// How many Services have listeners on it, besides ours.
  long others() {
    return listenersOfOthers().stream().map(this::user).distinct().count();
  }

  private String user(Listener listener) {
    return listener.tags().stream()
        .filter(tag -> tag.startsWith(THEIRS) || Tags.namesService(tag))
        .findFirst()
        .orElse(listener.id());
  }

  /// Whether it goes with its last listener, and no other group has one on it.
  boolean mayGoWhole() {
    return balancer.owned() && listenersOfOthers().isEmpty();
  }

  /// Takes our parts off it, and hands it on if it is ours.
  Steps remove(OpenStackObserved seen) {
    if (balancer.goingAway()) {
      return Steps.NONE;
    }
    if (balancer.pending()) {
      return Steps.await("Octavia is at work on the load balancer that is shared");
    }
    // Whoever has nothing on it any more no longer sees it.
    var actions = new ArrayList<>(unmarked());
    for (var listener : listeners()) {
      actions.add(
          new OpenStackAction.DeleteListener(
              balancer.id(),
              listener.id(),
              listener.transport() + "/" + listener.port(),
              Effect.DELETE,
              false));
    }
    for (var pool : pools()) {
      actions.add(new OpenStackAction.DeletePool(balancer.id(), pool.id()));
    }
    if (balancer.owned()) {
      actions.addAll(handOn(seen));
    }
    return Steps.of(actions);
  }

  // The present controller's mark of ours on what is somebody else's: what it told of is gone.
  private List<OpenStackAction> unmarked() {
    var rest = new TreeSet<>(balancer.tags());
    return !balancer.owned() && rest.remove(theirName)
        ? List.of(new OpenStackAction.SetTags(balancer.id(), rest))
        : List.of();
  }

  // To the first of the others that is one of ours; otherwise we let go of it.
  private List<OpenStackAction> handOn(OpenStackObserved seen) {
    var heir =
        listenersOfOthers().stream()
            .map(listener -> tags.owner(listener.tags()).orElse(null))
            .filter(Objects::nonNull)
            .sorted()
            .findFirst();
    var kept = Tags.ofOthers(balancer.tags()).stream();
    var now =
        Stream.concat(
                kept, heir.stream().flatMap(to -> tags.handedTo(to, balancer.tags()).stream()))
            .collect(Collectors.toCollection(TreeSet::new));
    var description =
        heir.map(to ->
                new FloatingIpMark(setup.cluster(), to, false).description(setup.clusterName()))
            .orElse("Floating IP of load balancer " + balancer.id());
    return Stream.concat(
            seen.leadingTo(balancer).stream()
                .filter(ip -> ip.belongsTo(key))
                .<OpenStackAction>map(ip ->
                    new OpenStackAction.DescribeFloatingIp(ip.id(), ip.address(), description)),
            Stream.of(new OpenStackAction.SetTags(balancer.id(), now)))
        .toList();
  }
}
