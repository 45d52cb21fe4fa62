// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

class GateTest {
  private final VirtualTicker ticker = new VirtualTicker();
  private final MovableClock clock = new MovableClock();
  private final Map<String, DoubleSupplier> meters = new HashMap<>();
  private final Gate gate = new Gate(Limits.published(2), ticker, clock, recording(meters));
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void handsTheAnswerThrough() {
    assertThat(gate.call(Operation.DESCRIBE_TAGS, Lane.REPAIR, () -> "answer")).isEqualTo("answer");
    assertThat(metric("fairway_aws_elb_read_calls")).isEqualTo(1);
  }

  @Test
  void aThrottleAnswerIsNotRetriedAndSlowsItsClassOnly() {
    assertThatThrownBy(() -> failing(Operation.REGISTER_TARGETS, 400, "ThrottlingException"))
        .isInstanceOf(CloudException.Throttled.class);

    assertThat(calls).hasValue(1);
    assertThat(metric("fairway_aws_elb_register_throttles")).isEqualTo(1);
    assertThat(metric("fairway_aws_elb_register_rate")).isEqualTo(4);
    assertThat(metric("fairway_aws_elb_write_rate")).isEqualTo(50);
  }

  @Test
  void aThrottleAnswerTellsWhenTheLimiterWouldLetTheCallThrough() {
    var error =
        catchThrowableOfType(
            CloudException.Throttled.class,
            () -> failing(Operation.CREATE_LOAD_BALANCER, 400, "Throttling"));

    assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theTimeThatCallsWaitIsCounted() {
    assertThatThrownBy(() -> failing(Operation.CREATE_LOAD_BALANCER, 400, "Throttling"));

    gate.call(Operation.CREATE_LOAD_BALANCER, Lane.CHANGE, () -> "made");

    assertThat(metric("fairway_aws_elb_create_wait_seconds")).isEqualTo(5);
  }

  @Test
  void afterFiveOutagesTheOperationRestsAndOthersGoOn() {
    failTimes(5, Operation.DELETE_LISTENER, 500, "InternalFailure");

    assertThatThrownBy(() -> failing(Operation.DELETE_LISTENER, 500, "InternalFailure"))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessageContaining("elasticloadbalancing:DeleteListener")
        .hasMessageContaining("is not called for 15 s");
    assertThat(calls).hasValue(5);
    assertThat(gate.call(Operation.CREATE_LISTENER, Lane.CHANGE, () -> "made")).isEqualTo("made");
  }

  @Test
  void afterItsRestOneCallTriesWhetherTheOperationWorks() {
    failTimes(5, Operation.DELETE_LISTENER, 503, "ServiceUnavailable");
    clock.advance(Duration.ofSeconds(16));

    assertThat(succeeding(Operation.DELETE_LISTENER)).isEqualTo("done");
    assertThat(succeeding(Operation.DELETE_LISTENER)).isEqualTo("done");
  }

  @Test
  void aTrialThatFailsBeginsAnotherRest() {
    failTimes(5, Operation.DELETE_LISTENER, 503, "ServiceUnavailable");
    clock.advance(Duration.ofSeconds(16));
    failTimes(1, Operation.DELETE_LISTENER, 503, "ServiceUnavailable");

    assertThatThrownBy(() -> succeeding(Operation.DELETE_LISTENER))
        .hasMessageContaining("is not called");
  }

  @Test
  void aTrialThatIsThrottledMayBeRepeated() {
    failTimes(5, Operation.DELETE_LISTENER, 503, "ServiceUnavailable");
    clock.advance(Duration.ofSeconds(16));
    failTimes(1, Operation.DELETE_LISTENER, 400, "Throttling");

    assertThat(succeeding(Operation.DELETE_LISTENER)).isEqualTo("done");
  }

  @Test
  void anAnswerBetweenOutagesKeepsTheOperationOpen() {
    failTimes(4, Operation.DELETE_LISTENER, 500, "InternalFailure");
    failTimes(1, Operation.DELETE_LISTENER, 400, "ListenerNotFound");
    failTimes(4, Operation.DELETE_LISTENER, 500, "InternalFailure");

    assertThat(succeeding(Operation.DELETE_LISTENER)).isEqualTo("done");
  }

  @Test
  void whatSaysNothingAboutTheOperationDoesNotClose() {
    failTimes(10, Operation.CREATE_LOAD_BALANCER, 400, "TooManyLoadBalancers");
    failTimes(10, Operation.CREATE_LOAD_BALANCER, 400, "InvalidScheme");
    failTimes(10, Operation.CREATE_LOAD_BALANCER, 400, "ResourceInUse");

    assertThat(succeeding(Operation.CREATE_LOAD_BALANCER)).isEqualTo("done");
  }

  @Test
  void afterThreeDenialsAwsIsNotAskedForAMinute() {
    failTimes(3, Operation.CREATE_LOAD_BALANCER, 403, "AccessDenied");

    var error =
        catchThrowableOfType(
            CloudException.Denied.class, () -> succeeding(Operation.CREATE_LOAD_BALANCER));
    assertThat(error.permission()).isEqualTo("elasticloadbalancing:CreateLoadBalancer");
    assertThat(error).hasMessageContaining("not asked again for 60 s");
    assertThat(calls).hasValue(3);

    clock.advance(Duration.ofSeconds(59));
    assertThatThrownBy(() -> succeeding(Operation.CREATE_LOAD_BALANCER));
    clock.advance(Duration.ofSeconds(2));
    assertThat(succeeding(Operation.CREATE_LOAD_BALANCER)).isEqualTo("done");
  }

  @Test
  void aCallThatIsRefusedBeforeItIsMadeIsNotCounted() {
    failTimes(3, Operation.DESCRIBE_VPCS, 403, "AccessDenied");
    assertThatThrownBy(() -> succeeding(Operation.DESCRIBE_VPCS));

    assertThat(metric("fairway_aws_ec2_read_calls")).isEqualTo(3);
    assertThat(metric("fairway_aws_ec2_read_failures")).isEqualTo(3);
  }

  @Test
  void aBugInTheCallIsNotAnErrorOfTheCloud() {
    for (var i = 0; i < 10; i++) {
      assertThatThrownBy(() ->
              gate.call(
                  Operation.DESCRIBE_TAGS,
                  Lane.CHANGE,
                  () -> {
                    throw new IllegalStateException("bug");
                  }))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(succeeding(Operation.DESCRIBE_TAGS)).isEqualTo("done");
  }

  @Test
  void theFieldThatIsGivenIsTheOneThatIsNamed() {
    var error =
        catchThrowableOfType(
            CloudException.Rejected.class,
            () ->
                gate.call(
                    Operation.SET_SUBNETS,
                    Lane.CHANGE,
                    "settings.subnets",
                    () -> {
                      throw answer(400, "SubnetNotFound");
                    }));

    assertThat(error.field()).isEqualTo("settings.subnets");
  }

  @Test
  void everyClassHasItsMetrics() {
    assertThat(meters).hasSize(6 * ThrottleClass.values().length);
    assertThat(meters)
        .containsKeys(
            "fairway_aws_ec2_write_calls",
            "fairway_aws_ec2_write_throttles",
            "fairway_aws_ec2_write_failures",
            "fairway_aws_ec2_write_wait_seconds",
            "fairway_aws_ec2_write_rate",
            "fairway_aws_ec2_write_waiting");
  }

  private void failTimes(int times, Operation operation, int status, String code) {
    for (var i = 0; i < times; i++) {
      assertThatThrownBy(() -> failing(operation, status, code)).isInstanceOf(CloudException.class);
    }
  }

  private void failing(Operation operation, int status, String code) {
    gate.call(
        operation,
        Lane.CHANGE,
        () -> {
          calls.incrementAndGet();
          throw answer(status, code);
        });
  }

  private String succeeding(Operation operation) {
    return gate.call(operation, Lane.CHANGE, () -> "done");
  }

  private double metric(String name) {
    return meters.getOrDefault(name, () -> Double.NaN).getAsDouble();
  }

  private static SdkException answer(int status, String code) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(code).errorMessage("words of AWS").build())
        .build();
  }

  private static Meters recording(Map<String, DoubleSupplier> all) {
    return new Meters() {
      @Override
      public void gauge(String name, String description, DoubleSupplier value) {
        all.put(name, value);
      }

      @Override
      public void counter(String name, String description, DoubleSupplier value) {
        all.put(name, value);
      }
    };
  }
}
