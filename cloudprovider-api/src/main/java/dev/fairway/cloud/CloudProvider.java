// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import java.util.List;

/// A place where load balancers are made: five methods (a sixth answers questions, a seventh may be
/// told what planning found), of which one decides ([#plan], pure) and one writes ([#apply], one
/// step). There is no method to create, update or delete: those are plans.
///
/// The controller calls at most one of [#observe] and [#apply] for the same key at a time, and
/// different keys in parallel. Every method may be called from any thread, virtual ones included;
/// none may wait for the cloud to finish something: that is what [Plan#await] is for.
///
/// A provider proves that it keeps the contract by extending `CloudProviderConformance` of the
/// testkit.
///
/// @param <O> what this provider sees of one load balancer
/// @param <A> the sealed hierarchy of its actions
public interface CloudProvider<O extends Observed, A extends Action> extends AutoCloseable {

  /// What the provider can do. Constant; calls nothing.
  Capabilities capabilities();

  /// All that a cluster owns, and nothing of any other: `cluster` is always the one that the
  /// provider was made for ([ProviderContext#cluster]). One element a key, in as few calls as the
  /// cloud allows. Serves warm start, drift, orphans. Read-only.
  ///
  /// @throws CloudException of any kind but Rejected
  List<O> list(ClusterId cluster);

  /// One load balancer as it is now. Read-only. When nothing is there, the answer's
  /// [Observed#exists] is false.
  ///
  /// @throws CloudException of any kind but Rejected
  O observe(LoadBalancerKey key);

  /// The same for people who ask why something does not work: with all that the cloud can tell,
  /// such as the health of each target, though it may cost calls that are not needed for planning.
  /// Read-only.
  ///
  /// @throws CloudException of any kind but Rejected
  default O inspect(LoadBalancerKey key) {
    return observe(key);
  }

  /// The steps from what was seen to what should be. Pure: no call, no clock, no log, no
  /// randomness; equal arguments give equal plans. Brings `desired` into the cloud's canonical form
  /// before it compares, so that no difference is eternal. Findings about the user's input become
  /// notes. For [Desired.Absent] it takes away all that is owned.
  Plan<A> plan(Desired desired, O seen);

  /// Is told the notes of each plan that counts, before the next look: a provider may then look for
  /// what the plan missed, which [#plan] must not remember. Returns at once and calls nothing.
  default void noted(LoadBalancerKey key, List<Note> notes) {}

  /// Carries out one action and returns what is there now. Idempotent: when the effect is there
  /// already, as after a crash or a lost answer, that is success.
  ///
  /// @param seen what the action was planned from, or what the action before it returned
  /// @throws CloudException of any kind; the action may then have been carried out or not
  O apply(A action, O seen);

  /// Ends background work. Leaves everything in the cloud as it is.
  @Override
  void close();
}
