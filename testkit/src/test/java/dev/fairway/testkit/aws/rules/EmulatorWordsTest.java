// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import org.junit.jupiter.api.Test;

/// What the emulator says in other words than AWS.
class EmulatorWordsTest {
  private static final Backend NOTHING_FOUND =
      call -> Answer.refused(call, "TargetGroupNotFound", "One or more target groups not found");

  @Test
  void aNetworkLoadBalancerHasAHostnameOfItsKind() {
    Backend backend =
        call -> Answer.result(call, "<DNSName>web-1.eu-central-1.elb.amazonaws.com</DNSName>");

    assertThat(new NetworkHostnames().answer(elb("DescribeLoadBalancers"), backend).text("DNSName"))
        .hasValue("web-1.elb.eu-central-1.amazonaws.com");
  }

  @Test
  void aLoadBalancerWithoutTargetGroupsHasNone() {
    var call = elb("DescribeTargetGroups", "LoadBalancerArn", "arn");

    var answer = new EmptyLoadBalancers().answer(call, NOTHING_FOUND);

    assertThat(answer.ok()).isTrue();
    assertThat(answer.texts("TargetGroupArn")).isEmpty();
  }

  @Test
  void aTargetGroupThatIsAskedForByNameAndNotThereIsAnError() {
    var call = elb("DescribeTargetGroups", "Names.member.1", "gone");

    assertThat(new EmptyLoadBalancers().answer(call, NOTHING_FOUND).code())
        .hasValue("TargetGroupNotFound");
  }

  private static QueryCall elb(String action, String... namesAndValues) {
    return QueryCall.to("eu-central-1", QueryCall.ELB, action, namesAndValues);
  }
}
