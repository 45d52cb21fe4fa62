// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Candidate;
import dev.fairway.aws.model.Listener;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.AwsAction.InspectBalancer;
import dev.fairway.aws.plan.AwsAction.TakeOver;
import dev.fairway.aws.spec.ListenerSpec;
import dev.fairway.aws.spec.Spec;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.cloud.plan.Await;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Takes over a load balancer that is there already, once the user has seen and approved what will
/// be changed.
final class Adoption {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final Setup setup;
  private final Desired.Present desired;
  private final Spec spec;
  private final AwsObserved seen;
  private final List<Note> notes;

  /// @param notes takes what is found
  Adoption(Setup setup, Desired.Present desired, Spec spec, AwsObserved seen, List<Note> notes) {
    this.setup = setup;
    this.desired = desired;
    this.spec = spec;
    this.seen = seen;
    this.notes = notes;
  }

  /// Empty when nothing is to be taken over, or it is ours already.
  Optional<Plan<AwsAction>> plan() {
    return spec.adopt()
        .filter(arn -> seen.balancers().stream().noneMatch(one -> one.arn().equals(arn)))
        .flatMap(this::plan);
  }

  private Optional<Plan<AwsAction>> plan(String arn) {
    if (!seen.balancers().isEmpty()) {
      notes.add(
          Note.warning(
              "AdoptionIgnored",
              "load balancer %s is not taken over: there is %s already"
                  .formatted(arn, seen.balancers().getFirst().name()),
              "remove fairway.dev/aws-adopt, or delete the Service and create it again"));
      return Optional.empty();
    }
    var candidate = seen.candidate().filter(one -> one.balancer().arn().equals(arn));
    return Optional.of(candidate.map(this::plan).orElseGet(() -> look(arn)));
  }

  private Plan<AwsAction> look(String arn) {
    var there =
        seen.around().foreign().values().stream().filter(one -> one.arn().equals(arn)).findFirst();
    if (there.isEmpty()) {
      notes.add(
          Note.blocking(
              "AdoptionNotFound",
              "there is no network load balancer %s in %s that could be taken over"
                  .formatted(arn, seen.around().vpcId()),
              "write the ARN of one that belongs to no other Service, or remove"
                  + " fairway.dev/aws-adopt"));
      return Plan.none();
    }
    return Plan.of(List.of(new InspectBalancer(arn, there.get().name(), services())));
  }

  private List<String> services() {
    return desired.services().stream().map(ServiceRef::toString).sorted().toList();
  }

  private Plan<AwsAction> plan(Candidate candidate) {
    var owner = setup.tags().otherOwner(candidate.balancer().tags(), seen.key(), services());
    if (owner.isPresent()) {
      notes.add(
          Note.blocking(
              "AdoptionRefused",
              "load balancer %s belongs to %s".formatted(candidate.balancer().name(), owner.get()),
              "take its tags away if that is no longer true"));
      return Plan.none();
    }
    var take = takeOver(candidate);
    var found = new ArrayList<Note>();
    var steps = steps(taken(candidate, take), found);
    notes.addAll(found);
    if (found.stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING)) {
      return Plan.none();
    }
    tellOfGroups(candidate);
    var all = new ArrayList<AwsAction>(List.of(take));
    all.addAll(steps);
    var digest = Differences.digest(all);
    if (!spec.adoptApproved().equals(Optional.of(digest))) {
      notes.add(
          Note.blocking(
              "AdoptionDiffers",
              Differences.text(all),
              "set fairway.dev/aws-adopt-approve: %s to go ahead".formatted(digest)));
      return Plan.none();
    }
    return Plan.of(List.<AwsAction>copyOf(all))
        .awaiting(new Await(AT_ONCE, "load balancer %s is taken over".formatted(take.balancer())));
  }

  private TakeOver takeOver(Candidate candidate) {
    var tags = setup.tags().identity(seen.key());
    tags.put(Tags.ADOPTING, "true");
    if (!candidate.ofService()) {
      tags.put(Tags.ADOPTED, "true");
    }
    var balancer = candidate.balancer();
    var parts =
        Stream.concat(
                replaced(candidate).stream().map(TargetGroup::arn),
                listeners(candidate).map(Listener::arn))
            .toList();
    return new TakeOver(balancer.arn(), balancer.name(), parts, tags);
  }

  private Stream<Listener> listeners(Candidate candidate) {
    var ports = spec.listeners().stream().map(ListenerSpec::port).toList();
    return candidate.balancer().listeners().known().orElse(List.of()).stream()
        .filter(one -> candidate.ofService() || ports.contains(one.port()));
  }

  // Those of the controller that made the load balancer. They go when no listener needs them.
  private List<TargetGroup> replaced(Candidate candidate) {
    return candidate.ofService()
        ? candidate.groups().stream()
            .filter(group -> setup.tags().isOfService(group.tags(), services()))
            .toList()
        : List.of();
  }

  private AwsObserved taken(Candidate candidate, TakeOver take) {
    var after =
        seen.with(candidate.balancer().withTags(with(candidate.balancer().tags(), take.tags())));
    for (var group : replaced(candidate)) {
      after = after.with(group.withTags(with(group.tags(), take.tags())));
    }
    return after;
  }

  private static Map<String, String> with(Map<String, String> tags, Map<String, String> more) {
    var all = new TreeMap<>(tags);
    all.putAll(more);
    return all;
  }

  private List<AwsAction> steps(AwsObserved after, List<Note> found) {
    return new Succession(new GoalFinder(setup, desired, spec, after, found), spec, after, found)
        .plan()
        .actions();
  }

  private void tellOfGroups(Candidate candidate) {
    var left =
        candidate.groups().stream()
            .filter(group -> !replaced(candidate).contains(group))
            .map(TargetGroup::name)
            .sorted()
            .toList();
    if (!left.isEmpty()) {
      notes.add(
          Note.info(
              "TargetGroupsLeft",
              "target groups %s stay as they are: no controller has marked them as this Service's"
                  .formatted(String.join(", ", left))));
    }
  }
}
