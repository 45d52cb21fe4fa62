// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.spec.Spec;
import dev.fairway.aws.spec.SpecReader;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides the steps from what is seen at AWS to what should be. Pure.
///
/// The order of a creation makes what two lists show enough for a process that comes after a crash:
/// a target group gets its targets, then the load balancer is made, then its listener. So a target
/// group that belongs to a load balancer has a listener and had its targets.
public final class AwsPlanner {
  private final Setup setup;

  public AwsPlanner(Setup setup) {
    this.setup = setup;
  }

  public Plan<AwsAction> plan(Desired desired, AwsObserved seen) {
    return switch (desired) {
      case Desired.Present present -> present(present, seen);
      case Desired.Absent _ -> Plan.of(Teardown.of(seen));
    };
  }

  /// The sets of targets that tags of what was seen promise, as far as they are those that should
  /// be registered now: by the promised digest.
  public Map<String, Set<TargetId>> promised(Desired desired, AwsObserved seen) {
    var promises =
        seen.groups().stream()
            .map(TargetGroup::targets)
            .flatMap(targets ->
                targets instanceof Fact.Pledged<Set<TargetId>>(var digest)
                    ? Stream.of(digest)
                    : Stream.<String>empty())
            .collect(Collectors.toSet());
    if (promises.isEmpty() || !(desired instanceof Desired.Present present)) {
      return Map.of();
    }
    return SpecReader.read(present, setup.defaults())
        .spec()
        .map(Spec::listeners)
        .orElse(List.of())
        .stream()
        .map(listener -> Set.copyOf(listener.group().targets()))
        .filter(targets -> promises.contains(Tags.targetsDigest(targets)))
        .collect(Collectors.toMap(Tags::targetsDigest, targets -> targets, (one, _) -> one));
  }

  private Plan<AwsAction> present(Desired.Present desired, AwsObserved seen) {
    var reading = SpecReader.read(desired, setup.defaults());
    var notes = new ArrayList<Note>(reading.notes());
    var plan =
        reading.spec().map(spec -> plan(desired, spec, seen, notes)).orElse(Plan.<AwsAction>none());
    // The same is found for each of two load balancers.
    return plan.withNotes(notes.stream().distinct().toList());
  }

  private Plan<AwsAction> plan(
      Desired.Present desired, Spec spec, AwsObserved seen, List<Note> notes) {
    return new Adoption(setup, desired, spec, seen, notes)
        .plan()
        .orElseGet(() ->
            new Succession(new GoalFinder(setup, desired, spec, seen, notes), spec, seen, notes)
                .plan());
  }
}
