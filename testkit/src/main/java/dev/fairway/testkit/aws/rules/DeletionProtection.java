// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;

/// A protected load balancer cannot be deleted.
final class DeletionProtection implements Rule {
  private final Ledger ledger;

  DeletionProtection(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var arn = call.parameter("LoadBalancerArn").orElse("");
    return call.action().equals("DeleteLoadBalancer")
            && ledger.loadBalancer(arn).filter(LoadBalancer::deletionProtected).isPresent()
        ? Answer.refused(
            call,
            "OperationNotPermitted",
            "Load balancer '%s' cannot be deleted because deletion protection is enabled"
                .formatted(arn))
        : next.send(call);
  }
}
