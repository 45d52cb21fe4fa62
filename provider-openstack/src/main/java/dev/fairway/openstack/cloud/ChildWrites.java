// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.model.Listener;
import dev.fairway.openstack.model.Pool;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.plan.Changes;
import dev.fairway.openstack.plan.MemberWish;
import dev.fairway.openstack.plan.OpenStackAction;
import dev.fairway.openstack.plan.PoolRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Writes of what is on a load balancer. Each is folded into what is remembered of it.
final class ChildWrites {
  private final OpenStackApi api;
  private final Inventory inventory;
  private final Busy busy;

  ChildWrites(OpenStackApi api, Inventory inventory, Busy busy) {
    this.api = api;
    this.inventory = inventory;
    this.busy = busy;
  }

  void create(OpenStackAction.CreateListener wanted) {
    var spec = wanted.listener();
    var there =
        graph(wanted.balancer()).listeners().stream()
            .anyMatch(one -> one.port() == spec.port() && one.protocol().equals(spec.protocol()));
    if (there) {
      return;
    }
    var body = Bodies.listener(spec, wanted.name());
    body.put("loadbalancer_id", wanted.balancer());
    body.put("default_pool_id", pool(wanted.balancer(), wanted.pool()).id());
    var answer =
        busy.changing(
            wanted.balancer(),
            () ->
                api.post(
                    Call.of(Operation.CREATE_LISTENER, OctaviaReads.LISTENERS),
                    Json.wrapped("listener", body)));
    fold(wanted.balancer(), graph -> graph.with(Views.listener(answer.path("listener"))));
  }

  void update(OpenStackAction.UpdateListener wanted) {
    put(wanted.balancer(), wanted.listener(), wanted.changes());
  }

  void point(OpenStackAction.SwitchPool wanted) {
    var pool = pool(wanted.balancer(), wanted.pool()).id();
    var points =
        graph(wanted.balancer())
            .listener(wanted.listener())
            .flatMap(Listener::defaultPool)
            .filter(pool::equals)
            .isPresent();
    if (!points) {
      put(
          wanted.balancer(),
          wanted.listener(),
          new Changes(new TreeMap<>(Map.of("default_pool_id", pool))));
    }
  }

  private void put(String balancer, String listener, Changes changes) {
    var answer =
        busy.changing(
            balancer,
            () ->
                api.put(
                    Call.of(Operation.UPDATE_LISTENER, OctaviaReads.LISTENERS + "/" + listener),
                    Json.wrapped("listener", Bodies.changes(changes))));
    fold(balancer, graph -> graph.with(Views.listener(answer.path("listener"))));
  }

  void claim(String balancer, Listener listener, SortedSet<String> tags) {
    var answer =
        busy.changing(
            balancer,
            () ->
                api.put(
                    Call.of(
                        Operation.UPDATE_LISTENER, OctaviaReads.LISTENERS + "/" + listener.id()),
                    Json.wrapped("listener", BalancerWrites.tagsOnly(tags))));
    fold(balancer, graph -> graph.with(Views.listener(answer.path("listener"))));
  }

  void delete(OpenStackAction.DeleteListener wanted) {
    if (graph(wanted.balancer()).listener(wanted.listener()).isPresent()) {
      busy.mustNotBe(wanted.balancer());
      // The end of the call may stay unknown.
      replacing(wanted);
      busy.changing(
          wanted.balancer(),
          () ->
              api.delete(
                  Call.of(
                      Operation.DELETE_LISTENER,
                      OctaviaReads.LISTENERS + "/" + wanted.listener())));
      replacing(wanted);
      fold(wanted.balancer(), graph -> graph.withoutListener(wanted.listener()));
    }
  }

  private void replacing(OpenStackAction.DeleteListener wanted) {
    if (wanted.replaced()) {
      inventory.change(wanted.balancer(), one -> one.replacing(wanted.listener()));
    }
  }

  void create(OpenStackAction.CreatePool wanted) {
    var ref = new PoolRef(Optional.empty(), wanted.part(), wanted.pool().protocol());
    if (find(wanted.balancer(), ref).isPresent()) {
      return;
    }
    var body = Bodies.pool(wanted.pool(), wanted.name());
    body.put("loadbalancer_id", wanted.balancer());
    var answer =
        busy.changing(
            wanted.balancer(),
            () ->
                api.post(
                    Call.of(Operation.CREATE_POOL, OctaviaReads.POOLS),
                    Json.wrapped("pool", body)));
    var pool = Views.pool(answer.path("pool"), Optional.empty(), Optional.of(List.of()));
    fold(wanted.balancer(), graph -> graph.with(pool));
  }

  void update(OpenStackAction.UpdatePool wanted) {
    var answer =
        busy.changing(
            wanted.balancer(),
            () ->
                api.put(
                    Call.of(Operation.UPDATE_POOL, OctaviaReads.POOLS + "/" + wanted.pool()),
                    Json.wrapped("pool", Bodies.changes(wanted.changes()))));
    fold(
        wanted.balancer(),
        graph ->
            graph.withPool(
                wanted.pool(),
                old -> Views.pool(answer.path("pool"), old.monitor(), old.members())));
  }

  void delete(OpenStackAction.DeletePool wanted) {
    if (graph(wanted.balancer()).pool(wanted.pool()).isPresent()) {
      busy.changing(
          wanted.balancer(),
          () ->
              api.delete(Call.of(Operation.DELETE_POOL, OctaviaReads.POOLS + "/" + wanted.pool())));
      fold(wanted.balancer(), graph -> graph.withoutPool(wanted.pool()));
    }
  }

  /// @param only whether all other members go
  void members(String balancer, PoolRef ref, List<MemberWish> members, boolean only) {
    var pool = pool(balancer, ref);
    var after = after(pool, members, only);
    if (pool.members().equals(Optional.of(after))) {
      return;
    }
    var body = Json.object();
    body.set("members", Json.array(members.stream().map(Bodies::member)));
    var call = Call.of(Operation.UPDATE_MEMBERS, OctaviaReads.POOLS + "/" + pool.id() + "/members");
    busy.changing(balancer, () -> api.put(only ? call : call.with("additive_only", "true"), body));
    inventory.membersChanged(balancer);
    fold(balancer, graph -> graph.withPool(pool.id(), old -> old.withMembers(Optional.of(after))));
  }

  private static List<Pool.Member> after(Pool pool, List<MemberWish> wishes, boolean only) {
    var before = new LinkedHashMap<String, Pool.Member>();
    pool.members()
        .orElse(List.of())
        .forEach(member -> before.put(member.address() + " " + member.port(), member));
    var members = new LinkedHashMap<String, Pool.Member>(only ? Map.of() : before);
    for (var wish : wishes) {
      var place = wish.address() + " " + wish.port();
      var old = Optional.ofNullable(before.get(place));
      members.put(
          place,
          new Pool.Member(
              old.map(Pool.Member::id).orElse(""),
              wish.name(),
              wish.address(),
              wish.port(),
              wish.subnet(),
              wish.monitorPort(),
              wish.weight(),
              "ACTIVE",
              old.map(Pool.Member::operating).orElse("NO_MONITOR"),
              wish.tags()));
    }
    return members.values().stream().sorted(Pool.Member.ORDER).toList();
  }

  void create(OpenStackAction.CreateMonitor wanted) {
    var pool = pool(wanted.balancer(), wanted.pool());
    if (pool.monitor().isPresent()) {
      return;
    }
    var body = Bodies.monitor(wanted.monitor(), wanted.name());
    body.put("pool_id", pool.id());
    var answer =
        busy.changing(
            wanted.balancer(),
            () ->
                api.post(
                    Call.of(Operation.CREATE_MONITOR, OctaviaReads.MONITORS),
                    Json.wrapped("healthmonitor", body)));
    monitor(wanted.balancer(), pool.id(), Optional.of(Views.monitor(answer.path("healthmonitor"))));
  }

  void update(OpenStackAction.UpdateMonitor wanted) {
    var answer =
        busy.changing(
            wanted.balancer(),
            () ->
                api.put(
                    Call.of(
                        Operation.UPDATE_MONITOR, OctaviaReads.MONITORS + "/" + wanted.monitor()),
                    Json.wrapped("healthmonitor", Bodies.changes(wanted.changes()))));
    monitor(
        wanted.balancer(), wanted.pool(), Optional.of(Views.monitor(answer.path("healthmonitor"))));
  }

  void delete(OpenStackAction.DeleteMonitor wanted) {
    if (graph(wanted.balancer()).pool(wanted.pool()).flatMap(Pool::monitor).isPresent()) {
      busy.changing(
          wanted.balancer(),
          () ->
              api.delete(
                  Call.of(
                      Operation.DELETE_MONITOR, OctaviaReads.MONITORS + "/" + wanted.monitor())));
      monitor(wanted.balancer(), wanted.pool(), Optional.empty());
    }
  }

  private void monitor(String balancer, String pool, Optional<Pool.Monitor> now) {
    fold(balancer, graph -> graph.withPool(pool, old -> old.withMonitor(now)));
  }

  private Graph graph(String balancer) {
    return inventory
        .balancer(balancer)
        .flatMap(one -> one.graph())
        .orElseThrow(() ->
            new CloudException.Conflict(
                "what is on load balancer %s has to be read again".formatted(balancer), null));
  }

  private Pool pool(String balancer, PoolRef ref) {
    return find(balancer, ref)
        .orElseThrow(() -> new CloudException.Conflict("%s is gone".formatted(ref), null));
  }

  private Optional<Pool> find(String balancer, PoolRef ref) {
    return graph(balancer).pools().stream()
        .filter(pool ->
            ref.id()
                .map(pool.id()::equals)
                .orElseGet(() ->
                    pool.protocol().equals(ref.protocol())
                        && Tags.part(pool.tags()).equals(Optional.of(ref.part()))))
        .findFirst();
  }

  private void fold(String balancer, UnaryOperator<Graph> change) {
    inventory.change(
        // What was forgotten meanwhile is read again: one part of it is not all of it.
        balancer, one -> one.withGraph(one.graph().map(change)));
  }
}
