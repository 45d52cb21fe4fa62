// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.openstack.model.Abilities;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.Pool;
import dev.fairway.openstack.spec.ListenerSpec;
import dev.fairway.openstack.spec.ListenerSpec.MonitorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps for a pool: itself, its members, its health monitor.
final class PoolSteps {
  private static final Optional<Object> NULL = Optional.empty();

  private final Pass pass;
  private final Balancer balancer;
  private final MemberSteps members;

  PoolSteps(Pass pass, Balancer balancer) {
    this.pass = pass;
    this.balancer = balancer;
    this.members = new MemberSteps(balancer.id(), pass.seen().around().abilities());
  }

  List<OpenStackAction> create(ListenerSpec wanted) {
    var actions = new ArrayList<OpenStackAction>();
    var ref = new PoolRef(Optional.empty(), wanted.part(), wanted.pool().protocol());
    actions.add(
        new OpenStackAction.CreatePool(
            balancer.id(),
            pass.names().child("pool", wanted.part(), pass.key()),
            wanted.part(),
            wanted.pool()));
    actions.addAll(members.of(ref, List.of(), wanted.pool().members()));
    wanted.pool().monitor().ifPresent(monitor -> actions.add(check(wanted, ref, monitor)));
    return actions;
  }

  List<OpenStackAction> update(ListenerSpec wanted, Pool is) {
    var ref = new PoolRef(Optional.of(is.id()), wanted.part(), is.protocol());
    var actions = new ArrayList<OpenStackAction>();
    var changes = changes(wanted.pool(), is);
    if (!changes.isEmpty()) {
      actions.add(new OpenStackAction.UpdatePool(balancer.id(), is.id(), wanted.part(), changes));
    }
    // Octavia changes no member of a pool in ERROR.
    actions.addAll(
        is.provisioning().equals("ERROR") ? actions.size() : 0,
        members.of(ref, is.members().orElse(List.of()), wanted.pool().members()));
    actions.addAll(monitor(wanted, is, ref));
    return actions;
  }

  private Changes changes(ListenerSpec.PoolSpec wanted, Pool is) {
    var tags = Tagging.of(balancer, is.tags(), wanted.tags());
    var broken = is.provisioning().equals("ERROR");
    var comparison =
        new Changes.Comparison(broken)
            .differs("lb_algorithm", is.algorithm(), wanted.algorithm())
            .differs(
                "session_persistence",
                affinity(is),
                wanted.persistence(),
                wanted.persistence().<Object>map(all -> all).orElse(NULL))
            .differs("tags", is.tags(), tags, List.copyOf(tags));
    // The driver of ovn puts a pool into ERROR whose affinity is changed and nothing said of this.
    var stumbles =
        Abilities.isOvn(balancer.provider())
            && (broken || !affinity(is).equals(wanted.persistence()));
    return stumbles
        ? comparison.differs("admin_state_up", false, true).changes()
        : comparison.changes();
  }

  private static Optional<Object> affinity(Pool is) {
    return is.affinity().map(type -> ListenerSpec.PoolSpec.persistence(type, is.affinitySeconds()));
  }

  private List<OpenStackAction> monitor(ListenerSpec wanted, Pool is, PoolRef ref) {
    var actions = new ArrayList<OpenStackAction>();
    var there = is.monitor();
    var want = wanted.pool().monitor();
    // Octavia cannot change what kind of monitor it is.
    var kept = there.filter(now -> want.filter(w -> w.type().equals(now.type())).isPresent());
    if (kept.isEmpty()) {
      there.ifPresent(
          now -> actions.add(new OpenStackAction.DeleteMonitor(balancer.id(), is.id(), now.id())));
      want.ifPresent(monitor -> actions.add(check(wanted, ref, monitor)));
      return actions;
    }
    var changes = changes(want.orElseThrow(), kept.get());
    if (!changes.isEmpty()) {
      actions.add(
          new OpenStackAction.UpdateMonitor(balancer.id(), is.id(), kept.get().id(), changes));
    }
    return actions;
  }

  private Changes changes(MonitorSpec wanted, Pool.Monitor is) {
    var comparison =
        new Changes.Comparison(is.provisioning().equals("ERROR"))
            .differs("delay", is.delaySeconds(), wanted.delaySeconds())
            .differs("timeout", is.timeoutSeconds(), wanted.timeoutSeconds())
            .differs("max_retries", is.maxRetries(), wanted.maxRetries())
            .differs("max_retries_down", is.maxRetriesDown(), wanted.maxRetriesDown());
    wanted
        .httpPath()
        .ifPresent(path -> comparison.differs("url_path", is.httpPath(), wanted.httpPath(), path));
    return comparison.changes();
  }

  private OpenStackAction check(ListenerSpec wanted, PoolRef ref, MonitorSpec monitor) {
    return new OpenStackAction.CreateMonitor(
        balancer.id(), ref, pass.names().child("monitor", wanted.part(), pass.key()), monitor);
  }
}
