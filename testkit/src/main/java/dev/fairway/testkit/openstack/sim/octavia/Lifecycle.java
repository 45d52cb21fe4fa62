// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import dev.fairway.testkit.openstack.sim.Refused;
import dev.fairway.testkit.openstack.sim.network.Neutron;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// From the acceptance of a change to its end. Nothing runs in between: what is due is done when
/// somebody looks.
final class Lifecycle {
  private final Store store;
  private final Neutron neutron;
  private final InstantSource clock;
  private final Set<Balancer> changing = new LinkedHashSet<>();
  private Duration delay = Duration.ZERO;
  private Duration lag = Duration.ZERO;
  private int failures;
  private final Set<String> failing = new HashSet<>();

  Lifecycle(Store store, Neutron neutron, InstantSource clock) {
    this.store = store;
    this.neutron = neutron;
    this.clock = clock;
  }

  /// How long changes take from now on.
  void lag(Duration next) {
    lag = next;
  }

  void delay(Duration next) {
    delay = next;
  }

  /// So many of the next changes end in `ERROR`.
  void failNext(int changes) {
    failures = changes;
  }

  /// The next change of this listener, pool, monitor or member ends in `ERROR`, and its load
  /// balancer `ACTIVE` all the same.
  void failPart(String id) {
    failing.add(id);
  }

  void checkMutable(Balancer balancer) {
    if (!balancer.status().equals(Status.ACTIVE)) {
      throw immutable("Load Balancer", balancer.id());
    }
  }

  /// For members and the monitor of a pool: it is looked at before its load balancer.
  void checkMutable(Pool pool) {
    if (!pool.status().equals(Status.ACTIVE) && !pool.status().equals(Status.ERROR)) {
      throw immutable("Pool", pool.id());
    }
    checkMutable(pool.balancer());
  }

  static Refused immutable(String what, String id) {
    return Refused.octavia(409, "%s %s is immutable and cannot be updated.".formatted(what, id));
  }

  /// @param touched what changes with it, in that state
  void begin(Balancer balancer, String status, List<? extends Part> touched) {
    var now = clock.instant();
    balancer.status(status, now);
    touched.forEach(part -> {
      if (!part.status().equals(Status.PENDING_CREATE)
          && !part.status().equals(Status.PENDING_DELETE)) {
        part.status(Status.PENDING_UPDATE, now);
      }
    });
    schedule(balancer);
  }

  /// The end of the change that `balancer` is in.
  void schedule(Balancer balancer) {
    balancer.failing |= failures-- > 0;
    failures = Math.max(failures, 0);
    balancer.due = clock.instant().plus(delay);
    changing.add(balancer);
  }

  /// It is not going to change by itself any more.
  void forget(Balancer balancer) {
    balancer.due = null;
    changing.remove(balancer);
  }

  /// Ends what is due.
  void settle() {
    var now = clock.instant();
    for (var balancer : List.copyOf(changing)) {
      if (!balancer.held && balancer.due != null && !balancer.due.isAfter(now)) {
        forget(balancer);
        end(balancer);
      }
    }
    for (var balancer : store.balancers()) {
      if (balancer.partsDue != null && !balancer.partsDue.isAfter(now)) {
        balancer.partsDue = null;
        settleParts(balancer);
      }
    }
  }

  /// Ends the change that `balancer` is in.
  void end(Balancer balancer) {
    if (balancer.failing) {
      balancer.failing = false;
      balancer.status(Status.ERROR, clock.instant());
      balancer.row().put(Status.OPERATING, Status.ERROR);
    } else if (balancer.status().equals(Status.PENDING_DELETE)) {
      if (balancer.ownsPort()) {
        neutron.releasePort(balancer.port());
      }
      store.remove(balancer);
    } else {
      // As its driver does.
      if (balancer.status().equals(Status.PENDING_CREATE)
          && balancer.provider().equals("ovn")
          && lag.isPositive()) {
        balancer.partsDue = clock.instant().plus(lag);
      } else {
        settleParts(balancer);
      }
      balancer.status(Status.ACTIVE, clock.instant());
      balancer.row().put(Status.OPERATING, Status.ONLINE);
    }
  }

  private void settleParts(Balancer balancer) {
    for (var part : Store.parts(balancer)) {
      if (part.status().equals(Status.PENDING_DELETE)) {
        remove(part);
      } else if (part.status().startsWith("PENDING_") && failing.remove(part.id())) {
        part.status(Status.ERROR, clock.instant());
        part.row().put(Status.OPERATING, Status.ERROR);
      } else if (part instanceof Pool pool && pool.failing) {
        pool.failing = false;
        pool.status(Status.ERROR, clock.instant());
      } else if (!part.status().equals(Status.ACTIVE) && !part.status().equals(Status.ERROR)) {
        part.status(Status.ACTIVE, clock.instant());
        part.row().put(Status.OPERATING, Status.ONLINE);
      }
    }
    balancer.pools().values().forEach(this::settleMembers);
  }

  private void settleMembers(Pool pool) {
    for (var member : new ArrayList<>(pool.members().values())) {
      if (member.provisioning().equals(Status.PENDING_DELETE)) {
        pool.members().remove(member.key());
      } else if (Status.pending(member.provisioning()) && failing.remove(member.id())) {
        member.provisioning(Status.ERROR, clock.instant());
      } else if (Status.pending(member.provisioning())) {
        member.provisioning(Status.ACTIVE, clock.instant());
        member.operating(pool.monitor().isPresent() ? Status.ONLINE : Status.NO_MONITOR);
      }
    }
  }

  private static void remove(Part part) {
    switch (part) {
      case Monitor monitor -> monitor.pool().monitor(null);
      case Pool pool -> {
        pool.listeners().forEach(listener -> listener.row().putNull("default_pool_id"));
        pool.balancer().pools().remove(pool.id());
      }
      default -> part.balancer().listeners().remove(part.id());
    }
  }
}
