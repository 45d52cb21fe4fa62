// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.cloud.plan.Action;
import dev.fairway.manager.desired.NodeView;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.Services;
import dev.fairway.manager.desired.ShareKey;
import dev.fairway.manager.inspect.ClusterView;
import dev.fairway.manager.reconcile.Publisher;
import dev.fairway.manager.reconcile.Reconciler;
import dev.fairway.manager.report.StatusChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/// A cluster in memory whose Services change by the hand of a test only: what is published is
/// dropped.
public final class FakeCluster implements ClusterView, Publisher, Reconciler.Journal {
  /// Summaries of the actions that were carried out.
  final List<String> done = new CopyOnWriteArrayList<>();

  final Set<String> endpoints = ConcurrentHashMap.newKeySet();
  private final Map<String, ServiceView> services = new TreeMap<>();
  private List<NodeView> nodes = List.of();

  public FakeCluster() {
    nodes(1);
  }

  public synchronized void put(Services service) {
    var view = service.build();
    services.put(view.ref().name(), view);
  }

  public synchronized void remove(String name) {
    services.remove(name);
  }

  synchronized void nodes(int count) {
    nodes =
        IntStream.rangeClosed(1, count)
            .mapToObj(n ->
                new NodeView(
                    "node-" + n,
                    List.of("192.0.2." + n),
                    Optional.empty(),
                    true,
                    false,
                    Map.of(),
                    Set.of(),
                    Optional.empty()))
            .toList();
  }

  @Override
  public synchronized List<ServiceView> services(LoadBalancerKey key) {
    return services.values().stream()
        .filter(service -> ShareKey.groupOf(service).equals(key))
        .toList();
  }

  @Override
  public synchronized Optional<ServiceView> service(String namespace, String name) {
    return Optional.ofNullable(services.get(name));
  }

  @Override
  public synchronized List<ServiceView> allServices() {
    return List.copyOf(services.values());
  }

  @Override
  public synchronized List<NodeView> nodes() {
    return nodes;
  }

  @Override
  public Backends backends() {
    return Backends.of(nodes().stream().filter(NodeView::eligible).map(NodeView::target).toList());
  }

  @Override
  public Map<String, List<Endpoint>> endpoints(ServiceRef service) {
    return Map.of();
  }

  @Override
  public Set<String> endpointNodes(ServiceRef service) {
    return Set.copyOf(endpoints);
  }

  @Override
  public int readyEndpoints(ServiceView service) {
    return endpoints.size();
  }

  @Override
  public void applied(Action action, long tookMillis) {
    done.add(action.summary());
  }

  @Override
  public void repaired(LoadBalancerKey key) {}

  @Override
  public void orphanDeleted(LoadBalancerKey key) {}

  @Override
  public void addFinalizer(ServiceView service, LoadBalancerKey group) {}

  @Override
  public void move(ServiceView service, LoadBalancerKey group) {}

  @Override
  public void removeFinalizer(ServiceView service) {}

  @Override
  public void publish(ServiceView service, StatusChange change) {}

  @Override
  public void tell(ServiceView service, List<StatusChange.EventText> events) {}
}
