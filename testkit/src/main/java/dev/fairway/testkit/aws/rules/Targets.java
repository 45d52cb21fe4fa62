// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which targets can be registered, and how many; who is not registered may be deregistered.
final class Targets implements Rule {
  private static final Set<String> REGISTRABLE = Set.of("running", "pending");

  private final Ledger ledger;
  private final Conduct conduct;

  Targets(Ledger ledger, Conduct conduct) {
    this.ledger = ledger;
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var group = call.parameter("TargetGroupArn").flatMap(ledger::targetGroup);
    if (group.isEmpty()) {
      return next.send(call);
    }
    return switch (call.action()) {
      case "RegisterTargets" ->
          invalid(call, group.get(), next)
              .or(() -> tooMany(call, group.get()))
              .orElseGet(() -> next.send(call));
      case "DeregisterTargets" -> deregister(call, next);
      default -> next.send(call);
    };
  }

  private Optional<Answer> invalid(QueryCall call, TargetGroup group, Backend next) {
    if (!group.settings().get("TargetType").equals("instance")
        && !group.settings().get("TargetType").isEmpty()) {
      return Optional.empty();
    }
    var asked =
        TargetGroupRecords.targets(call, group).stream()
            .filter(target -> !group.holds(target))
            .map(TargetGroup.Target::id)
            .collect(Collectors.toCollection(TreeSet::new));
    asked.removeAll(running(call, asked, next));
    return asked.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Answer.refused(
                call,
                "InvalidTarget",
                "The following targets are not in a running state and cannot be registered: "
                    + asked.stream().map("'%s'"::formatted).collect(Collectors.joining(", "))));
  }

  /// By a filter, which unknown ids do not upset.
  private static List<String> running(QueryCall call, Set<String> ids, Backend next) {
    if (ids.isEmpty()) {
      return List.of();
    }
    var question = call.also(QueryCall.EC2, "DescribeInstances", "Filter.1.Name", "instance-id");
    int number = 0;
    for (var id : ids) {
      question = question.with("Filter.1.Value." + ++number, id);
    }
    var document = Xml.parse(next.send(question).body());
    return Members.of(document, "reservationSet").stream()
        .flatMap(reservation -> Xml.child(reservation, "instancesSet").stream())
        .flatMap(set -> Xml.children(set).stream())
        .filter(instance ->
            Xml.child(instance, "instanceState")
                .map(state -> REGISTRABLE.contains(Xml.text(state, "name")))
                .orElse(false))
        .map(instance -> Xml.text(instance, "instanceId"))
        .toList();
  }

  private Optional<Answer> tooMany(QueryCall call, TargetGroup group) {
    var limits = conduct.limits();
    var fresh =
        TargetGroupRecords.targets(call, group).stream()
            .distinct()
            .filter(target -> !group.holds(target))
            .count();
    if (fresh > 0 && group.registered() + fresh > limits.targetsPerGroup()) {
      return Optional.of(refused(call, "target group", limits.targetsPerGroup()));
    }
    return ledger.loadBalancersOf(group.arn()).stream()
        .filter(lb -> fresh > 0 && targetsOf(lb) + fresh > limits.targetsPerLoadBalancer())
        .findFirst()
        .map(_ -> refused(call, "Network Load Balancer", limits.targetsPerLoadBalancer()));
  }

  private long targetsOf(String loadBalancer) {
    return ledger.listenersOf(loadBalancer).stream()
        .flatMap(listener -> listener.targetGroups().stream())
        .distinct()
        .flatMap(arn -> ledger.targetGroup(arn).stream())
        .mapToLong(TargetGroup::registered)
        .sum();
  }

  private static Answer refused(QueryCall call, String what, int limit) {
    return Answer.refused(
        call,
        "TooManyTargets",
        "The maximum number of targets per %s has been reached: %d".formatted(what, limit));
  }

  private static Answer deregister(QueryCall call, Backend next) {
    var answer = next.send(call);
    // The emulator knows one port of a target only, and complains about what it does not know.
    return answer.code().filter("InvalidTarget"::equals).isPresent()
        ? Answer.result(call, "")
        : answer;
  }
}
