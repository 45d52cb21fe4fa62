// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.cloud.connect.Lane;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.model.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at everything: one list of load balancers and one of floating IPs. What is on a load
/// balancer is read at the first look, after somebody else changed it, once more where the second
/// of that change was not over then, and now and then all the same: Octavia tells the time of a
/// change by the second only.
final class Lists {
  private static final Duration EVERYTHING_AFTER = Duration.ofHours(1);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(20);
  private static final Duration SURROUNDINGS_AFTER = Duration.ofSeconds(30);
  private static final int LOOKS = 20;
  private static final Logger LOG = LoggerFactory.getLogger(Lists.class);

  private final OctaviaReads octavia;
  private final Neutron neutron;
  private final Inventory inventory;
  private final InstantSource clock;
  private Instant everythingAt = Instant.EPOCH;
  private Instant refreshedAt = Instant.EPOCH;
  private Instant surroundingsAt = Instant.EPOCH;

  Lists(OctaviaReads octavia, Neutron neutron, Inventory inventory, InstantSource clock) {
    this.octavia = octavia;
    this.neutron = neutron;
    this.inventory = inventory;
    this.clock = clock;
  }

  /// At the first time.
  synchronized void loadOnce(Lane lane) {
    if (!inventory.loaded()) {
      refresh(lane);
    }
  }

  /// Unless that was just now.
  synchronized void refreshAgain(Lane lane) {
    if (!refreshedAt.plus(AGAIN_AFTER).isAfter(clock.instant())) {
      refresh(lane);
    }
  }

  synchronized void refresh(Lane lane) {
    var now = clock.instant();
    refreshedAt = now;
    if (!inventory.loaded()) {
      surroundings(lane);
    }
    var everything = !everythingAt.plus(EVERYTHING_AFTER).isAfter(now);
    var stamp = inventory.stamp();
    var balancers = octavia.balancers(lane);
    var graphs =
        everything && !balancers.isEmpty()
            ? Optional.of(graphs(lane))
            : Optional.<Map<String, Graph>>empty();
    inventory.balancers(balancers, graphs, stamp);
    if (everything) {
      everythingAt = now;
    }
    floatingIps(lane);
  }

  /// What failed of our changes since the last time, and what others may have changed unseen. Calls
  /// nobody when there is none of either.
  ///
  /// That is looked at here and not when a change ends: nodes come and go for all load balancers at
  /// once, and then each change would cost its own reads, where this is three lists for all.
  /// Members take a call for each load balancer, and what others may have changed some more, so
  /// only some have their turn at a time; the others have it next time. Neither keeps the other
  /// waiting.
  synchronized void outcome(Lane lane) {
    var stamp = inventory.stamp();
    var changed = inventory.mayHaveFailed();
    if (!changed.isEmpty()) {
      inventory.outcome(changed, octavia.failures(lane), stamp);
    }
    var again = inventory.toReadAgain(refreshedAt).stream().limit(LOOKS / 2).toList();
    again.forEach(id -> {
      var before = inventory.stamp();
      inventory.readAgain(id, octavia.graph(id, lane), before);
    });
    inventory.membersMayHaveFailed().stream()
        .limit(LOOKS - again.size())
        .forEach(id -> {
          var before = inventory.stamp();
          inventory.outcomeOfMembers(id, membersFailed(id, lane), before);
        });
  }

  private boolean membersFailed(String id, Lane lane) {
    try {
      return octavia.anyFailed(id, lane);
    } catch (CloudException.Denied e) {
      LOG.debug("failed members of load balancer {} are seen late: {}", id, e.getMessage());
      return false;
    }
  }

  // At the first time, members are read when they are needed: new Services do not wait for those of
  // all others.
  private Map<String, Graph> graphs(Lane lane) {
    var graphs = octavia.graphs(lane);
    if (everythingAt.equals(Instant.EPOCH)) {
      return graphs;
    }
    var whole = new HashMap<>(graphs);
    graphs.forEach((id, graph) -> {
      if (!inventory.keysOn(id).isEmpty()) {
        whole.put(id, octavia.withMembers(graph, lane));
      }
    });
    return whole;
  }

  private void floatingIps(Lane lane) {
    var stamp = inventory.stamp();
    inventory.floatingIps(neutron.floatingIps(lane), stamp);
  }

  /// Networks and subnets again: something is asked for that is not among them, and may have been
  /// made since.
  synchronized void surroundingsAgain(Lane lane) {
    if (!surroundingsAt.plus(SURROUNDINGS_AFTER).isAfter(clock.instant())) {
      surroundings(lane);
      floatingIps(lane);
    }
  }

  private void surroundings(Lane lane) {
    var abilities = octavia.abilities();
    inventory.surroundings(
        Surroundings.empty(abilities, neutron.externalNetworks(lane), neutron.subnets(lane)));
    surroundingsAt = clock.instant();
  }
}
