// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;

/// A Network Load Balancer made without security groups never gets any, and one with some never has
/// none.
final class SecurityGroupChoice implements Rule {
  private final Ledger ledger;

  SecurityGroupChoice(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var loadBalancer =
        call.parameter("LoadBalancerArn")
            .flatMap(ledger::loadBalancer)
            .filter(LoadBalancer::network);
    if (!call.action().equals("SetSecurityGroups") || loadBalancer.isEmpty()) {
      return next.send(call);
    }
    var before = loadBalancer.get().securityGroups().isEmpty();
    var after = call.list("SecurityGroups").isEmpty();
    if (before == after) {
      return next.send(call);
    }
    return Answer.refused(
        call,
        "InvalidConfigurationRequest",
        before
            ? "You cannot add security groups to a Network Load Balancer that was created without any"
            : "You cannot remove all security groups from a Network Load Balancer");
  }
}
