// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;

/// A load balancer without target groups has none. The emulator says `TargetGroupNotFound` instead;
/// the API reference leaves open what AWS says, and a client that takes that for a failure never
/// gets over a crash between the two.
final class EmptyLoadBalancers implements Rule {
  @Override
  public Answer answer(QueryCall call, Backend next) {
    var answer = next.send(call);
    return call.is(QueryCall.ELB, "DescribeTargetGroups")
            && call.parameter("LoadBalancerArn").isPresent()
            && answer.code().filter("TargetGroupNotFound"::equals).isPresent()
        ? Answer.result(call, "<TargetGroups/>")
        : answer;
  }
}
