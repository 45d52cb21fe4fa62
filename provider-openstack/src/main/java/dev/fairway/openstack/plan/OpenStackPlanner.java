// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.spec.Half;
import dev.fairway.openstack.spec.Spec;
import dev.fairway.openstack.spec.SpecReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides the steps from what is seen at OpenStack to what should be. Pure.
///
/// Octavia takes one change of a load balancer at a time, and is at work on each for a while. Plans
/// hold all steps all the same; who carries them out is told to come again when it is the next
/// one's turn.
public final class OpenStackPlanner {
  private final Setup setup;

  public OpenStackPlanner(Setup setup) {
    this.setup = setup;
  }

  public Plan<OpenStackAction> plan(Desired desired, OpenStackObserved seen) {
    if (seen.balancers().stream().anyMatch(balancer -> unread(balancer))) {
      var plan = Steps.await(Duration.ofSeconds(1), "what is on the load balancer has to be read");
      return new Plan<>(plan.actions(), List.of(), plan.await());
    }
    return switch (desired) {
      case Desired.Present present -> present(present, seen);
      case Desired.Absent _ -> planOf(Teardown.of(seen, setup), List.of());
    };
  }

  private static boolean unread(Balancer balancer) {
    return !balancer.goingAway() && !balancer.read();
  }

  private Plan<OpenStackAction> present(Desired.Present desired, OpenStackObserved seen) {
    var reading =
        SpecReader.read(desired, setup.options(), setup.classes(), seen.around(), standing(seen));
    var notes = new ArrayList<Note>(reading.notes());
    if (reading.specs().isEmpty()) {
      return planOf(Steps.NONE, notes);
    }
    var pass = new Pass(setup, desired, seen, reading.specs(), notes);
    var access = new AccessSteps(reading, seen);
    var halves = reading.specs().stream().map(spec -> half(pass, spec)).toList();
    var steps = Attachment.closing(pass).then(access.closing());
    for (var half : halves) {
      steps = steps.then(half.closing());
    }
    steps = steps.then(access.opening());
    for (var half : halves) {
      steps = steps.then(half.rest());
    }
    for (var half : Half.values()) {
      if (reading.specs().stream().map(Spec::half).noneMatch(half::equals)) {
        steps = steps.then(Teardown.ofHalf(half, seen, setup));
      }
    }
    if (steps.equals(Steps.NONE)) {
      steps = Attachment.left(pass);
    }
    return planOf(steps.then(access.after(steps)), notes);
  }

  static Set<String> standing(OpenStackObserved seen) {
    return seen.balancers().stream()
        .filter(balancer -> balancer.owned() && !balancer.goingAway())
        .flatMap(balancer ->
            Stream.concat(Stream.of(balancer.vip()), balancer.additionalVips().stream()))
        .map(Balancer.Vip::subnet)
        .filter(subnet -> !subnet.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Course half(Pass pass, Spec spec) {
    return Attachment.of(pass, spec).orElseGet(() -> new Succession(pass, spec).course());
  }

  private static Plan<OpenStackAction> planOf(Steps steps, List<Note> notes) {
    return new Plan<>(steps.actions(), notes.stream().distinct().toList(), steps.await());
  }

  static Steps join(Steps... some) {
    return Arrays.stream(some).reduce(Steps.NONE, Steps::then);
  }
}
