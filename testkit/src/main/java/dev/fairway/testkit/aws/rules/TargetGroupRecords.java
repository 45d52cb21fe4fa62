// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.List;
import java.util.Map;

/// Writes into the ledger what calls have done to target groups and their targets.
final class TargetGroupRecords implements Rule {
  private final Ledger ledger;
  private final Conduct conduct;

  TargetGroupRecords(Ledger ledger, Conduct conduct) {
    this.ledger = ledger;
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var answer = next.send(call);
    if (answer.ok()) {
      note(call, answer);
    }
    return answer;
  }

  private void note(QueryCall call, Answer answer) {
    var arn = call.parameter("TargetGroupArn").orElse("");
    switch (call.action()) {
      case "CreateTargetGroup" ->
          answer
              .text("TargetGroupArn")
              .ifPresent(made ->
                  ledger.put(
                      new TargetGroup(
                          made,
                          call.parameter("Name").orElse(""),
                          Settings.of(call, Map.of()),
                          Map.of())));
      case "ModifyTargetGroup" ->
          ledger.changeTargetGroup(
              arn,
              group ->
                  group.withSettings(group.settings().changedBy(call.without("TargetGroupArn"))));
      case "DeleteTargetGroup" -> ledger.removeTargetGroup(arn);
      case "RegisterTargets" ->
          ledger.changeTargetGroup(arn, group -> group.with(targets(call, group), conduct.now()));
      case "DeregisterTargets" ->
          ledger.changeTargetGroup(
              arn, group -> group.without(targets(call, group), conduct.now()));
      case "TerminateInstances" ->
          call.list("InstanceId")
              .forEach(id ->
                  List.copyOf(ledger.targetGroups())
                      .forEach(group ->
                          ledger.changeTargetGroup(group.arn(), one -> one.withoutInstance(id))));
      default -> {}
    }
  }

  /// The port of the group stands for one that is not given.
  static List<TargetGroup.Target> targets(QueryCall call, TargetGroup group) {
    return call.structures("Targets").stream()
        .map(target ->
            new TargetGroup.Target(
                target.getOrDefault("Id", ""),
                target.getOrDefault("Port", group.settings().get("Port"))))
        .toList();
  }
}
