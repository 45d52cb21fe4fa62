// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.Observed;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.config.Config;
import dev.fairway.manager.desired.DesiredState;
import dev.fairway.manager.desired.ServiceScope.Duty;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.Share;
import dev.fairway.manager.desired.ShareKey;
import dev.fairway.manager.inspect.Chain;
import dev.fairway.manager.inspect.ClusterView;
import dev.fairway.manager.inspect.Explanation;
import dev.fairway.manager.inspect.Fleet;
import dev.fairway.manager.inspect.OrphanView;
import dev.fairway.manager.inspect.Ownership;
import dev.fairway.manager.inspect.Places;
import dev.fairway.manager.inspect.PlanView;
import dev.fairway.manager.inspect.Plans;
import dev.fairway.manager.queue.WorkQueue;
import dev.fairway.manager.reconcile.Orphans;
import dev.fairway.manager.reconcile.PassHistory;
import dev.fairway.manager.reconcile.Reconciler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The load balancers of a term, for people who ask.
///
/// It only looks; and it asks the provider about a load balancer only while nobody works on it, as
/// the contract of providers wants.
///
/// @param <O> what the provider observes
/// @param <A> its actions
final class LiveFleet<O extends Observed, A extends Action> implements Fleet {
  // Longer than most passes take; who asks for all wants to know of the others.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Config config;
  private final CloudProvider<O, A> provider;
  private final Reconciler<O, A> reconciler;
  private final ClusterView cluster;
  private final WorkQueue<LoadBalancerKey> queue;
  private final PassHistory history;
  private final Orphans orphans;
  private final InstantSource clock;

  LiveFleet(
      Config config,
      CloudProvider<O, A> provider,
      Reconciler<O, A> reconciler,
      ClusterView cluster,
      WorkQueue<LoadBalancerKey> queue,
      PassHistory history,
      Orphans orphans,
      InstantSource clock) {
    this.config = config;
    this.provider = provider;
    this.reconciler = reconciler;
    this.cluster = cluster;
    this.queue = queue;
    this.history = history;
    this.orphans = orphans;
    this.clock = clock;
  }

  @Override
  public Plans plans() {
    var keys =
        cluster.allServices().stream()
            .filter(service -> config.scope().duty(service) != Duty.LEAVE)
            .map(ShareKey::groupOf)
            .distinct()
            .sorted()
            .toList();
    // No more calls at a time than the workers would make.
    try (var threads =
        Executors.newFixedThreadPool(config.workers(), Thread.ofVirtual().factory())) {
      var plans =
          threads.invokeAll(
              keys.stream().map(key -> (Callable<PlanView>) () -> plan(key)).toList());
      return plans(plans.stream().map(LiveFleet::get).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while planning", e);
    }
  }

  private static PlanView get(Future<PlanView> plan) {
    try {
      return plan.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("could not plan: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Plans> plan(String namespace, String service) {
    return cluster
        .service(namespace, service)
        .map(found -> plans(List.of(plan(ShareKey.groupOf(found)))));
  }

  private Plans plans(List<PlanView> plans) {
    return Plans.of(config.policy().toString(), plans);
  }

  private PlanView plan(LoadBalancerKey key) {
    try {
      var state = reconciler.desired(key);
      return plan(
          key, state, state.notes(), reconciler.seen(key), () -> look(key, provider::observe));
    } catch (Busy | CloudException e) {
      return unplanned(key, message(e));
    }
  }

  /// @param notes findings that were made before planning
  private PlanView plan(
      LoadBalancerKey key,
      DesiredState state,
      List<Note> notes,
      Optional<O> known,
      Supplier<O> look) {
    if (!reconciler.claimed(key)) {
      return unplanned(key, whyForeign(key));
    }
    if (state.frozen()) {
      return PlanView.frozen(key.toString(), members(key), notes);
    }
    var preview = reconciler.preview(state, known, look);
    return PlanView.of(key.toString(), members(key), preview.plan(), preview.withheld(), notes);
  }

  private PlanView unplanned(LoadBalancerKey key, String why) {
    return PlanView.unplanned(key.toString(), members(key), why);
  }

  @Override
  public Optional<Explanation> explain(String namespace, String service) {
    return cluster.service(namespace, service).map(this::explain);
  }

  private Explanation explain(ServiceView service) {
    var key = ShareKey.groupOf(service);
    // Before looking, which counts as work.
    var work = Chain.work(queue.place(key), history.of(key));
    var ownership = Ownership.of(service, config.scope());
    var state = reconciler.desired(key);
    var share =
        state.shares().stream()
            .filter(one -> one.service().ref().equals(service.ref()))
            .findFirst();
    var sight = ownership.duty() == Duty.LEAVE ? Sight.<O>none() : sight(key);
    return new Explanation(
            service.ref().toString(),
            "",
            clock.instant(),
            ownership,
            new Explanation.Group(key.toString(), members(key)),
            share.flatMap(_ -> Chain.wanted(service, state.desired())),
            found(service, share, sight),
            plan(key, state, share, sight),
            Chain.conditions(service),
            cluster.readyEndpoints(service),
            Chain.targets(
                cluster.nodes(), cluster.backends(), cluster.endpointNodes(service.ref())),
            work)
        .withCause();
  }

  /// @param seen what is there, or was there when it was seen last
  /// @param problem why it could not be looked at now
  private record Sight<O>(Optional<O> seen, Optional<String> problem) {
    static <O> Sight<O> none() {
      return new Sight<>(Optional.empty(), Optional.empty());
    }
  }

  private Sight<O> sight(LoadBalancerKey key) {
    try {
      return new Sight<>(Optional.of(look(key, provider::inspect)), Optional.empty());
    } catch (Busy | CloudException e) {
      return new Sight<>(reconciler.believed(key), Optional.of(message(e)));
    }
  }

  // Of a group that is shared, each Service has the addresses of its own families.
  private static <O extends Observed> Explanation.Found found(
      ServiceView service, Optional<Share> share, Sight<O> sight) {
    return sight
        .seen()
        .map(seen ->
            new Explanation.Found(
                true,
                seen.exists(),
                Places.of(share.map(own -> own.ingress(seen.ingress())).orElse(seen.ingress())),
                seen.details(),
                sight.problem()))
        .orElseGet(() ->
            new Explanation.Found(
                false, false, Places.of(service.status().ingress()), List.of(), sight.problem()));
  }

  private PlanView plan(
      LoadBalancerKey key, DesiredState state, Optional<Share> share, Sight<O> sight) {
    return sight
        .seen()
        .map(seen ->
            plan(key, state, share.map(Share::notes).orElse(List.of()), sight.seen(), () -> seen))
        .orElseGet(() -> unplanned(key, sight.problem().orElseGet(() -> whyForeign(key))));
  }

  @Override
  public List<OrphanView> orphans() {
    var known =
        orphans.known().stream()
            .collect(Collectors.toMap(Orphans.Orphan::key, Function.identity()));
    return provider.list(config.cluster()).stream()
        .filter(reconciler::isOrphan)
        .map(seen -> orphan(seen, Optional.ofNullable(known.get(seen.key()))))
        .toList();
  }

  private static OrphanView orphan(Observed seen, Optional<Orphans.Orphan> known) {
    return new OrphanView(
        seen.key().toString(),
        Places.of(seen.ingress()),
        known.map(Orphans.Orphan::since),
        known.flatMap(Orphans.Orphan::deletedAfter));
  }

  private O look(LoadBalancerKey key, Function<LoadBalancerKey, O> how) {
    try {
      if (!queue.claim(key, PATIENCE)) {
        throw new Busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + key, e);
    }
    try {
      return how.apply(key);
    } finally {
      queue.done(key);
    }
  }

  private List<String> members(LoadBalancerKey key) {
    return cluster.services(key).stream().map(service -> service.ref().toString()).toList();
  }

  private String whyForeign(LoadBalancerKey key) {
    return cluster.services(key).stream()
        .findFirst()
        .map(service -> Ownership.of(service, config.scope()).why())
        .orElse("no Service of it is there");
  }

  private static String message(RuntimeException e) {
    return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
  }

  /// Somebody works on the load balancer, and takes long.
  private static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy() {
      super("it has been worked on for longer than %s s".formatted(PATIENCE.toSeconds()));
    }
  }
}
