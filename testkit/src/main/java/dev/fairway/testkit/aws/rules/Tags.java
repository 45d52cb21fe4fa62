// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.Optional;

/// Tags belong to something that exists, and are read for 20 things at once.
final class Tags implements Rule {
  private static final int MAX_ARNS = 20; // DescribeTags

  private final Ledger ledger;

  Tags(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    if (!call.service().equals(QueryCall.ELB)) {
      return next.send(call);
    }
    return switch (call.action()) {
      case "DescribeTags" ->
          tooMany(call).or(() -> unknown(call, next)).orElseGet(() -> next.send(call));
      case "AddTags", "RemoveTags" -> unknown(call, next).orElseGet(() -> next.send(call));
      default -> next.send(call);
    };
  }

  private static Optional<Answer> tooMany(QueryCall call) {
    var arns = call.list("ResourceArns").size();
    return arns > MAX_ARNS
        ? Optional.of(
            Answer.refused(
                call,
                "ValidationError",
                "1 validation error detected: Value at 'resourceArns' failed to satisfy constraint:"
                    + " Member must have length less than or equal to 20"))
        : Optional.empty();
  }

  private Optional<Answer> unknown(QueryCall call, Backend next) {
    return call.list("ResourceArns").stream()
        .filter(arn -> !exists(arn, call, next))
        .findFirst()
        .map(arn -> Answer.refused(call, kind(arn) + "NotFound", "'%s' not found".formatted(arn)));
  }

  private boolean exists(String arn, QueryCall call, Backend next) {
    return ledger.loadBalancer(arn).isPresent()
        || ledger.targetGroup(arn).isPresent()
        || ledger.listener(arn).isPresent()
        || next.send(
                call.also(
                    QueryCall.ELB, "Describe" + kind(arn) + "s", kind(arn) + "Arns.member.1", arn))
            .ok();
  }

  private static String kind(String arn) {
    return arn.contains(":targetgroup/")
        ? "TargetGroup"
        : arn.contains(":listener/") ? "Listener" : "LoadBalancer";
  }
}
