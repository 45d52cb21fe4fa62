// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.spec.Half;
import dev.fairway.openstack.spec.Spec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Listeners on a load balancer that is somebody else's. It itself, and its addresses, are theirs.
final class Attachment {
  private final Pass pass;
  private final Spec spec;
  private final OpenStackObserved seen;

  private Attachment(Pass pass, Spec spec) {
    this.pass = pass;
    this.spec = spec;
    this.seen = pass.seen();
  }

  /// The steps, if the group is to be on a load balancer that is not its own.
  static Optional<Course> of(Pass pass, Spec spec) {
    return spec.attach().flatMap(text -> new Attachment(pass, spec).to(text));
  }

  /// What the group was on before lets in nobody that it should not any more, also while the new
  /// place is not ready. All else about it stays as it was.
  static Steps closing(Pass pass) {
    return before(pass).stream()
        .filter(Balancer::active)
        .map(balancer -> new Children(pass.quiet(), specOf(pass, balancer), balancer).closing())
        .reduce(Steps.NONE, Steps::then);
  }

  /// Takes what is left where the group was before, now that it is served in its new place.
  static Steps left(Pass pass) {
    var seen = pass.seen();
    var before = before(pass);
    if (before.isEmpty()
        || pass.notes().stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING)) {
      return Steps.NONE;
    }
    if (seen.balancers().stream().anyMatch(one -> one.pending() && !before.contains(one))) {
      return Steps.await("what serves now has to be done before what served until now goes");
    }
    return before.stream()
        .map(balancer -> Teardown.withAddress(balancer, seen, pass.setup()))
        .reduce(Steps.NONE, Steps::then);
  }

  private static List<Balancer> before(Pass pass) {
    var places = pass.specs().stream().flatMap(spec -> spec.attach().stream()).toList();
    return pass.seen().balancers().stream()
        .filter(balancer -> !balancer.goingAway())
        .filter(balancer -> !places.contains(balancer.id()) && !places.contains(balancer.name()))
        .filter(balancer -> !balancer.owned() || movedFrom(pass, balancer))
        .toList();
  }

  private static boolean movedFrom(Pass pass, Balancer own) {
    return pass.specs().stream()
        .filter(spec -> spec.half() == own.half())
        .map(spec -> new Attachment(pass, spec))
        .anyMatch(one -> one.spec.attach().map(one::found).filter(one::elsewhere).isPresent());
  }

  private boolean elsewhere(List<Balancer> found) {
    return found.size() == 1 && !own(found.getFirst());
  }

  private static Spec specOf(Pass pass, Balancer balancer) {
    return pass.specs().stream()
        .filter(spec -> spec.half() == balancer.half())
        .findFirst()
        .orElse(pass.specs().getFirst());
  }

  private Optional<Course> to(String text) {
    var found = found(text);
    if (found.size() > 1) {
      return Optional.of(
          blocked(
              "AmbiguousLoadBalancer",
              "%d load balancers have the name '%s'".formatted(found.size(), text),
              "name one by its id"));
    }
    return found.isEmpty() ? notFound(text) : attach(found.getFirst());
  }

  private List<Balancer> found(String text) {
    return seen.around().balancers().values().stream()
        .filter(balancer -> balancer.id().equals(text) || balancer.name().equals(text))
        .sorted(Comparator.comparing(Balancer::id))
        .toList();
  }

  // The present controller writes the annotation itself. When clients have been given an address
  // already, what it names was our own once.
  private Optional<Course> notFound(String text) {
    if (!seen.balancers().isEmpty() || !pass.desired().addresses().preferred().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        blocked(
            "LoadBalancerNotFound",
            "there is no load balancer '%s' in this project".formatted(text),
            "write the id of one that is there, or remove the annotation to get one of your own"));
  }

  private boolean own(Balancer target) {
    var owner = pass.tags().owner(target.tags());
    return target.name().equals(pass.names().balancer(pass.key()))
        && (owner.isEmpty() || owner.equals(Optional.of(pass.key())));
  }

  private Optional<Course> attach(Balancer target) {
    if (own(target)) {
      return Optional.empty();
    }
    if (spec.half() != Half.MAIN) {
      return Optional.of(Course.of(Steps.NONE)); // the one that is there serves both families
    }
    var there = seen.balancer(target.id()).orElse(target);
    if (there.graph().isEmpty()) {
      return Optional.of(
          Course.of(
              Steps.of(new OpenStackAction.LookAt(target.id(), target.name()))
                  .then(Steps.await("what is on the load balancer has to be known"))));
    }
    var parts = new Parts(pass.key(), pass.setup(), there);
    var most = pass.setup().options().maxSharedLb();
    if (parts.listeners().isEmpty() && parts.others() >= most) {
      return Optional.of(
          blocked(
              "SharedLoadBalancerFull",
              "%d Services share load balancer %s already".formatted(parts.others(), target.id()),
              "use another one, or raise max-shared-lb, which is %d".formatted(most)));
    }
    if (there.broken()) {
      return Optional.of(
          blocked(
              "LoadBalancerInError",
              "load balancer %s, which is not ours, is in ERROR".formatted(target.id()),
              "ask its owner to mend it"));
    }
    return Optional.of(
        claimable(there) ? Course.of(claim(there)) : new Children(pass, spec, there).course());
  }

  // The present controller tags listeners with the name that the Service's own load balancer would
  // have.
  private boolean claimable(Balancer there) {
    var theirName = pass.names().balancer(pass.key());
    return there.graph().stream()
        .flatMap(graph -> graph.listeners().stream())
        .anyMatch(
            listener -> listener.tags().contains(theirName) && !Tags.anybodys(listener.tags()));
  }

  private Steps claim(Balancer target) {
    return Steps.of(new OpenStackAction.ClaimParts(target.id(), pass.names().balancer(pass.key())))
        .then(Steps.await("the listeners that are there are taken over"));
  }

  private Course blocked(String code, String message, String fix) {
    pass.notes().add(Note.blocking(code, message, fix));
    return Course.of(Steps.NONE);
  }
}
