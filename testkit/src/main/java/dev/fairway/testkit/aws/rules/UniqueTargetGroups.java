// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.Map;

/// One target group of a name: a second creation with the same settings is answered with the first,
/// any other is refused. And no more than the quota.
final class UniqueTargetGroups implements Rule {
  private final Ledger ledger;
  private final Conduct conduct;

  UniqueTargetGroups(Ledger ledger, Conduct conduct) {
    this.ledger = ledger;
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    if (!call.is(QueryCall.ELB, "CreateTargetGroup")) {
      return next.send(call);
    }
    var name = call.parameter("Name").orElse("");
    var existing = ledger.targetGroupNamed(name);
    if (existing.isPresent()) {
      return existing.get().settings().equals(Settings.of(call, Map.of()))
          ? Existing.answer(call, next, "TargetGroup", existing.get().arn())
          : Answer.refused(
              call,
              "DuplicateTargetGroupName",
              "A target group with the same name '%s' exists, but with different settings"
                  .formatted(name));
    }
    return ledger.targetGroups().size() >= conduct.limits().targetGroups()
        ? Answer.refused(
            call, "TooManyTargetGroups", "The maximum number of target groups has been reached")
        : next.send(call);
  }
}
