// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairway.aws.cloud.connect.FakeAws.Answer;
import dev.fairway.aws.cloud.limit.Gate;
import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.cloud.limit.Operation;
import dev.fairway.cloud.error.CloudException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/// The errors of AWS as the SDK really reads them, from the bytes on.
class AwsClientsTest {
  static final AwsCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  private final FakeAws aws = new FakeAws();
  private final AwsClients clients =
      new AwsClients(Region.EU_CENTRAL_1, Optional.of(aws.uri()), KEYS);
  private final Gate gate = Gates.open();

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void everyServiceIsAskedAtTheGivenEndpointWithTheNameOfTheProduct() {
    aws.on("DescribeLoadBalancers", elb(""))
        .on("DescribeVpcs", Answer.ok("<DescribeVpcsResponse/>"));

    describeLoadBalancers();
    clients.ec2().describeVpcs();

    assertThat(aws.actions()).containsExactly("DescribeLoadBalancers", "DescribeVpcs");
    assertThat(aws.requests())
        .allSatisfy(request -> {
          assertThat(request.headers().get("user-agent")).startsWith("fairway/");
          assertThat(request.headers().get("authorization")).contains("/eu-central-1/");
        });
  }

  @Test
  void anErrorOfElbBecomesOurs() {
    aws.on("DescribeLoadBalancers", elbError(400, "LoadBalancerNotFound", "not found"));

    assertThatThrownBy(this::describeLoadBalancers)
        .isInstanceOf(CloudException.Conflict.class)
        .hasMessage("elasticloadbalancing:DescribeLoadBalancers: not found");
  }

  @Test
  void anErrorOfEc2BecomesOurs() {
    aws.on(
        "DescribeVpcs",
        new Answer(
            403,
            "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>User x is not"
                + " authorized to perform: ec2:DescribeVpcs</Message></Error></Errors>"
                + "<RequestID>r</RequestID></Response>"));

    var denied = catchThrowableOfType(CloudException.Denied.class, this::describeVpcs);

    assertThat(denied.permission()).isEqualTo("ec2:DescribeVpcs");
  }

  @Test
  void aQuotaOfElbIsNamed() {
    aws.on("DescribeLoadBalancers", elbError(400, "TooManyLoadBalancers", "limit 50"));

    assertThat(
            catchThrowableOfType(CloudException.QuotaExceeded.class, this::describeLoadBalancers)
                .quota())
        .isEqualTo("Network Load Balancers per Region");
  }

  @Test
  void aThrottledRequestIsSentOnce() {
    aws.on("DescribeLoadBalancers", elbError(400, "Throttling", "Rate exceeded"));

    assertThatThrownBy(this::describeLoadBalancers).isInstanceOf(CloudException.Throttled.class);
    assertThat(aws.actions()).hasSize(1);
  }

  @Test
  void aRequestThatFailsOnTheSideOfAwsIsSentOnce() {
    aws.on("DescribeLoadBalancers", elbError(500, "InternalFailure", "sorry"));

    assertThatThrownBy(this::describeLoadBalancers).isInstanceOf(CloudException.Unavailable.class);
    assertThat(aws.actions()).hasSize(1);
  }

  @Test
  void aRequestWhoseAnswerIsLostIsSentOnce() {
    aws.on("DescribeLoadBalancers", elb(""), new Answer(-1, ""));
    describeLoadBalancers();

    assertThatThrownBy(this::describeLoadBalancers).isInstanceOf(CloudException.Unavailable.class);

    assertThat(aws.requests()).as("one before, one lost").hasSize(2);
    assertThat(aws.requests())
        .as("a connection that was used before, where the JDK is apt to send again")
        .extracting(FakeAws.Request::connection)
        .containsOnly(aws.requests().getFirst().connection());
  }

  @Test
  void aPageOfAProxyIsAnOutage() {
    aws.on("DescribeLoadBalancers", new Answer(502, "<html><body>Bad gateway</body></html>"));

    assertThatThrownBy(this::describeLoadBalancers).isInstanceOf(CloudException.Unavailable.class);
  }

  @Test
  void whereNobodyListensIsAnOutage() throws IOException {
    try (var nobody = new AwsClients(Region.EU_CENTRAL_1, Optional.of(closedPort()), KEYS)) {
      assertThatThrownBy(() ->
              gate.call(Operation.DESCRIBE_VPCS, Lane.CHANGE, () -> nobody.ec2().describeVpcs()))
          .isInstanceOf(CloudException.Unavailable.class)
          .hasMessageContaining("ec2:DescribeVpcs got no answer");
    }
  }

  @Test
  void withoutCredentialsNothingIsSentAndTheUserIsToldWhereTheyComeFrom() {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create(
              "Unable to load credentials from any of the providers in the chain");
        };
    try (var anonymous = new AwsClients(Region.EU_CENTRAL_1, Optional.of(aws.uri()), none)) {
      var denied =
          catchThrowableOfType(
              CloudException.Denied.class,
              () ->
                  gate.call(
                      Operation.DESCRIBE_VPCS, Lane.CHANGE, () -> anonymous.ec2().describeVpcs()));

      assertThat(denied.permission()).contains("environment", "web identity", "instance's role");
    }
    assertThat(aws.requests()).isEmpty();
  }

  private void describeLoadBalancers() {
    gate.call(
        Operation.DESCRIBE_LOAD_BALANCERS,
        Lane.CHANGE,
        () -> clients.elb().describeLoadBalancers());
  }

  private void describeVpcs() {
    gate.call(Operation.DESCRIBE_VPCS, Lane.CHANGE, () -> clients.ec2().describeVpcs());
  }

  private static Answer elb(String result) {
    return Answer.ok(
        "<DescribeLoadBalancersResponse><DescribeLoadBalancersResult>%s</DescribeLoadBalancersResult></DescribeLoadBalancersResponse>"
            .formatted(result));
  }

  private static Answer elbError(int status, String code, String message) {
    return new Answer(
        status,
        "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>r</RequestId></ErrorResponse>"
            .formatted(code, message));
  }

  private static URI closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
