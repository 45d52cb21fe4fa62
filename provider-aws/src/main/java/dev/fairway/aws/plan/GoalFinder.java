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
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /// Empty when something stands in the way: then a note says what.
  Optional<Goal> find() {
    var current = seen.published().or(() -> seen.balancers().stream().findFirst());
    var scheme =
        current
            .map(Balancer::scheme)
            .orElseGet(() -> spec.scheme().orElse(setup.defaults().scheme()));
    var addressType =
        spec.addressType()
            .or(() -> current.map(Balancer::addressType))
            .orElseGet(this::addressTypeOfService);
    var groups = groups(current);
    var mappings = mappings(current, scheme, addressType);
    current.ifPresent(this::tellWhatCannotChange);
    if (notes.stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING)) {
      return Optional.empty();
    }
    var name = current.map(Balancer::name).orElseGet(() -> newName(scheme, groups));
    if (current.isEmpty() && taken(name)) {
      return Optional.empty();
    }
    return Optional.of(
        new Goal(setup, desired, spec, seen, name, current, scheme, addressType, mappings, groups));
  }

  private AddressType addressTypeOfService() {
    return desired.addresses().requireAll()
            && desired.addresses().families().contains(IpFamily.IPV6)
        ? AddressType.DUALSTACK
        : AddressType.IPV4;
  }

  private String newName(Scheme scheme, Optional<GroupSet> groups) {
    return spec.name()
        .orElseGet(() ->
            setup
                .names()
                .balancer(
                    seen.key(), scheme, !groups.map(GroupSet::isEmpty).orElse(true), spec.fixed()));
  }

  // AWS answers the creation of a load balancer whose name is taken with the one that is there.
  private boolean taken(String name) {
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
    return foreign.isPresent();
  }

  // Subnets that were found by tags stay as they are for the life of a load balancer.
  private Optional<List<SubnetMapping>> mappings(
      Optional<Balancer> current, Scheme scheme, AddressType addressType) {
    if (current.isPresent()
        && (spec.subnets().isEmpty() || spec.subnets().equals(setup.subnets()))) {
      return Optional.empty();
    }
    var choice =
        SubnetChooser.choose(
            spec, scheme, addressType, setup.clusterName(), seen.around().subnets());
    notes.addAll(choice.notes());
    return choice.mappings();
  }

  // AWS: a load balancer that was made without security groups never gets one, and one that has
  // some cannot be left without.
  private Optional<GroupSet> groups(Optional<Balancer> current) {
    var wanted = wantedGroups();
    if (current.isEmpty()) {
      return Optional.of(wanted);
    }
    var has = !current.get().groups().isEmpty();
    if (has == wanted.isEmpty()) {
      notes.add(
          Note.warning(
              "ChangeNeedsReplacement",
              has
                  ? "the load balancer keeps its security groups: AWS does not take away the last"
                      + " one"
                  : "the load balancer stays without security groups: AWS gives them at creation"
                      + " only",
              "delete the Service and create it again to change that"));
      return has ? Optional.empty() : Optional.of(GroupSet.NONE);
    }
    return Optional.of(wanted);
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

  private void tellWhatCannotChange(Balancer current) {
    spec.scheme()
        .filter(scheme -> scheme != current.scheme())
        .ifPresent(scheme ->
            notes.add(
                needsReplacement(
                    "the load balancer stays %s: AWS cannot make it %s in place"
                        .formatted(current.scheme(), scheme))));
    spec.name()
        .filter(name -> !name.equals(current.name()))
        .ifPresent(name ->
            notes.add(
                Note.info(
                    "NameUnchanged",
                    "the load balancer keeps the name %s: AWS gives names at creation only"
                        .formatted(current.name()))));
  }

  private static Note needsReplacement(String what) {
    return Note.warning(
        "ChangeNeedsReplacement",
        what,
        "set fairway.dev/aws-replace: make-before-break to have it replaced by another one, which"
            + " gets another DNS name");
  }
}
