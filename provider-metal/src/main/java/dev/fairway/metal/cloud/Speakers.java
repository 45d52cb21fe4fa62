// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.model.NodeLink;
import dev.fairway.metal.plan.SpeakerLiveness;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the Leases of the speakers and tells when one begins or ceases to be alive.
final class Speakers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Speakers.class);
  private static final long TICK_MILLIS = 100;

  private final InstantSource clock;
  private final Predicate<NodeLink> matters;
  private final Runnable changed;
  private final SharedIndexInformer<Lease> leases;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("speaker-liveness").daemon().factory());
  private final Map<String, List<NodeLink>> links = new HashMap<>();
  private final Map<String, List<String>> stations = new HashMap<>();
  private Optional<Map<String, List<NodeLink>>> linksSnapshot = Optional.empty();
  private SpeakerLiveness liveness;
  private Set<String> lastTold = Set.of();
  private boolean linksChanged;

  /// @param matters whether it is of interest that such an interface came or went: those of pods do
  ///   all the time
  Speakers(
      KubernetesClient client, InstantSource clock, Predicate<NodeLink> matters, Runnable changed) {
    this.clock = clock;
    this.matters = matters;
    this.changed = changed;
    this.liveness = SpeakerLiveness.none(SpeakerLease.MAY_BE_SILENT, clock.instant());
    this.leases =
        client
            .leases()
            .inNamespace(SpeakerLease.NAMESPACE)
            .withLabels(SpeakerLease.LABELS)
            .runnableInformer(0);
    leases.exceptionHandler(MetalWatch::passing);
    leases.addEventHandler(new Changes());
  }

  CompletionStage<Void> start() {
    return leases
        .start()
        .thenRun(() -> {
          var _ =
              timer.scheduleWithFixedDelay(
                  this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        });
  }

  /// Names of the nodes whose speakers are alive.
  synchronized Set<String> alive() {
    return liveness.alive(clock.instant());
  }

  /// The interfaces of the nodes, as far as their speakers have told.
  synchronized Map<String, List<NodeLink>> links() {
    var snapshot = linksSnapshot.orElseGet(() -> Map.copyOf(links));
    linksSnapshot = Optional.of(snapshot);
    return snapshot;
  }

  /// Whether a node with a speaker has this Ethernet address.
  synchronized boolean isOfANode(String mac) {
    return stations.values().stream().anyMatch(all -> all.contains(mac));
  }

  /// To which node an Ethernet address belongs, as far as the speakers have told. One that several
  /// have, such as that of a virtual router, tells nothing.
  synchronized Map<String, String> stations() {
    var nodes = new HashMap<String, String>();
    var shared = new HashSet<String>();
    stations.forEach((node, macs) ->
        macs.stream().filter(mac -> nodes.put(mac, node) != null).forEach(shared::add));
    nodes.keySet().removeAll(shared);
    return nodes;
  }

  // What is thrown out of a tick would end all further ones.
  private void tick() {
    try {
      if (becameDifferent()) {
        changed.run();
      }
    } catch (RuntimeException e) {
      LOG.error("could not pass on that speakers changed, trying again", e);
      forgetWhatWasTold();
    }
  }

  private synchronized void forgetWhatWasTold() {
    lastTold = Set.of();
  }

  private synchronized boolean becameDifferent() {
    var now = liveness.alive(clock.instant());
    var different = !now.equals(lastTold) || linksChanged;
    linksChanged = false;
    lastTold = Set.copyOf(now);
    return different;
  }

  private synchronized void heard(Lease lease) {
    var node = SpeakerLease.node(lease);
    var told = SpeakerLease.links(lease);
    var before = told.isPresent() ? links.put(node, told.get()) : links.remove(node);
    if (!Optional.ofNullable(before).equals(told)) {
      linksSnapshot = Optional.empty();
      linksChanged |= isNews(Optional.ofNullable(before), told);
    }
    stations.put(node, SpeakerLease.stations(lease));
    var renewed = Optional.ofNullable(lease.getSpec().getRenewTime());
    if (SpeakerLease.released(lease)) {
      liveness = liveness.gone(node);
    } else {
      liveness = liveness.heard(node, renewed.map(Object::toString).orElse(""), clock.instant());
    }
  }

  private boolean isNews(Optional<List<NodeLink>> before, Optional<List<NodeLink>> now) {
    return !before.map(this::mattering).equals(now.map(this::mattering));
  }

  private List<NodeLink> mattering(List<NodeLink> all) {
    return all.stream().filter(matters).toList();
  }

  private synchronized void gone(Lease lease) {
    liveness = liveness.gone(SpeakerLease.node(lease));
    links.remove(SpeakerLease.node(lease));
    stations.remove(SpeakerLease.node(lease));
    linksSnapshot = Optional.empty();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    leases.stop();
  }

  private final class Changes implements ResourceEventHandler<Lease> {
    @Override
    public void onAdd(Lease lease) {
      heard(lease);
    }

    @Override
    public void onUpdate(Lease old, Lease now) {
      heard(now);
    }

    @Override
    public void onDelete(Lease lease, boolean finalStateUnknown) {
      gone(lease);
    }
  }
}
