// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.manager.desired.NodeRoles;
import dev.fairway.manager.desired.NodeView;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ShareKey;
import dev.fairway.manager.inspect.ClusterView;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches Services, Nodes and EndpointSlices, and says which load balancers a change concerns.
public final class ClusterWatch implements ClusterView, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";
  private static final String BY_SERVICE = "by-service";
  private static final String BY_GROUP = "by-group";
  private static final long NO_RESYNC = 0;

  private final SharedIndexInformer<Service> services;
  private final SharedIndexInformer<Node> nodes;
  private final SharedIndexInformer<EndpointSlice> slices;
  private final WrittenServices written = new WrittenServices();
  private final NodeChanges nodeChanges;
  private final PodChanges podChanges;
  private final Capabilities can;
  private final InstantSource clock;
  private final Duration drain;
  private volatile NodeRoles roles = NodeRoles.none();

  /// Who wants to know.
  ///
  /// @param service a Service was added, changed in a way that matters, or went away: before and
  ///   after
  /// @param endpoints the nodes with endpoints of a Service changed, or its endpoints where these
  ///   are the targets; bursts of the latter are merged
  /// @param targets the eligible nodes changed; bursts are merged
  public record Listener(
      BiConsumer<Optional<ServiceView>, Optional<ServiceView>> service,
      Consumer<LoadBalancerKey> endpoints,
      Runnable targets) {}

  /// @param drain how long a leaving node drains
  /// @param can what is watched depends on which targets the provider asks for
  public ClusterWatch(
      KubernetesClient client,
      InstantSource clock,
      Duration drain,
      Capabilities can,
      Listener listener) {
    this.clock = clock;
    this.drain = drain;
    this.can = can;
    services = client.services().inAnyNamespace().runnableInformer(NO_RESYNC);
    nodes = client.nodes().runnableInformer(NO_RESYNC);
    slices = client.discovery().v1().endpointSlices().inAnyNamespace().runnableInformer(NO_RESYNC);
    services.itemStore(SlimStore.ofServices());
    nodes.itemStore(SlimStore.ofNodes());
    slices.itemStore(SlimStore.ofEndpointSlices(can.podTargets().isPresent()));
    services.addIndexers(Map.of(BY_GROUP, service -> List.of(groupOf(service).toString())));
    slices.addIndexers(Map.of(BY_SERVICE, slice -> List.of(serviceOf(slice))));
    nodeChanges =
        new NodeChanges(
            clock,
            () -> {
              if (readNodes()) {
                listener.targets().run();
              }
            });
    podChanges = new PodChanges(clock, listener.endpoints());
    services.exceptionHandler(ClusterWatch::passing);
    nodes.exceptionHandler(ClusterWatch::passing);
    slices.exceptionHandler(ClusterWatch::passing);
    services.addEventHandler(serviceHandler(listener));
    nodes.addEventHandler(onChange(Views::node, (_, _) -> nodeChanges.changed()));
    slices.addEventHandler(
        new SliceChanges(
            this::groupOf, this::targetsPods, listener.endpoints(), podChanges::changed));
  }

  // Once it has worked, it is tried again for ever; before that, the start has failed.
  private static boolean passing(boolean started, Throwable error) {
    LOG.warn("cannot read Services, Nodes or EndpointSlices: {}", String.valueOf(error));
    return started;
  }

  /// Starts and waits until everything was read once.
  ///
  /// @throws IllegalStateException when that takes longer than the time-out
  public void start(Duration timeout) {
    var all =
        CompletableFuture.allOf(
            nodes.start().toCompletableFuture(),
            services.start().toCompletableFuture(),
            slices.start().toCompletableFuture());
    try {
      all.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the cluster", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "could not read Services, Nodes and EndpointSlices within %s".formatted(timeout), e);
    }
    readNodes();
    nodeChanges.start();
    podChanges.start();
  }

  @Override
  public List<ServiceView> services(LoadBalancerKey key) {
    return services.getIndexer().byIndex(BY_GROUP, key.toString()).stream()
        .filter(service -> !written.finished(service))
        .map(written::newest)
        .map(Views::service)
        .filter(service -> ShareKey.groupOf(service).equals(key))
        .toList();
  }

  @Override
  public Backends backends() {
    return roles.backends();
  }

  @Override
  public Set<String> endpointNodes(ServiceRef service) {
    return EndpointNodes.of(slices.getIndexer().byIndex(BY_SERVICE, service.toString())).serving();
  }

  @Override
  public Map<String, List<Endpoint>> endpoints(ServiceRef service) {
    return EndpointPods.of(slices.getIndexer().byIndex(BY_SERVICE, service.toString())).serving();
  }

  // The oldest decides, but a pass too many of another member does no harm.
  private boolean targetsPods(LoadBalancerKey key) {
    return can.podTargets().isPresent()
        && services(key).stream().anyMatch(service -> can.targetsPods(service.annotations()));
  }

  @Override
  public Optional<ServiceView> service(String namespace, String name) {
    return Optional.ofNullable(services.getIndexer().getByKey(namespace + "/" + name))
        .filter(service -> !written.finished(service))
        .map(written::newest)
        .map(Views::service);
  }

  @Override
  public int readyEndpoints(ServiceView service) {
    return slices.getIndexer().byIndex(BY_SERVICE, service.ref().toString()).stream()
        .mapToInt(Views::readyEndpoints)
        .sum();
  }

  @Override
  public List<NodeView> nodes() {
    return nodes.getIndexer().list().stream()
        .map(Views::node)
        .sorted(Comparator.comparing(NodeView::name))
        .toList();
  }

  @Override
  public List<ServiceView> allServices() {
    return services.getIndexer().list().stream()
        .filter(service -> !written.finished(service))
        .map(written::newest)
        .map(Views::service)
        .toList();
  }

  /// The newest that is known of a Service: what the watch showed, or what was written since.
  Optional<Service> newest(ServiceRef service) {
    return Optional.ofNullable(services.getIndexer().getByKey(service.toString()))
        .filter(watched -> watched.getMetadata().getUid().equals(service.uid()))
        .map(written::newest);
  }

  /// A write of ours succeeded with this result.
  void wrote(Service service) {
    written.put(SlimStore.slim(service));
  }

  /// The finalizer was taken off this Service, which is being deleted: it is gone, although the
  /// watch may not have shown that yet.
  void finished(ServiceRef service) {
    // Once the watch has shown its end, nobody would forget it again.
    if (services.getIndexer().getByKey(service.toString()) != null) {
      written.finish(service.uid());
    }
  }

  @Override
  public void close() {
    nodeChanges.close();
    podChanges.close();
    services.stop();
    nodes.stop();
    slices.stop();
  }

  // Whether anything is different now.
  private boolean readNodes() {
    var before = roles;
    var now = clock.instant();
    roles = before.next(nodes.getIndexer().list().stream().map(Views::node).toList(), now, drain);
    roles.nextEnd(drain).ifPresent(nodeChanges::atLatest);
    return !roles.backends().equals(before.backends());
  }

  private ResourceEventHandler<Service> serviceHandler(Listener listener) {
    var tell = onChange(Views::service, listener.service());
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(Service service) {
        tell.onAdd(service);
      }

      @Override
      public void onUpdate(Service old, Service now) {
        written.seen(now);
        tell.onUpdate(old, now);
      }

      @Override
      public void onDelete(Service service, boolean finalStateUnknown) {
        written.gone(service);
        tell.onDelete(service, finalStateUnknown);
      }
    };
  }

  // What the view leaves out cannot matter: heartbeats and managed fields end here.
  private static <T, V> ResourceEventHandler<T> onChange(
      Function<T, V> view, BiConsumer<Optional<V>, Optional<V>> tell) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        tell.accept(Optional.empty(), Optional.of(view.apply(object)));
      }

      @Override
      public void onUpdate(T old, T now) {
        var before = view.apply(old);
        var after = view.apply(now);
        if (!Objects.equals(before, after)) {
          tell.accept(Optional.of(before), Optional.of(after));
        }
      }

      @Override
      public void onDelete(T object, boolean finalStateUnknown) {
        tell.accept(Optional.of(view.apply(object)), Optional.empty());
      }
    };
  }

  private static String serviceOf(EndpointSlice slice) {
    var labels =
        Objects.requireNonNullElse(slice.getMetadata().getLabels(), Map.<String, String>of());
    return slice.getMetadata().getNamespace() + "/" + labels.getOrDefault(SERVICE_LABEL, "");
  }

  private static LoadBalancerKey groupOf(Service service) {
    return ShareKey.groupOf(Views.service(service));
  }

  private Optional<LoadBalancerKey> groupOf(EndpointSlice slice) {
    return Optional.ofNullable(services.getIndexer().getByKey(serviceOf(slice)))
        .map(ClusterWatch::groupOf);
  }
}
