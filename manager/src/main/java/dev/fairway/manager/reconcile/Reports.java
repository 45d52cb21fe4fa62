// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.cloud.plan.PlanPolicy;
import dev.fairway.manager.desired.DesiredState;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.Share;
import dev.fairway.manager.desired.ShareKey;
import dev.fairway.manager.report.Outcome;
import dev.fairway.manager.report.Outcome.Phase;
import dev.fairway.manager.report.ServiceReport;
import dev.fairway.manager.report.StatusChange.EventText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Tells each Service of a group how a pass went for it.
final class Reports {
  private final Publisher publisher;
  private final PlanPolicy policy;

  Reports(Publisher publisher, PlanPolicy policy) {
    this.publisher = publisher;
    this.policy = policy;
  }

  /// Before anything is made, the Service must carry the finalizer: else it could vanish while its
  /// load balancer stays.
  void begin(Members members, DesiredState state, boolean exists, boolean acts) {
    for (var share : state.shares()) {
      // Also when somebody took it off a Service whose load balancer is there.
      if (share.admitted() && !share.service().hasFinalizer() && (exists || acts)) {
        publisher.addFinalizer(share.service(), state.desired().key());
        tell(share.service(), EventText.normal(ServiceReport.ENSURING, "Ensuring load balancer"));
      }
    }
    if (members.serve().isEmpty() && acts) {
      members
          .cleanUp()
          .forEach(service ->
              tell(service, EventText.normal(ServiceReport.DELETING, "Deleting load balancer")));
    }
  }

  void cleanedUp(Members members) {
    for (var service : members.cleanUp()) {
      publisher.removeFinalizer(service);
      tell(service, EventText.normal(ServiceReport.DELETED, "Deleted load balancer"));
    }
  }

  void moved(Members members) {
    members.leaving().forEach(service -> publisher.move(service, ShareKey.wishedBy(service)));
  }

  <O extends Observed, A extends Action> void end(
      Members members, Preview<O, A> preview, O after, Plan<A> rest) {
    var done =
        preview.before().ingress().isEmpty() && !preview.repairs()
            ? List.<String>of()
            : preview.plan().actions().stream().map(Action::summary).toList();
    for (var share : preview.state().shares()) {
      var notes = new ArrayList<>(share.notes());
      if (share.admitted()) {
        notes.addAll(rest.notes());
        preview.withheld().forEach(action -> notes.add(withheld(action)));
      }
      var phase = share.blocked() ? new Phase.Blocked() : phase(rest, preview.withheld());
      publish(
          share,
          new Outcome(
              phase,
              share.ingress(after.ingress()),
              ports(share, after.key()),
              notes,
              share.admitted() ? done : List.of(),
              preview.repairs()));
    }
    if (after.exists() && members.serve().isEmpty()) {
      preview.withheld().stream()
          .limit(1)
          .map(this::withheld)
          .forEach(note ->
              members
                  .cleanUp()
                  .forEach(service ->
                      whileLeaving(service, new Phase.InProgress(note.text()), List.of(note))));
    }
  }

  // Without errors, and alone, a Service is served on all of its ports: that needs no saying.
  private static List<ServiceView.PortStatus> ports(Share share, LoadBalancerKey key) {
    var shared = key.kind() == LoadBalancerKey.Kind.SHARED;
    return shared || share.ports().stream().anyMatch(port -> port.error().isPresent())
        ? share.ports()
        : List.of();
  }

  /// Nothing was touched: what each has, it keeps, as long as it is there.
  void frozen(DesiredState state, List<Ingress> there) {
    for (var share : state.shares()) {
      var status = share.service().status();
      publish(
          share,
          new Outcome(
              new Phase.Blocked(),
              share.admitted() ? share.ingress(there) : status.ingress(),
              status.ports(),
              share.notes(),
              List.of(),
              false));
    }
  }

  void failed(Members members, DesiredState state, Phase phase) {
    state
        .shares()
        .forEach(
            share -> publish(share, asItIs(share, share.blocked() ? new Phase.Blocked() : phase)));
    members.leaving().forEach(service -> whileLeaving(service, phase, List.of()));
    members.cleanUp().forEach(service -> whileLeaving(service, phase, List.of()));
  }

  private static Outcome asItIs(Share share, Phase phase) {
    return asItIs(share.service(), phase, share.notes());
  }

  private static Outcome asItIs(ServiceView service, Phase phase, List<Note> notes) {
    var status = service.status();
    return new Outcome(phase, status.ingress(), status.ports(), notes, List.of(), false);
  }

  // A Service that is to go, and cannot, must say why.
  private void whileLeaving(ServiceView service, Phase phase, List<Note> notes) {
    publisher.publish(service, ServiceReport.of(service, asItIs(service, phase, notes)));
  }

  private <A extends Action> Phase phase(Plan<A> plan, List<A> withheld) {
    if (!withheld.isEmpty()) {
      return new Phase.InProgress(withheld(withheld.getFirst()).text());
    }
    return plan.await()
        .filter(_ -> plan.notes().stream().noneMatch(Reconciler.Next::blocks))
        .<Phase>map(await -> new Phase.InProgress(await.because()))
        .orElseGet(Phase.Done::new);
  }

  private Note withheld(Action action) {
    return Note.warning(
        "ActionWithheld",
        "policy %s withholds: %s".formatted(policy, action.summary()),
        "set the policy to sync to allow it");
  }

  private void publish(Share share, Outcome outcome) {
    publisher.publish(share.service(), ServiceReport.of(share.service(), outcome));
  }

  private void tell(ServiceView service, EventText... texts) {
    publisher.tell(service, Stream.of(texts).toList());
  }
}
