// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;

/// One load balancer of a name: a second creation with the same settings is answered with the
/// first, any other is refused. And no more than the quota.
final class UniqueLoadBalancers implements Rule {
  private final Ledger ledger;
  private final Conduct conduct;

  UniqueLoadBalancers(Ledger ledger, Conduct conduct) {
    this.ledger = ledger;
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    if (!call.is(QueryCall.ELB, "CreateLoadBalancer")) {
      return next.send(call);
    }
    var name = call.parameter("Name").orElse("");
    var existing = ledger.loadBalancerNamed(name);
    if (existing.isPresent()) {
      return existing.get().settings().equals(LoadBalancerRecords.settings(call))
          ? Existing.answer(call, next, "LoadBalancer", existing.get().arn())
          : Answer.refused(
              call,
              "DuplicateLoadBalancerName",
              "A load balancer with the same name '%s' exists, but with different settings"
                  .formatted(name));
    }
    return ledger.loadBalancers().size() >= conduct.limits().loadBalancers()
        ? Answer.refused(
            call, "TooManyLoadBalancers", "The maximum number of load balancers has been reached")
        : next.send(call);
  }
}
