// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.Observed;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.cloud.plan.PlanPolicy;
import dev.fairway.manager.desired.DesiredState;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.report.Outcome.Phase;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one load balancer group from what is to what should be: desired, observe, plan, apply,
/// report.
///
/// Called for one key by one thread at a time. Keeps nothing but the cache and what it knows of
/// orphans, so a new one after a restart goes on where the old one stopped.
///
/// @param <O> what the provider observes
/// @param <A> its actions
public final class Reconciler<O extends Observed, A extends Action> {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final CloudProvider<O, A> provider;
  private final ServiceScope scope;
  private final PlanPolicy policy;
  private final World world;
  private final Fence fence;
  private final Journal journal;
  private final Orphans orphans;
  private final Reports reports;
  private final ObservedCache<O> cache = new ObservedCache<>();
  private final Set<LoadBalancerKey> drifted = ConcurrentHashMap.newKeySet();

  /// Is told of what was done.
  public interface Journal {
    /// An action was carried out, in this time.
    void applied(Action action, long tookMillis);

    /// What somebody else had changed was mended.
    void repaired(LoadBalancerKey key);

    /// What no Service claimed was deleted.
    void orphanDeleted(LoadBalancerKey key);
  }

  public Reconciler(
      CloudProvider<O, A> provider,
      ServiceScope scope,
      PlanPolicy policy,
      World world,
      Publisher publisher,
      Fence fence,
      Orphans orphans,
      Journal journal) {
    this.provider = provider;
    this.scope = scope;
    this.policy = policy;
    this.world = world;
    this.fence = fence;
    this.orphans = orphans;
    this.journal = journal;
    this.reports = new Reports(publisher, policy);
  }

  /// Reads all that the cluster owns in few calls, so that what is as it should be costs none.
  /// Returns the keys.
  public List<LoadBalancerKey> warmUp(ClusterId cluster) {
    var stamp = cache.stamp();
    var owned = provider.list(cluster);
    owned.forEach(seen -> cache.put(seen, stamp));
    return owned.stream().map(Observed::key).toList();
  }

  /// Looks at everything again, and returns the keys that have to be reconciled: those that are not
  /// as they were, and those that no Service claims.
  ///
  /// @throws CloudException when the look failed
  public List<LoadBalancerKey> audit(ClusterId cluster) {
    var stamp = cache.stamp();
    var different = cache.compare(provider.list(cluster), stamp);
    var keys = new LinkedHashSet<>(different);
    keys.addAll(unclaimed());
    return List.copyOf(keys);
  }

  /// The keys of what exists and no Service claims.
  public List<LoadBalancerKey> unclaimed() {
    return cache.existing().stream()
        .map(Observed::key)
        .filter(key -> members(key).nobody())
        .sorted()
        .toList();
  }

  /// What is known of this key is out of date.
  public void outdated(LoadBalancerKey key) {
    cache.outdated(key);
  }

  public void everythingOutdated() {
    cache.allOutdated();
  }

  /// Whether something of ours is known to be there.
  public boolean mayExist(LoadBalancerKey key) {
    return cache.mayExist(key);
  }

  /// Whether a Service of ours belongs to this key, be it one that is going away.
  public boolean claimed(LoadBalancerKey key) {
    return !members(key).nobody();
  }

  /// What should be.
  public DesiredState desired(LoadBalancerKey key) {
    return state(key, members(key));
  }

  /// What was seen last, while nobody said that it is out of date.
  public Optional<O> seen(LoadBalancerKey key) {
    return cache.get(key);
  }

  /// What was seen last, out of date or not.
  public Optional<O> believed(LoadBalancerKey key) {
    return cache.believed(key);
  }

  /// One pass. Returns when to come again.
  ///
  /// @throws CloudException when a call failed; the pass can be repeated
  public Next reconcile(LoadBalancerKey key) {
    var members = members(key);
    if (members.nobody()) {
      return clear(key, members);
    }
    orphans.settled(key);
    var state = state(key, members);
    var stamp = cache.stamp();
    if (state.frozen()) {
      reports.frozen(state, cache.get(key).orElseGet(() -> observe(key, stamp)).ingress());
      return Next.whenFreed();
    }
    return carryOut(members, preview(state, cache.get(key), () -> observe(key, stamp)), stamp);
  }

  private Members members(LoadBalancerKey key) {
    return Members.of(key, world.services(key), scope);
  }

  private DesiredState state(LoadBalancerKey key, Members members) {
    return DesiredState.of(
        key,
        members.serve(),
        cache.believed(key).map(Observed::ingress).orElse(List.of()),
        world.backends(),
        world,
        provider.capabilities());
  }

  /// What a pass would do for a state that is not frozen. Changes nothing, and calls nobody but
  /// `look`.
  ///
  /// @param known what was seen last
  /// @param look asks the cloud; called when nothing is known, and when what is known is about to
  ///   be a reason to wait or to refuse something
  public Preview<O, A> preview(DesiredState state, Optional<O> known, Supplier<O> look) {
    var expected = cache.expected(state.desired().key());
    var before = known.orElseGet(look);
    var plan = plan(state.desired(), before);
    if (known.isPresent()
        && (plan.await().isPresent() || plan.notes().stream().anyMatch(Next::blocks))) {
      // What is waited for may have come, and what stands in the way may be gone since it was seen:
      // nobody waits or is refused from memory.
      before = look.get();
      plan = plan(state.desired(), before);
    }
    var filtered = policy.filter(plan);
    return new Preview<>(
        state,
        before,
        filtered.allowed(),
        filtered.withheld(),
        drift(state, expected, before, plan));
  }

  private Plan<A> plan(Desired desired, O seen) {
    var plan = provider.plan(desired, seen);
    provider.noted(desired.key(), plan.notes());
    return plan;
  }

  // With what was expected there was nothing to do, and now there is, because of what somebody did
  // to what we own.
  private boolean drift(DesiredState state, Optional<O> expected, O now, Plan<A> plan) {
    return !plan.isEmpty()
        && (drifted.contains(now.key())
            || expected
                .filter(old -> !old.equals(now))
                .map(old -> provider.plan(state.desired(), old).isEmpty())
                .orElse(false));
  }

  private Next carryOut(Members members, Preview<O, A> preview, long stamp) {
    var state = preview.state();
    var before = preview.before();
    reports.begin(members, state, before.exists(), !preview.plan().isEmpty());
    if (preview.repairs()) {
      // A repair that takes several passes is still one.
      drifted.add(before.key());
    }
    var after = apply(preview.plan(), before, stamp);
    drifted.remove(before.key());
    if (preview.repairs() && !preview.plan().isEmpty()) {
      journal.repaired(before.key());
    }
    // What is true now, not what was before the actions: it decides what is told and when to look
    // again.
    var rest =
        preview.changesNothing() ? preview.plan() : rest(state.desired(), preview.plan(), after);
    var done = rest.isEmpty() && rest.await().isEmpty();
    var nothingLeft = !after.exists() || (done && !members.serve().isEmpty());
    if (nothingLeft) {
      reports.cleanedUp(members);
    }
    if (nothingLeft || policy == PlanPolicy.NO_DELETE) {
      reports.moved(members);
    }
    reports.end(members, preview, after, rest);
    if (members.serve().isEmpty() && !after.exists()) {
      forget(before.key());
    }
    return Next.of(rest, state.notes());
  }

  // A plan that was carried out leaves nothing to do. Where it did, somebody else was at it too.
  private Plan<A> rest(Desired desired, Plan<A> done, O after) {
    var rest = plan(desired, after);
    if (!done.isEmpty() && rest.await().isEmpty() && !policy.filter(rest).allowed().isEmpty()) {
      throw new CloudException.Conflict(
          "still to do after all was done: " + rest.actions().getFirst().summary(), null);
    }
    return rest;
  }

  // Nobody claims it. What a Service has let go of goes; the rest is an orphan.
  private Next clear(LoadBalancerKey key, Members members) {
    if (!cache.mayExist(key)) {
      return forget(key);
    }
    var stamp = cache.stamp();
    var seen = cache.get(key).orElseGet(() -> observe(key, stamp));
    if (!seen.exists()) {
      return forget(key);
    }
    var letGo = members.letGoOf(seen);
    if (isOrphan(seen, members)) {
      orphans.found(seen);
    }
    if (!letGo && !orphans.mayGo(key)) {
      return orphans.due(key).map(Next::in).orElseGet(Next::never);
    }
    var plan = policy.filter(provider.plan(new Desired.Absent(key), seen)).allowed();
    var after = apply(plan, seen, stamp);
    if (after.exists()) {
      return Next.of(rest(new Desired.Absent(key), plan, after), List.of());
    }
    if (!letGo) {
      journal.orphanDeleted(key);
    }
    return forget(key);
  }

  /// Whether this is there though no Service is there that it could be of.
  public boolean isOrphan(O seen) {
    return isOrphan(seen, members(seen.key()));
  }

  private boolean isOrphan(O seen, Members members) {
    return seen.exists()
        && members.nobody()
        && !members.letGoOf(seen)
        && !members.shownBySomebody(seen);
  }

  // Nothing is there, and nobody wants anything there.
  private Next forget(LoadBalancerKey key) {
    cache.drop(key);
    orphans.settled(key);
    drifted.remove(key);
    provider.noted(key, List.of());
    return Next.never();
  }

  /// Tells the Services of a group that a pass failed.
  public void reportFailure(LoadBalancerKey key, Phase phase) {
    var members = members(key);
    reports.failed(members, state(key, members), phase);
  }

  /// How many load balancers something is kept of.
  int remembered() {
    return cache.size() + drifted.size();
  }

  private O observe(LoadBalancerKey key, long stamp) {
    var seen = provider.observe(key);
    cache.put(seen, stamp);
    return seen;
  }

  private O apply(Plan<A> plan, O before, long stamp) {
    var seen = before;
    for (var action : plan.actions()) {
      var start = System.nanoTime();
      fence.check();
      try {
        seen = provider.apply(action, seen);
      } catch (RuntimeException | Error e) {
        // Whether it was carried out is unknown: look before the next step.
        cache.inDoubt(before.key());
        throw e;
      }
      cache.put(seen, stamp);
      journal.applied(action, (System.nanoTime() - start) / 1_000_000);
      LOG.info("{}", action.summary());
    }
    return seen;
  }

  /// When a key comes again.
  ///
  /// @param after look again after this time, though nothing happened
  /// @param unserved whether something is missing that may become free
  public record Next(Optional<Duration> after, boolean unserved) {
    static Next never() {
      return new Next(Optional.empty(), false);
    }

    static Next in(Duration delay) {
      return new Next(Optional.of(delay), false);
    }

    static Next whenFreed() {
      return new Next(Optional.empty(), true);
    }

    static <A extends Action> Next of(Plan<A> plan, List<Note> notes) {
      return new Next(
          plan.await().map(await -> await.after()),
          plan.notes().stream().anyMatch(Next::blocks) || notes.stream().anyMatch(Next::blocks));
    }

    static boolean blocks(Note note) {
      return note.severity() == Note.Severity.BLOCKING;
    }
  }
}
