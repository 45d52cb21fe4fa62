// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.plan.Effect;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.model.Abilities;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.Listener;
import dev.fairway.openstack.model.Pool;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.spec.Exposure;
import dev.fairway.openstack.spec.ListenerSpec;
import dev.fairway.openstack.spec.Spec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The steps for what is on a load balancer.
///
/// Each of them may be the last for a while. So first comes what closes something, then what keeps
/// traffic going, then what opens something; and a listener is made only when there is a pool with
/// members behind it.
///
/// Octavia refuses a change as a whole, for instance because a certificate is gone. So fewer
/// clients are let in by a change that says nothing else, and more of them along with all that was
/// asked for at the same time.
final class Children {
  private static final String CLIENTS = "allowed_cidrs";

  private final Pass pass;
  private final Spec spec;
  private final Balancer balancer;
  private final Parts parts;
  private final PoolSteps poolSteps;
  private final Admission admission;
  private final Optional<List<ListenerSpec>> asItCan;

  private final List<OpenStackAction> narrowings = new ArrayList<>();
  private final List<OpenStackAction> closings = new ArrayList<>();
  private final List<OpenStackAction> flows = new ArrayList<>();
  private final List<OpenStackAction> updates = new ArrayList<>();
  private final List<OpenStackAction> openings = new ArrayList<>();
  private final List<OpenStackAction> leftovers = new ArrayList<>();
  private final Set<String> usedPools = new HashSet<>();
  private int refused;

  Children(Pass pass, Spec spec, Balancer balancer) {
    this.pass = pass;
    this.spec = spec;
    this.balancer = balancer;
    this.parts = new Parts(pass.key(), pass.setup(), balancer);
    this.poolSteps = new PoolSteps(pass, balancer);
    this.admission = new Admission(pass, spec, balancer);
    this.asItCan =
        ofOtherKind() && stays()
            ? pass.listenersFor(balancer.provider(), spec.half())
            : Optional.empty();
    decide();
  }

  Course course() {
    return new Course(closing(), rest());
  }

  /// What makes something smaller than it is: which clients may connect, and where they can.
  Steps closing() {
    return Steps.of(Stream.concat(narrowings.stream(), closings.stream()).toList());
  }

  /// Everything else.
  Steps rest() {
    var all = Stream.of(flows, updates, openings, leftovers).flatMap(List::stream);
    return Steps.of((onlyNodes() ? all.filter(Children::ofMembers) : all).toList());
  }

  private boolean onlyNodes() {
    return ofOtherKind() && asItCan.isEmpty();
  }

  // One of ours with a driver that refuses much of what is wanted now. That would hold up the one
  // that takes its place; until then, it only has to find the nodes. Where none takes its place, it
  // gets what it can have.
  private boolean ofOtherKind() {
    return balancer.owned()
        && Abilities.isOvn(balancer.provider()) != Abilities.isOvn(spec.frame().provider());
  }

  private boolean stays() {
    return !spec.makeBeforeBreak()
        || !(spec.exposure() instanceof Exposure.Floating)
        || !parts.mayGoWhole();
  }

  private static boolean ofMembers(OpenStackAction action) {
    return action instanceof OpenStackAction.AddMembers(_, var pool, _)
        ? pool.id().isPresent()
        : action instanceof OpenStackAction.SetMembers(_, var same, _) && same.id().isPresent();
  }

  /// How many listeners and pools are not there, be it that they must not be.
  long missing() {
    return unmade() + 2L * refused;
  }

  /// How many listeners and pools are yet to be made.
  long unmade() {
    return openings.stream()
        .filter(action ->
            action instanceof OpenStackAction.CreateListener
                || action instanceof OpenStackAction.CreatePool)
        .count();
  }

  private void decide() {
    var wanted = asItCan.orElse(spec.listeners()).stream().map(pass::tagged).toList();
    wanted.forEach(this::listener);
    parts.listeners().stream()
        .filter(listener -> wanted.stream().noneMatch(want -> same(want, listener)))
        .forEach(listener -> closings.add(delete(listener, Effect.DELETE, false)));
    parts.pools().stream()
        .filter(pool -> !usedPools.contains(pool.id()))
        .forEach(pool -> leftovers.add(new OpenStackAction.DeletePool(balancer.id(), pool.id())));
  }

  private static boolean same(ListenerSpec wanted, Listener is) {
    return wanted.port() == is.port()
        && Listener.transport(wanted.protocol()).equals(is.transport());
  }

  private void listener(ListenerSpec wanted) {
    if (parts.listenersOfOthers().stream().anyMatch(other -> same(wanted, other))) {
      pass.notes()
          .add(
              Note.blocking(
                  "PortInUse",
                  "somebody else listens on %s of load balancer %s"
                      .formatted(wanted.part(), balancer.id()),
                  "use another port, or another load balancer"));
      return;
    }
    var is = parts.listeners().stream().filter(one -> same(wanted, one)).findFirst();
    var fit = admission.fit(wanted, is.isPresent());
    if (fit.isPresent()) {
      serve(fit.get(), is);
    } else {
      refuse(wanted, is);
    }
  }

  // What cannot be narrowed has to go. Its clients wait for the place where it can be; those that
  // nobody asked for would otherwise be let in for as long as that takes, which may be for ever.
  private void refuse(ListenerSpec wanted, Optional<Listener> is) {
    refused++;
    is.ifPresent(there -> closings.add(delete(there, Effect.DISRUPT, false)));
    pass.notes()
        .add(
            Note.blocking(
                "SourceRangesNotEnforced",
                "the source ranges of %s cannot be enforced at load balancer %s of provider %s"
                    .formatted(wanted.part(), balancer.id(), balancer.provider()),
                "use a load balancer of another provider, or have everybody let in with"
                    + " fairway.dev/openstack-allow-unenforced-source-ranges: true"));
  }

  private void serve(ListenerSpec wanted, Optional<Listener> is) {
    if (onlyNodes()) {
      is.ifPresent(there -> follow(wanted, there));
    }
    if (is.isEmpty()) {
      open(wanted, pool(wanted, Optional.empty()));
    } else if (is.get().protocol().equals(wanted.protocol())) {
      update(wanted, is.get());
    } else {
      replace(wanted, is.get());
    }
  }

  // The pool that it has finds the nodes, though another one would take its place.
  private void follow(ListenerSpec wanted, Listener is) {
    parts.pools().stream()
        .filter(pool -> is.defaultPool().equals(Optional.of(pool.id())))
        .filter(pool -> !pool.protocol().equals(wanted.pool().protocol()))
        .forEach(pool -> flows.addAll(poolSteps.update(wanted, pool)));
  }

  private void update(ListenerSpec wanted, Listener is) {
    var narrowed = narrow(wanted, is);
    var pool = pool(wanted, is.defaultPool());
    if (pool.map(Pool::id).equals(is.defaultPool())) {
      pool.ifPresent(there -> flows.addAll(poolSteps.update(wanted, there)));
    } else {
      var ref = prepare(wanted, pool);
      openings.add(new OpenStackAction.SwitchPool(balancer.id(), is.id(), wanted.part(), ref));
    }
    var changes = changes(wanted, is, narrowed);
    if (!changes.isEmpty()) {
      var widens = !narrowed && !admission.now(is).equals(Admission.of(wanted));
      (widens ? openings : updates).add(change(wanted, is, changes));
    }
  }

  private boolean narrow(ListenerSpec wanted, Listener is) {
    var ranges = Admission.of(wanted);
    // What one in ERROR really lets in, nobody knows.
    var narrows = !admission.now(is).within(ranges) || (broken(is) && !ranges.everybody());
    if (narrows) {
      var change = new Changes(new TreeMap<>(Map.of(CLIENTS, ranges.cidrs())));
      narrowings.add(change(wanted, is, change));
    }
    return narrows;
  }

  private static boolean broken(Listener is) {
    return is.provisioning().equals("ERROR");
  }

  private OpenStackAction change(ListenerSpec wanted, Listener is, Changes changes) {
    return new OpenStackAction.UpdateListener(balancer.id(), is.id(), wanted.part(), changes);
  }

  // Octavia cannot change what a listener speaks, and has room for one at a port.
  private void replace(ListenerSpec wanted, Listener is) {
    var _ = narrow(wanted, is);
    var ref = prepare(wanted, pool(wanted, is.defaultPool()));
    openings.add(delete(is, Effect.DISRUPT, true));
    openings.add(create(wanted, ref));
  }

  private void open(ListenerSpec wanted, Optional<Pool> pool) {
    openings.add(create(wanted, prepare(wanted, pool)));
  }

  /// The pool behind a listener, if there is one that can be kept or was begun.
  private Optional<Pool> pool(ListenerSpec wanted, Optional<String> current) {
    var fitting =
        parts.pools().stream()
            .filter(pool -> pool.protocol().equals(wanted.pool().protocol()))
            .toList();
    var pool =
        fitting.stream()
            .filter(one -> current.equals(Optional.of(one.id())))
            .findFirst()
            .or(() ->
                fitting.stream()
                    .filter(one -> Tags.part(one.tags()).equals(Optional.of(wanted.part())))
                    .findFirst());
    pool.ifPresent(used -> usedPools.add(used.id()));
    return pool;
  }

  private PoolRef prepare(ListenerSpec wanted, Optional<Pool> pool) {
    pool.ifPresentOrElse(
        there -> openings.addAll(poolSteps.update(wanted, there)),
        () -> openings.addAll(poolSteps.create(wanted)));
    return new PoolRef(pool.map(Pool::id), wanted.part(), wanted.pool().protocol());
  }

  private OpenStackAction create(ListenerSpec wanted, PoolRef ref) {
    return new OpenStackAction.CreateListener(
        balancer.id(), pass.names().child("listener", wanted.part(), pass.key()), wanted, ref);
  }

  private OpenStackAction delete(Listener listener, Effect effect, boolean replaced) {
    return new OpenStackAction.DeleteListener(
        balancer.id(),
        listener.id(),
        listener.transport() + "/" + listener.port(),
        effect,
        replaced);
  }

  private Changes changes(ListenerSpec wanted, Listener is, boolean narrowed) {
    var comparison = new Changes.Comparison(broken(is));
    if (!narrowed) {
      comparison.differs(CLIENTS, admission.now(is).cidrs(), Admission.of(wanted).cidrs());
    }
    comparison.differs("connection_limit", is.connectionLimit(), wanted.connectionLimit());
    wanted
        .timeouts()
        .ifPresent(timeouts -> {
          var now = is.timeouts();
          comparison
              .differs("timeout_client_data", now.clientDataMillis(), timeouts.clientDataMillis())
              .differs(
                  "timeout_member_connect",
                  now.memberConnectMillis(),
                  timeouts.memberConnectMillis())
              .differs("timeout_member_data", now.memberDataMillis(), timeouts.memberDataMillis())
              .differs("timeout_tcp_inspect", now.tcpInspectMillis(), timeouts.tcpInspectMillis());
        });
    if (Set.of("HTTP", "TERMINATED_HTTPS").contains(wanted.protocol())) {
      comparison.differs("insert_headers", is.insertHeaders(), wanted.insertHeaders());
    }
    if (wanted.protocol().equals("TERMINATED_HTTPS")) {
      comparison.differs(
          "default_tls_container_ref",
          is.tlsContainer(),
          wanted.tlsContainer(),
          wanted.tlsContainer().orElse(""));
    }
    var tags = Tagging.of(balancer, is.tags(), wanted.tags());
    return comparison.differs("tags", is.tags(), tags, List.copyOf(tags)).changes();
  }
}
