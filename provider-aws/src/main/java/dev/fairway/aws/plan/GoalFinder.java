// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.spec.AddressType;
import dev.fairway.aws.spec.GroupsWish;
import dev.fairway.aws.spec.Scheme;
import dev.fairway.aws.spec.Spec;
import dev.fairway.aws.spec.SubnetChooser;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Settles what depends on what is there: which load balancer is meant, its subnets and groups.
final class GoalFinder {
  private final Setup setup;
  private final Desired.Present desired;
  private final Spec spec;
  private final AwsObserved seen;
  private final List<Note> notes;

  /// @param notes takes what is found
  GoalFinder(Setup setup, Desired.Present desired, Spec spec, AwsObserved seen, List<Note> notes) {
    this.setup = setup;
    this.desired = desired;
    this.spec = spec.subnets().isEmpty() ? spec.in(setup.subnets()) : spec;
    this.seen = seen;
    this.notes = notes;
  }

  /// What a load balancer that is there should be, as far as AWS can change it in place. Empty when
  /// something stands in the way: then a note says what.
  Optional<Goal> inPlace(Balancer current) {
    var wanted = wantedGroups();
    var addressType = spec.addressType().orElse(current.addressType());
    var mappings =
        mappings(current, addressType)
            .filter(all -> SubnetChange.of(current, all, seen.around().subnets()).possible());
    return unlessBlocked(() ->
        new Goal(
            setup,
            desired,
            spec,
            seen,
            current.name(),
            Optional.of(current),
            current.scheme(),
            addressType,
            mappings,
            groups(current, wanted)));
  }

  /// What should be made where nothing is. Empty when something stands in the way.
  ///
  /// @param before the one that it is to replace
  Optional<Goal> anew(Optional<Balancer> before) {
    var scheme =
        spec.scheme()
            .or(() -> before.map(Balancer::scheme))
            .orElseGet(() -> setup.defaults().scheme());
    var addressType =
        spec.addressType().or(() -> before.map(Balancer::addressType)).orElse(AddressType.IPV4);
    var groups = wantedGroups();
    var mappings = chosen(scheme, addressType);
    var name = newName(before, scheme, groups, mappings.orElse(List.of()));
    taken(name);
    return unlessBlocked(() ->
        new Goal(
            setup,
            desired,
            spec,
            seen,
            name,
            Optional.empty(),
            scheme,
            addressType,
            mappings,
            Optional.of(groups)));
  }

  private Optional<Goal> unlessBlocked(Supplier<Goal> goal) {
    return notes.stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING)
        ? Optional.empty()
        : Optional.of(goal.get());
  }

  /// What stands between a load balancer and what it should be that AWS cannot change.
  List<String> unchangeable(Balancer current) {
    var addressType = spec.addressType().orElse(current.addressType());
    return new Replacement(setup, spec, seen)
        .reasons(current, wantedGroups(), mappings(current, addressType));
  }

  /// Fixed addresses that keep a second load balancer from being made beside this one.
  List<String> addressesInUse(Balancer current) {
    return new Replacement(setup, spec, seen).taken(current);
  }

  // While one replaces another, both have a name.
  private String newName(
      Optional<Balancer> before, Scheme scheme, GroupSet groups, List<SubnetMapping> mappings) {
    var first =
        spec.name()
            .orElseGet(
                () -> setup.names().balancer(seen.key(), scheme, !groups.isEmpty(), spec.fixed()));
    if (seen.balancer(first).isEmpty()) {
      return first;
    }
    var settings = new ArrayList<>(List.of(scheme.toString(), Texts.of(groups)));
    mappings.forEach(mapping -> settings.add(mapping.toString()));
    before.ifPresent(one -> settings.add(one.arn()));
    return spec.name()
        .map(asked -> Names.successor(asked, settings))
        .orElseGet(() -> setup.names().successor(seen.key(), settings));
  }

  // AWS answers the creation of a load balancer whose name is taken with the one that is there.
  private void taken(String name) {
    var foreign = Optional.ofNullable(seen.around().foreign().get(name));
    foreign.ifPresent(one ->
        notes.add(
            Note.blocking(
                "NameConflict",
                "a load balancer named %s is there already and does not belong to this Service (%s)"
                    .formatted(name, one.arn()),
                spec.name().isPresent()
                    ? "choose another name in service.beta.kubernetes.io/aws-load-balancer-name"
                    : "delete it, or take it over with fairway.dev/aws-adopt: " + one.arn())));
  }

  // Subnets that were found by tags stay as they are for the life of a load balancer.
  private Optional<List<SubnetMapping>> mappings(Balancer current, AddressType addressType) {
    return spec.subnets().isEmpty() || spec.subnets().equals(setup.subnets())
        ? Optional.empty()
        : chosen(current.scheme(), addressType);
  }

  private Optional<List<SubnetMapping>> chosen(Scheme scheme, AddressType addressType) {
    var choice =
        SubnetChooser.choose(
            spec, scheme, addressType, setup.clusterName(), seen.around().subnets());
    notes.addAll(choice.notes());
    return choice.mappings();
  }

  // One that was taken over and stays somebody's keeps those it has: ours would have to go again
  // with the Service.
  private static Optional<GroupSet> groups(Balancer current, GroupSet wanted) {
    if (current.tags().containsKey(Tags.ADOPTED)) {
      return Optional.empty();
    }
    if (current.groups().isEmpty()) {
      return Optional.of(GroupSet.NONE);
    }
    return wanted.isEmpty() ? Optional.empty() : Optional.of(wanted);
  }

  private GroupSet wantedGroups() {
    return switch (spec.groups()) {
      case GroupsWish.Managed managed ->
          new GroupSet(
              setup.names().frontGroup(seen.key()), managed.manageBackend(), ids(managed.extra()));
      case GroupsWish.Own own -> new GroupSet("", own.manageBackend(), ids(own.idsOrNames()));
      case GroupsWish.Off _ -> GroupSet.NONE;
    };
  }

  private List<String> ids(List<String> idsOrNames) {
    var ids = new ArrayList<String>();
    for (var idOrName : idsOrNames) {
      seen.around()
          .groupId(idOrName)
          .ifPresentOrElse(
              ids::add,
              () ->
                  notes.add(
                      Note.blocking(
                          "SecurityGroupNotFound",
                          "security group %s is not in %s"
                              .formatted(idOrName, seen.around().vpcId()),
                          "write the id, or the Name, of a security group of that VPC")));
    }
    return ids;
  }
}
