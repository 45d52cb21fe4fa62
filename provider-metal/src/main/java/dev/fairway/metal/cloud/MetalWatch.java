// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.ProviderEvents;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.metal.model.Answering;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.NodeLink;
import dev.fairway.metal.model.Terrain;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches pools, announcements, VIPs and speakers, keeps the ledger, and tells the controller what
/// a change concerns.
final class MetalWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetalWatch.class);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
  private static final long NO_RESYNC = 0;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final Ledger ledger;
  private final ProviderEvents events;
  private final Runnable statusChanged;
  private final SharedIndexInformer<AddressPoolResource> pools;
  private final SharedIndexInformer<AnnouncementResource> announcements;
  private final SharedIndexInformer<AddressReservationResource> reservations;
  private final SharedIndexInformer<VipResource> vips;
  private final Speakers speakers;
  private final ClusterFacts facts;
  private final VipNews news = new VipNews();
  private final Optional<OtherSpeakers> others;
  private volatile boolean started;

  MetalWatch(
      KubernetesClient client,
      Ledger ledger,
      ProviderEvents events,
      Runnable statusChanged,
      InstantSource clock,
      MetalSettings settings) {
    this.ledger = ledger;
    this.events = events;
    this.statusChanged = statusChanged;
    this.pools = client.resources(AddressPoolResource.class).runnableInformer(NO_RESYNC);
    this.announcements = client.resources(AnnouncementResource.class).runnableInformer(NO_RESYNC);
    this.vips = client.resources(VipResource.class).runnableInformer(NO_RESYNC);
    this.reservations =
        client.resources(AddressReservationResource.class).runnableInformer(NO_RESYNC);
    this.speakers = new Speakers(client, clock, this::matters, events::everythingChanged);
    this.facts =
        new ClusterFacts(
            client,
            settings.cordonedNodesDrain(),
            this::networksChanged,
            () -> onceStarted(events::everythingChanged),
            () -> onceStarted(this::namespacesChanged));
    this.others =
        settings.besideMetalLb()
            ? Optional.empty()
            : Optional.of(new OtherSpeakers(client, events::everythingChanged));
    pools.addEventHandler(
        new AnyChange<>(
            AddressPoolResource::getSpec,
            () ->
                onceStarted(() -> {
                  readPools();
                  events.everythingChanged();
                  events.resourcesFreed();
                })));
    reservations.addEventHandler(
        new AnyChange<>(
            AddressReservationResource::getSpec,
            () ->
                onceStarted(() -> {
                  readReservations();
                  events.resourcesFreed();
                })));
    announcements.addEventHandler(
        new AnyChange<>(
            AnnouncementResource::getSpec,
            () ->
                onceStarted(() -> {
                  statusChanged.run();
                  events.everythingChanged();
                })));
    vips.addEventHandler(new VipChange());
    pools.exceptionHandler(MetalWatch::passing);
    announcements.exceptionHandler(MetalWatch::passing);
    vips.exceptionHandler(MetalWatch::passing);
    reservations.exceptionHandler(MetalWatch::passing);
  }

  private boolean matters(NodeLink link) {
    return !link.subnets().isEmpty()
        || announcements().stream()
            .map(Resources::announcement)
            .anyMatch(one -> one.interfaces().matches(link.name()));
  }

  private void onceStarted(Runnable then) {
    if (started) {
      then.run();
    }
  }

  // A new node may bring addresses that a pool has; they are given to nobody from now on.
  private void networksChanged() {
    onceStarted(() -> {
      if (ledger.setOccupied(facts.occupied())) {
        statusChanged.run();
        events.resourcesFreed();
      }
    });
  }

  private void namespacesChanged() {
    if (pools().stream().anyMatch(Resources::asksForNamespaceLabels)) {
      events.everythingChanged();
      events.resourcesFreed();
    }
  }

  // Whether to try again: always once it has worked, and before that for what passes by itself.
  // Just
  // applied, custom resources are answered with 429 for a moment.
  static boolean passing(boolean started, Throwable error) {
    var cause = error instanceof CompletionException ? error.getCause() : error;
    LOG.warn("cannot read our resources: {}", String.valueOf(cause));
    return started
        || (cause instanceof KubernetesClientException refused
            && (refused.getCode() == TOO_MANY_REQUESTS || refused.getCode() >= SERVER_ERROR));
  }

  void start() {
    var all =
        CompletableFuture.allOf(
            pools.start().toCompletableFuture(),
            announcements.start().toCompletableFuture(),
            vips.start().toCompletableFuture(),
            reservations.start().toCompletableFuture(),
            facts.start(),
            speakers.start().toCompletableFuture());
    try {
      all.get(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloudException.Unavailable("interrupted while reading pools and VIPs", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new CloudException.Unavailable(
          "could not read AddressPools, AddressReservations, Announcements, Vips, Leases, Nodes and Namespaces within %s; are the custom resource definitions and the roles of this version applied?"
              .formatted(READ_TIMEOUT),
          e);
    }
    ledger.setOccupied(facts.occupied());
    readReservations();
    readPools();
    others.ifPresent(OtherSpeakers::start);
    started = true;
  }

  List<AddressPoolResource> pools() {
    return pools.getIndexer().list();
  }

  List<AddressReservationResource> reservations() {
    return reservations.getIndexer().list();
  }

  /// What is known of the nodes.
  Terrain terrain() {
    return new Terrain(speakers.links(), facts.unwilling(), others.flatMap(OtherSpeakers::where));
  }

  Map<String, String> namespaceLabels(String namespace) {
    return facts.namespaceLabels(namespace);
  }

  List<AnnouncementResource> announcements() {
    return announcements.getIndexer().list();
  }

  /// Where a node is reached.
  Optional<IpAddress> nodeAddress(String node) {
    return facts.address(node);
  }

  /// Who says that it answers for these.
  Map<IpAddress, Answering> answering(List<VipView> of) {
    var answering = new HashMap<IpAddress, Answering>();
    for (var vip : of) {
      Optional.ofNullable(vips.getIndexer().getByKey(Resources.name(vip.address())))
          .flatMap(resource -> answering(resource, vip))
          .ifPresent(answer -> answering.put(vip.address(), answer));
    }
    return answering;
  }

  /// The hardware addresses of foreign hosts that have one of these.
  Map<IpAddress, String> conflicts(List<VipView> of) {
    var conflicts = new HashMap<IpAddress, String>();
    for (var vip : of) {
      Optional.ofNullable(vips.getIndexer().getByKey(Resources.name(vip.address())))
          .flatMap(Resources::conflict)
          .filter(mac -> !speakers.isOfANode(mac))
          .ifPresent(mac -> conflicts.put(vip.address(), mac));
    }
    return conflicts;
  }

  // The ledger may know of a newer list of owners than the watch.
  private static Optional<Answering> answering(VipResource resource, VipView vip) {
    var newest = Resources.ownersVersion(resource.getSpec()) == vip.ownersVersion();
    return Resources.answering(resource).map(answer -> newest ? answer : answer.byOlderOwners());
  }

  Speakers speakers() {
    return speakers;
  }

  /// An address became free by a write of ours.
  void freed() {
    statusChanged.run();
    events.resourcesFreed();
  }

  private void readPools() {
    var all = pools.getIndexer().list();
    ledger.setPools(
        all.stream().map(Resources::pool).toList(),
        all.stream()
            .collect(Collectors.toMap(pool -> pool.getMetadata().getName(), Resources::rules)));
    statusChanged.run();
  }

  private void readReservations() {
    ledger.setReservations(() -> reservations().stream().map(Resources::reservation).toList());
    statusChanged.run();
  }

  @Override
  public void close() {
    others.ifPresent(OtherSpeakers::close);
    facts.close();
    reservations.stop();
    pools.stop();
    announcements.stop();
    vips.stop();
    speakers.close();
  }

  private static long version(HasMetadata resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }

  /// Keeps the ledger, and tells of changes that somebody else made.
  private final class VipChange implements ResourceEventHandler<VipResource> {
    @Override
    public void onAdd(VipResource resource) {
      tellNews(resource);
      tellIfUnexpected(resource);
    }

    @Override
    public void onUpdate(VipResource old, VipResource now) {
      tellNews(now);
      if (Objects.equals(old.getSpec(), now.getSpec())) {
        if (!Resources.conflict(old).equals(Resources.conflict(now))) {
          Resources.holding(now).ifPresent(holding -> onceStarted(() -> tell(holding)));
        } else {
          tellIfTakenOver(now);
        }
        return;
      }
      tellIfUnexpected(now);
    }

    private void tellNews(VipResource resource) {
      switch (Resources.holding(resource).orElse(null)) {
        case Holding.InUse(var key, var vip) ->
            news.of(vip.address(), Resources.answering(resource))
                .ifPresent(note -> onceStarted(() -> events.happened(key, note)));
        // Whoever has it next begins anew.
        case Holding.Idle idle -> news.forget(idle.address());
        case null -> {}
      }
    }

    private void tellIfTakenOver(VipResource resource) {
      Resources.holding(resource)
          .filter(holding ->
              holding instanceof Holding.InUse(var _, var vip)
                  && Resources.answering(resource).filter(vip::isTakenOverBy).isPresent())
          .ifPresent(holding -> onceStarted(() -> tell(holding)));
    }

    // What is in the ledger already was written by this process.
    private void tellIfUnexpected(VipResource resource) {
      Resources.holding(resource)
          .ifPresent(holding -> {
            var before = ledger.holding(holding.address());
            if (ledger.put(holding, version(resource)) && started) {
              statusChanged.run();
              before.ifPresent(this::tell);
              tell(holding);
            }
          });
    }

    @Override
    public void onDelete(VipResource resource, boolean finalStateUnknown) {
      Resources.holding(resource)
          .ifPresent(holding -> {
            news.forget(holding.address());
            var version = finalStateUnknown ? Long.MAX_VALUE : version(resource);
            // Still in the ledger: it was not we who deleted it.
            if (ledger.gone(holding.address(), version)) {
              tell(holding);
              freed();
            }
          });
    }

    private void tell(Holding holding) {
      switch (holding) {
        case Holding.InUse(var key, _) -> events.changed(key);
        case Holding.Quarantined foreign -> events.changed(foreign.formerly());
        case Holding.Held held -> {
          events.changed(held.formerly());
          events.changed(held.reservedFor());
        }
      }
    }
  }

  /// Passes on that the part that matters is another one.
  record AnyChange<T extends HasMetadata>(Function<T, Object> part, Runnable changed)
      implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T resource) {
      changed.run();
    }

    @Override
    public void onUpdate(T old, T now) {
      if (!Objects.equals(part.apply(old), part.apply(now))) {
        changed.run();
      }
    }

    @Override
    public void onDelete(T resource, boolean finalStateUnknown) {
      changed.run();
    }
  }
}
