// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import org.w3c.dom.Element;

/// A new load balancer is not active at once.
final class Provisioning implements Rule {
  private final Ledger ledger;
  private final Conduct conduct;

  Provisioning(Ledger ledger, Conduct conduct) {
    this.ledger = ledger;
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var answer = next.send(call);
    var any = ledger.loadBalancers().stream().anyMatch(this::isProvisioning);
    return call.is(QueryCall.ELB, "DescribeLoadBalancers") && any
        ? Members.changed(answer, "LoadBalancers", this::show)
        : answer;
  }

  private boolean isProvisioning(LoadBalancer loadBalancer) {
    return !conduct.passed(conduct.times().provisioning(), loadBalancer.created());
  }

  private void show(Element member) {
    if (ledger
        .loadBalancer(Xml.text(member, "LoadBalancerArn"))
        .filter(this::isProvisioning)
        .isPresent()) {
      Xml.child(member, "State").ifPresent(state -> Xml.set(state, "Code", "provisioning"));
    }
  }
}
