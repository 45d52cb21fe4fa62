// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.Occupied;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches what of the cluster concerns pools and announcements: nodes, the labels of namespaces,
/// and the networks of Services where the API server tells them.
final class ClusterFacts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterFacts.class);

  private final KubernetesClient client;
  private final boolean cordonedDrain;
  private final Runnable networksChanged;
  private final SharedIndexInformer<Node> nodes;
  private final SharedIndexInformer<Namespace> namespaces;
  private Optional<SharedIndexInformer<ServiceCIDR>> serviceNetworks = Optional.empty();
  // Asked for with every look at a load balancer, while nodes change rarely.
  private Optional<Set<String>> unwilling = Optional.empty();

  /// @param networksChanged addresses that are in use may be others now
  /// @param nodesChanged a node became willing or unwilling
  /// @param namespacesChanged the labels of a namespace are others now
  ClusterFacts(
      KubernetesClient client,
      boolean cordonedDrain,
      Runnable networksChanged,
      Runnable nodesChanged,
      Runnable namespacesChanged) {
    this.client = client;
    this.cordonedDrain = cordonedDrain;
    this.networksChanged = networksChanged;
    this.nodes = client.nodes().runnableInformer(0);
    this.namespaces = client.namespaces().runnableInformer(0);
    nodes.itemStore(
        new Slim<>(node -> {
          node.getMetadata().setLabels(Map.of());
          Optional.ofNullable(node.getStatus())
              .ifPresent(status -> {
                status.setImages(List.of());
                status.setVolumesAttached(List.of());
                status.setVolumesInUse(List.of());
              });
        }));
    namespaces.itemStore(new Slim<>(_ -> {}));
    nodes.exceptionHandler(MetalWatch::passing);
    namespaces.exceptionHandler(MetalWatch::passing);
    nodes.addEventHandler(
        new MetalWatch.AnyChange<>(node -> facts(node).occupied(), networksChanged));
    nodes.addEventHandler(
        new MetalWatch.AnyChange<>(
            node -> facts(node).unwilling(),
            () -> {
              forgetUnwilling();
              nodesChanged.run();
            }));
    namespaces.addEventHandler(new MetalWatch.AnyChange<>(ClusterFacts::labels, namespacesChanged));
  }

  CompletableFuture<Void> start() {
    serviceNetworks = startServiceNetworks();
    return CompletableFuture.allOf(
        nodes.start().toCompletableFuture(), namespaces.start().toCompletableFuture());
  }

  // From Kubernetes 1.33 on. What it would tell is only used to warn, so nothing waits for it.
  private Optional<SharedIndexInformer<ServiceCIDR>> startServiceNetworks() {
    try {
      if (!client.supports(ServiceCIDR.class)) {
        return Optional.empty();
      }
    } catch (KubernetesClientException e) {
      LOG.warn("cannot ask for the networks of Services: {}", e.getMessage());
      return Optional.empty();
    }
    var informer = client.resources(ServiceCIDR.class).runnableInformer(0);
    informer.exceptionHandler((_, error) -> {
      LOG.warn("cannot read the networks of Services, trying again: {}", error.getMessage());
      return true;
    });
    informer.addEventHandler(new MetalWatch.AnyChange<>(ServiceCIDR::getSpec, networksChanged));
    var _ = informer.start();
    return Optional.of(informer);
  }

  private NodeFacts facts(Node node) {
    return NodeFacts.of(node, cordonedDrain);
  }

  /// The addresses that the cluster itself uses.
  Set<Occupied> occupied() {
    var occupied = new HashSet<Occupied>();
    nodes.getIndexer().list().forEach(node -> occupied.addAll(facts(node).occupied()));
    serviceNetworks.stream()
        .flatMap(informer -> informer.getIndexer().list().stream())
        .filter(network -> network.getSpec() != null)
        .flatMap(network -> Resources.list(network.getSpec().getCidrs()).stream())
        .flatMap(text ->
            NodeFacts.network(text, "ServiceNetwork", "the Service network " + text).stream())
        .forEach(occupied::add);
    return occupied;
  }

  /// Names of the nodes that announce only while no other can.
  synchronized Set<String> unwilling() {
    var now =
        unwilling.orElseGet(() ->
            nodes.getIndexer().list().stream()
                .filter(node -> facts(node).unwilling())
                .map(node -> node.getMetadata().getName())
                .collect(Collectors.toUnmodifiableSet()));
    unwilling = Optional.of(now);
    return now;
  }

  private synchronized void forgetUnwilling() {
    unwilling = Optional.empty();
  }

  /// Where a node is reached.
  Optional<IpAddress> address(String node) {
    return Optional.ofNullable(nodes.getIndexer().getByKey(node))
        .flatMap(NodeFacts::internalAddress);
  }

  Map<String, String> namespaceLabels(String name) {
    return Optional.ofNullable(namespaces.getIndexer().getByKey(name))
        .map(ClusterFacts::labels)
        .orElse(Map.of());
  }

  private static Map<String, String> labels(Namespace namespace) {
    return Optional.ofNullable(namespace.getMetadata().getLabels()).orElse(Map.of());
  }

  @Override
  public void close() {
    nodes.stop();
    namespaces.stop();
    serviceNetworks.ifPresent(SharedIndexInformer::stop);
  }

  /// Keeps objects without what nobody here reads.
  private static final class Slim<T extends HasMetadata> extends BasicItemStore<T> {
    private final Consumer<T> slim;

    Slim(Consumer<T> slim) {
      super(Cache::metaNamespaceKeyFunc);
      this.slim = slim;
    }

    @Override
    public T put(String key, T object) {
      object.getMetadata().setManagedFields(List.of());
      object.getMetadata().setAnnotations(Map.of());
      slim.accept(object);
      return super.put(key, object);
    }
  }
}
