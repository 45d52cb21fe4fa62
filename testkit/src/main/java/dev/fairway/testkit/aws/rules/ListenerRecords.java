// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.Map;

/// Writes into the ledger what calls have done to listeners.
final class ListenerRecords implements Rule {
  private final Ledger ledger;
  private final Conduct conduct;

  ListenerRecords(Ledger ledger, Conduct conduct) {
    this.ledger = ledger;
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var answer = next.send(call);
    if (answer.ok() && call.service().equals(QueryCall.ELB)) {
      note(call, answer);
    }
    return answer;
  }

  private void note(QueryCall call, Answer answer) {
    switch (call.action()) {
      case "CreateListener" ->
          answer
              .text("ListenerArn")
              .ifPresent(arn ->
                  ledger.put(
                      new Listener(
                          arn,
                          call.parameter("LoadBalancerArn").orElse(""),
                          settings(call),
                          conduct.now())));
      case "ModifyListener" ->
          ledger.changeListener(
              call.parameter("ListenerArn").orElse(""), listener -> modified(listener, call));
      case "DeleteListener" -> ledger.removeListener(call.parameter("ListenerArn").orElse(""));
      default -> {}
    }
  }

  private Listener modified(Listener before, QueryCall call) {
    var settings = before.settings().changedBy(call.without("ListenerArn"));
    var same = Listener.targetGroups(settings).equals(before.targetGroups());
    return new Listener(
        before.arn(), before.loadBalancer(), settings, same ? before.since() : conduct.now());
  }

  static Settings settings(QueryCall create) {
    return Settings.of(create.without("LoadBalancerArn"), Map.of());
  }
}
