// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.Observed;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.cloud.plan.PlanPolicy;
import dev.fairway.manager.desired.DesiredState;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.report.Outcome;
import dev.fairway.manager.report.Outcome.Phase;
import dev.fairway.manager.report.ServiceReport;
import dev.fairway.manager.report.StatusChange.EventText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one load balancer group from what is to what should be: desired, observe, plan, apply,
/// report.
///
/// Called for one key by one thread at a time. Keeps nothing but the cache, so a new one after a
/// restart goes on where the old one stopped.
///
/// @param <O> what the provider observes
/// @param <A> its actions
public final class Reconciler<O extends Observed, A extends Action> {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final CloudProvider<O, A> provider;
  private final ServiceScope scope;
  private final PlanPolicy policy;
  private final World world;
  private final Publisher publisher;
  private final Fence fence;
  private final ActionRecord record;
  private final ObservedCache<O> cache = new ObservedCache<>();

  /// Is told of each action that was carried out, with the time it took in milliseconds.
  @FunctionalInterface
  public interface ActionRecord {
    void applied(Action action, long tookMillis);
  }

  public Reconciler(
      CloudProvider<O, A> provider,
      ServiceScope scope,
      PlanPolicy policy,
      World world,
      Publisher publisher,
      Fence fence,
      ActionRecord record) {
    this.provider = provider;
    this.scope = scope;
    this.policy = policy;
    this.world = world;
    this.publisher = publisher;
    this.fence = fence;
    this.record = record;
  }

  /// Reads all that the cluster owns in few calls, so that what is as it should be costs none.
  public List<LoadBalancerKey> warmUp(ClusterId cluster) {
    var stamp = cache.stamp();
    var owned = provider.list(cluster);
    owned.forEach(seen -> cache.put(seen, stamp));
    return owned.stream().map(Observed::key).toList();
  }

  /// What is known of this key is out of date.
  public void outdated(LoadBalancerKey key) {
    cache.forget(key);
  }

  public void everythingOutdated() {
    cache.forgetAll();
  }

  /// Whether something of ours is known to be there.
  public boolean mayExist(LoadBalancerKey key) {
    return cache.mayExist(key);
  }

  /// One pass. Returns when to come again.
  ///
  /// @throws CloudException when a call failed; the pass can be repeated
  public Next reconcile(LoadBalancerKey key) {
    var members = Members.of(world.services(key), scope);
    if (members.left() > 0 && members.serve().isEmpty() && members.cleanUp().isEmpty()) {
      return Next.never();
    }
    var state =
        DesiredState.of(
            key,
            members.serve(),
            world.targets(),
            world.endpointNodes(members.serve()),
            provider.capabilities());
    if (state.frozen()) {
      report(members, new Outcome(new Phase.Blocked(), ingress(members), state.notes(), List.of()));
      return Next.whenFreed();
    }
    var stamp = cache.stamp();
    var cached = cache.get(key);
    var before = cached.orElseGet(() -> observe(key, stamp));
    var plan = provider.plan(state.desired(), before);
    if (cached.isPresent() && plan.notes().stream().anyMatch(Next::blocks)) {
      // What stands in the way may be gone since it was seen: nobody is refused from memory.
      before = observe(key, stamp);
      plan = provider.plan(state.desired(), before);
    }
    return carryOut(members, state, plan, before, stamp);
  }

  private Next carryOut(Members members, DesiredState state, Plan<A> plan, O before, long stamp) {
    var filtered = policy.filter(plan);
    announce(members, filtered.allowed(), before);
    var after = apply(filtered.allowed(), before, stamp);
    cleanUp(members, after);
    // What is true now, not what was before the actions: it decides what is told and when to look
    // again.
    var rest = plan.isEmpty() ? plan : provider.plan(state.desired(), after);
    var notes = new ArrayList<>(state.notes());
    notes.addAll(rest.notes());
    filtered.withheld().forEach(action -> notes.add(withheld(action)));
    var done = before.ingress().isEmpty() ? List.<String>of() : summaries(filtered.allowed());
    var phase = state.blocked() ? new Phase.Blocked() : phase(rest, filtered.withheld());
    report(members, new Outcome(phase, after.ingress(), notes, done));
    if (!filtered.withheld().isEmpty()) {
      explainWaiting(members, filtered.withheld().getFirst());
    }
    if (members.serve().isEmpty() && !after.exists()) {
      cache.forget(before.key());
    }
    return Next.of(rest, notes);
  }

  // A Service that is to go, and cannot, must say why.
  private void explainWaiting(Members members, A withheld) {
    for (var service : members.cleanUp()) {
      var outcome =
          new Outcome(
              new Phase.InProgress(withheld(withheld).text()),
              service.status().ingress(),
              List.of(withheld(withheld)),
              List.of());
      publisher.publish(service, ServiceReport.of(service, outcome));
    }
  }

  /// Tells the Services of a group that a pass failed.
  public void reportFailure(LoadBalancerKey key, Phase phase) {
    var members = Members.of(world.services(key), scope);
    report(members, new Outcome(phase, ingress(members), List.of(), List.of()));
  }

  private O observe(LoadBalancerKey key, long stamp) {
    var seen = provider.observe(key);
    cache.put(seen, stamp);
    return seen;
  }

  // Before anything is made, the Service must carry the finalizer: else it could vanish while its
  // load balancer stays.
  private void announce(Members members, Plan<A> plan, O before) {
    for (var service : members.serve()) {
      // Also when somebody took it off a Service whose load balancer is there.
      if (!service.hasFinalizer() && (before.exists() || !plan.isEmpty())) {
        publisher.addFinalizer(service);
        publisher.tell(
            service, List.of(EventText.normal(ServiceReport.ENSURING, "Ensuring load balancer")));
      }
    }
    if (members.serve().isEmpty() && !plan.isEmpty()) {
      members
          .cleanUp()
          .forEach(service ->
              publisher.tell(
                  service,
                  List.of(EventText.normal(ServiceReport.DELETING, "Deleting load balancer"))));
    }
  }

  private O apply(Plan<A> plan, O before, long stamp) {
    var seen = before;
    for (var action : plan.actions()) {
      var start = System.nanoTime();
      fence.check();
      try {
        seen = provider.apply(action, seen);
      } catch (CloudException e) {
        // Whether it was carried out is unknown: look before the next step.
        cache.forget(before.key());
        throw e;
      }
      cache.put(seen, stamp);
      record.applied(action, (System.nanoTime() - start) / 1_000_000);
      LOG.info("{}", action.summary());
    }
    return seen;
  }

  private void cleanUp(Members members, O after) {
    var stillNeeded = members.serve().isEmpty() && after.exists();
    if (stillNeeded) {
      return;
    }
    for (var service : members.cleanUp()) {
      publisher.removeFinalizer(service);
      publisher.tell(
          service, List.of(EventText.normal(ServiceReport.DELETED, "Deleted load balancer")));
    }
  }

  private void report(Members members, Outcome outcome) {
    for (var service : members.serve()) {
      publisher.publish(service, ServiceReport.of(service, outcome));
    }
  }

  private static List<Ingress> ingress(Members members) {
    return members.serve().stream()
        .findFirst()
        .map(ServiceView::status)
        .map(ServiceView.Status::ingress)
        .orElse(List.of());
  }

  private Phase phase(Plan<A> plan, List<A> withheld) {
    if (!withheld.isEmpty()) {
      return new Phase.InProgress(withheld(withheld.getFirst()).text());
    }
    return plan.await()
        .filter(_ -> plan.notes().stream().noneMatch(Next::blocks))
        .<Phase>map(await -> new Phase.InProgress(await.because()))
        .orElseGet(Phase.Done::new);
  }

  private static <A extends Action> List<String> summaries(Plan<A> plan) {
    return plan.actions().stream().map(Action::summary).toList();
  }

  private Note withheld(Action action) {
    return Note.warning(
        "ActionWithheld",
        "policy %s withholds: %s".formatted(policy, action.summary()),
        "set the policy to sync to allow it");
  }

  /// When a key comes again.
  ///
  /// @param after look again after this time, though nothing happened
  /// @param unserved whether something is missing that may become free
  public record Next(Optional<Duration> after, boolean unserved) {
    static Next never() {
      return new Next(Optional.empty(), false);
    }

    static Next whenFreed() {
      return new Next(Optional.empty(), true);
    }

    static <A extends Action> Next of(Plan<A> plan, List<Note> notes) {
      return new Next(
          plan.await().map(await -> await.after()), notes.stream().anyMatch(Next::blocks));
    }

    private static boolean blocks(Note note) {
      return note.severity() == Note.Severity.BLOCKING;
    }
  }
}
