// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.manager.desired.NodeRoles;
import dev.fairway.manager.desired.NodeView;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ShareKey;
import dev.fairway.manager.report.StatusChange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// An API server in memory that outlives the processes which use it, with what its rules mean for a
/// controller: a Service with a finalizer goes only when that is off, one created again under the
/// same name is another one, a change of type clears the status. Changes are told in order, when
/// the test says so.
final class FakeCluster {
  static final Duration DRAIN = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Map<String, StoredService> stored = new TreeMap<>();
  private final Deque<Change> untold = new ArrayDeque<>();
  private final Map<String, ServiceView> told = new TreeMap<>();
  private final Map<LoadBalancerKey, Map<String, ServiceView>> toldByGroup = new HashMap<>();
  private final List<NodeView> nodes = new ArrayList<>();
  private NodeRoles roles = NodeRoles.none();
  private long versions;
  private long uids;
  final List<Write> writes = new CopyOnWriteArrayList<>();
  final List<Event> events = new CopyOnWriteArrayList<>();
  volatile Consumer<ServiceView> onFinalizerGone = _ -> {};
  volatile Runnable onWrite = () -> {};
  volatile Runnable afterWrite = () -> {};

  /// A change that the watch has yet to tell.
  record Change(String name, Optional<ServiceView> now, long version) {}

  record Write(String kind, ServiceRef service) {}

  record Event(ServiceRef service, String reason, boolean warning) {}

  FakeCluster(InstantSource clock) {
    this.clock = clock;
    nodes(3);
  }

  // What users do.

  synchronized ServiceRef create(String name, Consumer<StoredService> edit) {
    if (stored.containsKey(name)) {
      throw new IllegalStateException(name + " is there");
    }
    var slash = name.indexOf('/');
    var ref = new ServiceRef(name.substring(0, slash), name.substring(slash + 1), "uid-" + ++uids);
    var service = new StoredService(ref, clock.instant().plusMillis(uids));
    edit.accept(service);
    stored.put(name, service);
    changed(name);
    return ref;
  }

  synchronized void edit(String name, Consumer<StoredService> edit) {
    var service = stored.get(name);
    if (service == null) {
      return;
    }
    var before = service.view();
    edit.accept(service);
    if (!service.loadBalancer) {
      service.ingress = List.of();
      service.portStatuses = List.of();
      service.loadBalancerClass = Optional.empty();
    }
    var now = service.view();
    if (now.equals(before)) {
      return;
    }
    if (!now.spec().equals(before.spec())
        || now.loadBalancer() != before.loadBalancer()
        || !now.loadBalancerClass().equals(before.loadBalancerClass())) {
      service.generation++;
    }
    changed(name);
  }

  synchronized void delete(String name) {
    var service = stored.get(name);
    if (service == null) {
      return;
    }
    if (service.finalizer) {
      service.deleting = true;
    } else {
      stored.remove(name);
    }
    changed(name);
  }

  /// Somebody else takes the finalizer off.
  synchronized void takeFinalizerOff(String name) {
    var service = stored.get(name);
    if (service == null || !service.finalizer) {
      return;
    }
    service.finalizer = false;
    if (service.deleting) {
      stored.remove(name);
    }
    changed(name);
  }

  synchronized void nodes(int count) {
    nodes.clear();
    IntStream.rangeClosed(1, count).forEach(n -> nodes.add(node("node-" + n)));
    readNodes();
  }

  static NodeView node(String name) {
    return new NodeView(
        name,
        List.of("192.0.2.1"),
        Optional.empty(),
        true,
        false,
        Map.of(),
        Set.of(),
        Optional.empty());
  }

  synchronized void nodes(Collection<NodeView> now) {
    nodes.clear();
    nodes.addAll(now);
    readNodes();
  }

  synchronized boolean readNodes() {
    var before = roles;
    roles = before.next(nodes, clock.instant(), DRAIN);
    return !roles.backends().equals(before.backends());
  }

  // What tests look at.

  synchronized Optional<ServiceView> service(String name) {
    return Optional.ofNullable(stored.get(name)).map(StoredService::view);
  }

  synchronized List<ServiceView> services() {
    return stored.values().stream().map(StoredService::view).toList();
  }

  synchronized Set<String> names() {
    return Set.copyOf(stored.keySet());
  }

  synchronized Backends backends() {
    return roles.backends();
  }

  List<String> eventsOf(String name) {
    return events.stream()
        .filter(event -> event.service().toString().equals(name))
        .map(Event::reason)
        .toList();
  }

  private void changed(String name) {
    var service = Optional.ofNullable(stored.get(name));
    service.ifPresent(there -> there.version = ++versions);
    untold.add(new Change(name, service.map(StoredService::view), versions));
  }

  private void show(String name, ServiceView view) {
    forget(name);
    told.put(name, view);
    toldByGroup.computeIfAbsent(ShareKey.groupOf(view), _ -> new TreeMap<>()).put(name, view);
  }

  private void forget(String name) {
    Optional.ofNullable(told.remove(name))
        .ifPresent(old -> {
          var group = ShareKey.groupOf(old);
          toldByGroup.computeIfPresent(
              group,
              (_, members) -> {
                members.remove(name);
                return members.isEmpty() ? null : members;
              });
        });
  }

  /// What one process knows of the cluster: what it was told so far, and its own writes.
  final class Watch implements World, Publisher {
    private final Triggers[] listener = new Triggers[1];
    private final Map<String, Known> written = new ConcurrentHashMap<>();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> seenVersions = new ConcurrentHashMap<>();
    private final Runnable check;

    private record Known(ServiceView view, long version) {}

    /// @param check is asked before each write; may throw
    Watch(Runnable check) {
      this.check = check;
    }

    /// Reads everything, and listens from now on.
    void start(Triggers triggers) {
      listener[0] = triggers;
      List<ServiceView> all;
      synchronized (FakeCluster.this) {
        untold.clear();
        told.clear();
        toldByGroup.clear();
        stored.forEach((name, service) -> {
          show(name, service.view());
          seenVersions.put(name, service.version);
        });
        all = List.copyOf(told.values());
      }
      all.forEach(view -> triggers.serviceChanged(Optional.empty(), Optional.of(view)));
    }

    /// Tells the oldest change that was not told. Returns whether there was one.
    boolean tellOne() {
      if (listener[0] == null) {
        return false;
      }
      Change change;
      Optional<ServiceView> before;
      synchronized (FakeCluster.this) {
        change = untold.poll();
        if (change == null) {
          return false;
        }
        before = Optional.ofNullable(told.get(change.name()));
        change
            .now()
            .ifPresentOrElse(
                view -> {
                  show(change.name(), view);
                  seenVersions.put(change.name(), change.version());
                },
                () -> forget(change.name()));
        written.computeIfPresent(
            change.name(), (_, mine) -> mine.version() > change.version() ? mine : null);
        if (change.now().isEmpty()) {
          before.ifPresent(old -> finished.remove(old.ref().uid()));
        }
      }
      if (!before.equals(change.now())) {
        listener[0].serviceChanged(before, change.now());
      }
      return true;
    }

    void tellAll() {
      while (tellOne()) {
        // the next one
      }
    }

    private static boolean sameUid(ServiceView a, ServiceView b) {
      return a.ref().uid().equals(b.ref().uid());
    }

    private ServiceView newest(ServiceView view) {
      var mine = written.get(view.ref().toString());
      return mine != null
              && sameUid(mine.view(), view)
              && mine.version() > seenVersions.getOrDefault(view.ref().toString(), 0L)
          ? mine.view()
          : view;
    }

    @Override
    public List<ServiceView> services(LoadBalancerKey key) {
      synchronized (FakeCluster.this) {
        return toldByGroup.getOrDefault(key, Map.of()).values().stream()
            .filter(view -> !finished.contains(view.ref().uid()))
            .map(this::newest)
            .filter(view -> ShareKey.groupOf(view).equals(key))
            .toList();
      }
    }

    @Override
    public List<ServiceView> allServices() {
      synchronized (FakeCluster.this) {
        return told.values().stream()
            .filter(view -> !finished.contains(view.ref().uid()))
            .map(this::newest)
            .toList();
      }
    }

    @Override
    public Backends backends() {
      return FakeCluster.this.backends();
    }

    @Override
    public Map<String, List<Endpoint>> endpoints(ServiceRef service) {
      return Map.of();
    }

    @Override
    public Set<String> endpointNodes(ServiceRef service) {
      return Set.of();
    }

    @Override
    public void addFinalizer(ServiceView service, LoadBalancerKey group) {
      patch(
          "add finalizer",
          service,
          true,
          target -> {
            mustBe(service, target, target.view());
            target.finalizer = true;
            record(target, group);
          });
    }

    @Override
    public void move(ServiceView service, LoadBalancerKey group) {
      patch(
          "move",
          service,
          false,
          target -> {
            mustBe(service, target, target.view());
            record(target, group);
          });
    }

    private void record(StoredService target, LoadBalancerKey group) {
      target.conditions.removeIf(old -> old.type().equals(ServiceView.Condition.SHARED));
      if (group.kind() == LoadBalancerKey.Kind.SHARED) {
        target.conditions.add(
            new ServiceView.Condition(
                ServiceView.Condition.SHARED, true, "Shared", group.toString(), 0));
      }
    }

    private void mustBe(ServiceView seen, StoredService target, ServiceView now) {
      if (!now.equals(seen)) {
        // As the real one does after a 409.
        written.put(target.ref.toString(), new Known(target.view(), target.version));
        throw new CloudException.Conflict(target.ref + " has changed", null);
      }
    }

    @Override
    public void removeFinalizer(ServiceView service) {
      onFinalizerGone.accept(service);
      patch(
          "remove finalizer",
          service,
          false,
          target -> {
            mustBe(service.asReported(), target, target.view().asReported());
            target.finalizer = false;
            target.conditions.clear();
            if (target.deleting) {
              stored.remove(service.ref().toString());
            }
          });
      if (service.deleting()) {
        synchronized (FakeCluster.this) {
          if (told.containsKey(service.ref().toString())
              && sameUid(told.get(service.ref().toString()), service)) {
            finished.add(service.ref().uid());
          }
        }
      }
    }

    @Override
    public void publish(ServiceView service, StatusChange change) {
      if (change.touchesStatus()) {
        patch(
            "status",
            service,
            false,
            target -> {
              mustBe(service.asReported(), target, target.view().asReported());
              change
                  .balancer()
                  .ifPresent(balancer -> {
                    if (!target.loadBalancer && !balancer.ingress().isEmpty()) {
                      throw new CloudException.Rejected("status", "not a load balancer", "-", null);
                    }
                    target.ingress = balancer.ingress();
                    target.portStatuses = balancer.ports();
                  });
              change
                  .conditions()
                  .forEach(condition -> {
                    target.conditions.removeIf(old -> old.type().equals(condition.type()));
                    target.conditions.add(condition);
                  });
            });
      }
      tell(service, change.events());
    }

    @Override
    public void tell(ServiceView service, List<StatusChange.EventText> texts) {
      texts.forEach(text -> events.add(new Event(service.ref(), text.reason(), text.warning())));
    }

    private void patch(
        String kind, ServiceView service, boolean mustBeThere, Consumer<StoredService> change) {
      onWrite.run();
      check.run();
      var name = service.ref().toString();
      Known result;
      synchronized (FakeCluster.this) {
        var target = stored.get(name);
        if (target == null) {
          if (mustBeThere) {
            throw new CloudException.Conflict(name + " is gone", null);
          }
          return;
        }
        if (!target.ref.uid().equals(service.ref().uid())) {
          throw new CloudException.Conflict(name + " is another one", null);
        }
        change.accept(target);
        writes.add(new Write(kind, service.ref()));
        changed(name);
        result = new Known(target.view(), target.version);
      }
      check.run();
      afterWrite.run();
      written.put(name, result);
    }
  }

  synchronized boolean allTold() {
    return untold.isEmpty();
  }
}
