// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import static dev.fairway.openstack.plan.OpenStackPlanner.join;

import dev.fairway.cloud.plan.Effect;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.model.Abilities;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.spec.Exposure;
import dev.fairway.openstack.spec.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which load balancer serves a half of a group: there may be none, one, or one that takes the
/// place of another.
final class Succession {
  private final Pass pass;
  private final Spec spec;
  private final OpenStackObserved seen;
  private final Map<String, Children> quietly;
  private final List<Balancer> mine;

  Succession(Pass pass, Spec spec) {
    this.pass = pass;
    this.spec = spec;
    this.seen = pass.seen();
    var all =
        seen.balancers().stream()
            .filter(balancer -> balancer.owned() && balancer.half() == spec.half())
            .toList();
    this.quietly =
        all.stream()
            .collect(Collectors.toMap(Balancer::id, one -> new Children(pass.quiet(), spec, one)));
    this.mine = all.stream().sorted(best()).toList();
  }

  // What serves comes first, and most of what is wanted, then what is as it should be, then what
  // clients know already.
  private Comparator<Balancer> best() {
    return Comparator.comparingInt(Succession::rank)
        .thenComparingLong(this::lacks)
        .thenComparing(balancer -> !fits(balancer))
        .thenComparing(balancer -> !isLedTo(balancer))
        .thenComparing(Balancer::id);
  }

  private static int rank(Balancer balancer) {
    if (balancer.goingAway()) {
      return 3;
    }
    if (balancer.broken()) {
      return 2;
    }
    return balancer.beingMade() ? 1 : 0;
  }

  // How much of it is not there: it may be made call by call, and closed where it cannot be
  // narrowed.
  private long lacks(Balancer balancer) {
    return children(balancer).missing();
  }

  private Children children(Balancer balancer) {
    return Objects.requireNonNull(quietly.get(balancer.id()));
  }

  private boolean fits(Balancer balancer) {
    return Frames.differences(spec.frame(), balancer).isEmpty();
  }

  Course course() {
    var leader = mine.stream().filter(balancer -> !balancer.goingAway()).findFirst();
    return leader
        .map(this::led)
        .orElseGet(() -> Course.of(Adoption.of(pass, spec).orElseGet(this::create)));
  }

  private Steps create() {
    // Its address is free again only when the one before is gone.
    if (mine.stream().anyMatch(balancer -> balancer.goingAway())
        && (spec.exposure() instanceof Exposure.Internal
            || spec.frame().vip().port().isPresent())) {
      return Steps.await("the load balancer before is being deleted");
    }
    return Steps.of(creation(Set.of()))
        .then(
            Abilities.activeMeansDone(spec.frame().provider())
                ? new Addressing(pass, spec).of(Optional.empty())
                : Steps.NONE)
        .then(Steps.await("Octavia makes the load balancer"));
  }

  private OpenStackAction creation(Set<String> besides) {
    return new OpenStackAction.CreateBalancer(
        spec.half(),
        pass.names().balancer(pass.key()),
        pass.names().description(pass.key()),
        spec.frame(),
        Frames.preferred(spec, pass.desired(), seen.around()),
        pass.setup().options().serialCalls()
            ? List.of()
            : spec.listeners().stream().map(pass::tagged).toList(),
        pass.tagsOf(spec),
        besides);
  }

  private Course led(Balancer leader) {
    var others = mine.stream().filter(other -> !other.equals(leader)).toList();
    if (leader.broken()) {
      return Course.of(heal(leader, others));
    }
    var children = new Children(pass, spec, leader);
    var addressing = addressing(leader, others, children.closing()).then(served(leader));
    var closing = closing(others);
    var rest = children.rest().then(tagging(leader));
    var replacement = replacement(leader, others);
    if (leader.pending() || leader.unfinished()) {
      Stuck.tell(pass, leader);
    }
    if (leader.beingMade()
        || (leader.pending() && !join(children.closing(), rest, replacement).equals(Steps.NONE))) {
      return course(
          closing,
          addressing,
          Steps.await(
              "Octavia is at work on the load balancer (%s)".formatted(leader.provisioning())),
          growth(leader, others));
    }
    // What is yet to be made may fail for long, and clients need not wait for it where they are.
    var atOnce = lacks(leader) > 0 && others.stream().anyMatch(this::isLedTo) && floating();
    return course(
        join(children.closing(), closing),
        atOnce ? Steps.NONE : addressing,
        atOnce ? addressing.then(rest) : rest,
        replacement,
        growth(leader, others),
        retire(leader, others, addressing));
  }

  // Clients may still come by those that do not lead.
  private Steps closing(List<Balancer> others) {
    return others.stream()
        .filter(Balancer::active)
        .map(other -> children(other).closing())
        .reduce(Steps.NONE, Steps::then);
  }

  // What takes over gets what it lacks, while the other one serves on.
  private Steps growth(Balancer leader, List<Balancer> others) {
    return others.stream()
        .filter(other -> takesOver(other, leader) && other.active())
        .map(other -> new Children(pass, spec, other).rest())
        .reduce(Steps.NONE, Steps::then);
  }

  private boolean takesOver(Balancer other, Balancer leader) {
    return !fits(leader) && spec.makeBeforeBreak() && comes(other);
  }

  // An internal one only has addresses taken away, which closes something. An external one may wait
  // long for an address, so that comes after all that is on it; and what clients use is taken from
  // them only when they can have the other.
  private Course course(Steps closing, Steps addressing, Steps rest, Steps... later) {
    return spec.exposure() instanceof Exposure.Internal
        ? new Course(join(closing, addressing), join(rest, join(later)))
        : new Course(closing, join(rest, addressing, join(later)));
  }

  private Steps addressing(Balancer leader, List<Balancer> others, Steps closing) {
    var notYet = leader.beingMade() && !Abilities.activeMeansDone(leader.provider());
    if (ledOverLater(leader, others) || notYet) {
      return Steps.NONE;
    }
    if (floating() && leader.unfinished() && !isLedTo(leader)) {
      return Stuck.await(pass, leader);
    }
    return floating() && mayBeTooWide(leader, closing)
        ? Steps.await("nobody is led to a listener that Octavia may be making smaller")
        : new Addressing(pass, spec).of(Optional.of(leader));
  }

  // Clients stay with what serves them until they find at least as much in the other place.
  private boolean ledOverLater(Balancer leader, List<Balancer> others) {
    var now = others.stream().filter(this::isLedTo).toList();
    return !now.isEmpty()
        && (leader.beingMade()
            || (lacks(leader) > 0
                && (!leader.serving()
                    || now.stream().anyMatch(other -> servesAsMuch(other, leader)))));
  }

  private boolean servesAsMuch(Balancer other, Balancer leader) {
    return other.serving() && !other.broken() && lacks(other) <= lacks(leader);
  }

  private boolean isLedTo(Balancer balancer) {
    return !seen.leadingTo(balancer).isEmpty();
  }

  private boolean floating() {
    return spec.exposure() instanceof Exposure.Floating;
  }

  // Its address is shown when the first part of it is done.
  private Steps served(Balancer leader) {
    if (leader.serving()) {
      return Steps.NONE;
    }
    if (leader.unfinished()) {
      return Stuck.await(pass, leader);
    }
    return leader.pending() ? Steps.await("Octavia makes what clients are let in by") : Steps.NONE;
  }

  private boolean mayBeTooWide(Balancer leader, Steps closing) {
    return !isLedTo(leader)
        && (!closing.equals(Steps.NONE) || (leader.pending() && !leader.beingMade()));
  }

  private Steps tagging(Balancer leader) {
    var tags = Tags.merged(leader.tags(), pass.tagsOf(spec));
    return tags.equals(leader.tags())
        ? Steps.NONE
        : Steps.of(new OpenStackAction.SetTags(leader.id(), tags));
  }

  private Steps replacement(Balancer leader, List<Balancer> others) {
    var differences = Frames.differences(spec.frame(), leader);
    if (differences.isEmpty() || others.stream().anyMatch(this::comes)) {
      return Steps.NONE;
    }
    var shared = !new Parts(pass.key(), pass.setup(), leader).mayGoWhole();
    if (spec.makeBeforeBreak() && spec.exposure() instanceof Exposure.Floating && !shared) {
      var troubles = seen.troublesOf(leader);
      // The leader itself may have been made just now.
      var pause =
          troubles.remadeAt().size() > 1 ? Healing.pause(troubles, seen.at()) : Duration.ZERO;
      return pause.isPositive()
          ? Steps.await(pause, "a load balancer that failed is made anew only so often")
          : Steps.of(creation(ids()));
    }
    pass.notes()
        .add(
            Note.warning(
                "RequiresReplacement",
                "Octavia cannot change %s of a load balancer that is there"
                    .formatted(String.join(", ", differences)),
                "go back to what it was, or let a new load balancer take its place: set annotation"
                    + " fairway.dev/openstack-replace to make-before-break (external ones keep"
                    + " their floating IP), or delete and create the Service"));
    return Steps.NONE;
  }

  private Set<String> ids() {
    return mine.stream().map(Balancer::id).collect(Collectors.toUnmodifiableSet());
  }

  // It will take the leader's place when it serves.
  private boolean comes(Balancer other) {
    return !other.goingAway() && !other.broken() && fits(other);
  }

  private Steps retire(Balancer leader, List<Balancer> others, Steps addressing) {
    if (leader.beingMade()) {
      return Steps.NONE;
    }
    var actions = new ArrayList<OpenStackAction>();
    var steps = Steps.NONE;
    for (var other : others) {
      if (takesOver(other, leader)) {
        steps = steps.then(Steps.await("Octavia makes the load balancer that takes over"));
      } else if (children(leader).unmade() > 0) {
        steps = steps.then(Steps.await("what takes over has yet to get all that is wanted"));
      } else if (isUsed(other, addressing)) {
        steps = steps.then(Steps.await("clients still come by the load balancer that is replaced"));
      } else if (!new Parts(pass.key(), pass.setup(), other).mayGoWhole()) {
        steps = steps.then(Teardown.remove(other, seen, pass.setup()));
      } else if (other.active() || other.broken()) {
        actions.add(
            new OpenStackAction.DeleteBalancer(
                other.id(), other.name(), Effect.DELETE, "which " + leader.id() + " replaces"));
      } else {
        steps = steps.then(Steps.await("a load balancer that was replaced goes away"));
      }
    }
    return Steps.of(actions).then(steps);
  }

  // A floating IP leads to it, and is not led away before it goes.
  private boolean isUsed(Balancer other, Steps addressing) {
    return spec.exposure() instanceof Exposure.Floating
        && seen.leadingTo(other).stream()
            .anyMatch(ip ->
                addressing.actions().stream()
                    .noneMatch(action ->
                        switch (action) {
                          case OpenStackAction.LeadFloatingIp lead -> lead.id().equals(ip.id());
                          case OpenStackAction.DetachFloatingIp off -> off.id().equals(ip.id());
                          case OpenStackAction.DeleteFloatingIp gone -> gone.id().equals(ip.id());
                          default -> false;
                        }));
  }

  private Steps heal(Balancer leader, List<Balancer> others) {
    // Of several that failed, the one that clients know is kept until another serves.
    var failed =
        others.stream()
            .filter(Balancer::broken)
            .map(other ->
                new OpenStackAction.DeleteBalancer(
                    other.id(), other.name(), Effect.DELETE, "which is in ERROR"))
            .toList();
    return Steps.of(failed)
        .then(
            others.isEmpty()
                ? new Healing(pass, spec, leader).steps(() -> creation(ids()))
                : Steps.await("a load balancer that failed is being deleted"));
  }
}
