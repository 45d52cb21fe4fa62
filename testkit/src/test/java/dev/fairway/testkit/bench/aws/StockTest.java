// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StockTest {
  /// Two load balancers on two pages with a listener each, and one object of every other kind.
  private static final Backend AWS =
      call ->
          Answer.result(
              call,
              switch (call.action()) {
                case "DescribeLoadBalancers" ->
                    call.parameter("Marker").isEmpty()
                        ? "<LoadBalancerArn>arn-1</LoadBalancerArn><NextMarker>2</NextMarker>"
                        : "<LoadBalancerArn>arn-2</LoadBalancerArn>";
                case "DescribeListeners" ->
                    "<ListenerArn>of-%s</ListenerArn>"
                        .formatted(call.parameter("LoadBalancerArn").orElseThrow());
                case "DescribeTargetGroups" -> "<TargetGroupArn>group</TargetGroupArn>";
                case "DescribeTargetHealth" -> "<Id>i-1</Id><Id>i-2</Id><Id>i-3</Id>";
                case "DescribeSecurityGroups" -> "<groupName>nodes</groupName>";
                default -> "<securityGroupRuleId>r</securityGroupRuleId><nextToken></nextToken>";
              });

  @Test
  void everythingOnAllPagesIsCounted() {
    assertThat(new Stock(AWS, "eu-central-1").take().counts())
        .isEqualTo(
            Map.of(
                AwsKind.LOAD_BALANCER,
                2,
                AwsKind.LISTENER,
                2,
                AwsKind.TARGET_GROUP,
                1,
                AwsKind.SECURITY_GROUP,
                1,
                AwsKind.SECURITY_GROUP_RULE,
                1));
  }

  @Test
  void theTargetsOfAGroupAreCounted() {
    assertThat(new Stock(AWS, "eu-central-1").targets("group")).isEqualTo(3);
  }

  @Test
  void anAnswerThatIsAnErrorIsNotTakenForNothing() {
    Backend broken = call -> Answer.error(call, 500, "InternalFailure", "broken");

    assertThatIllegalStateException()
        .isThrownBy(() -> new Stock(broken, "eu-central-1").take())
        .withMessageContaining("InternalFailure");
  }

  @Test
  void callsGoToTheServiceThatKnows() {
    Backend ec2Only =
        call ->
            call.service().equals(QueryCall.EC2)
                ? Answer.refused(call, "InvalidAction", "not here")
                : AWS.send(call);

    assertThat(new Stock(ec2Only, "eu-central-1").targetGroups()).containsExactly("group");
  }
}
