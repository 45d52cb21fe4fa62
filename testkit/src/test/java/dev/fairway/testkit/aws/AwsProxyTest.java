// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import static dev.fairway.testkit.aws.AwsCaller.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairway.testkit.aws.fault.CrashPoint;
import dev.fairway.testkit.aws.fault.DocumentedBuckets;
import dev.fairway.testkit.aws.fault.Fault;
import dev.fairway.testkit.aws.fault.FaultRule;
import dev.fairway.testkit.aws.fault.TokenBucket;
import dev.fairway.testkit.aws.fault.When;
import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.HttpBackend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the proxy counts and breaks, in front of a backend that takes everything.
class AwsProxyTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private FakeBackend backend;
  private AwsProxy proxy;
  private HttpBackend client;

  @BeforeEach
  void start() throws IOException {
    backend = new FakeBackend();
    proxy = AwsProxy.start(backend.uri(), 0, now::get);
    client = new HttpBackend(proxy.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
    backend.close();
  }

  @Test
  void callsPassAndAreCounted() {
    elb("AddListenerCertificates");
    var mark = proxy.calls().mark();
    elb("RemoveListenerCertificates");
    ec2("DescribeVpcs");
    ec2("DescribeVpcs");

    assertThat(backend.bodies()).hasSize(4).contains("Action=DescribeVpcs&Version=2016-11-15");
    assertThat(proxy.calls().count()).isEqualTo(4);
    assertThat(proxy.calls().since(mark).byAction())
        .containsOnlyKeys("RemoveListenerCertificates", "DescribeVpcs")
        .containsEntry("DescribeVpcs", 2);
    assertThat(proxy.calls().mutating().count()).isEqualTo(2);
    assertThat(proxy.calls().describes().count()).isEqualTo(2);
    assertThat(proxy.calls().to("ec2").of("DescribeVpcs", "Nothing").count()).isEqualTo(2);
    assertThat(proxy.calls().since(mark))
        .hasToString("DescribeVpcs 2, RemoveListenerCertificates 1");
  }

  @Test
  void aRefusedCallDoesNotReachTheBackendButCounts() {
    proxy.faults().add(FaultRule.on(When.action("CreateVpc"), Fault.internal()));

    var answer = ec2("CreateVpc");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(verdict(answer)).isEqualTo("InternalFailure");
    assertThat(backend.bodies()).isEmpty();
    assertThat(proxy.calls().faulty().of("CreateVpc").count()).isEqualTo(1);
    assertThat(proxy.calls().genuine().count()).isZero();
    assertThat(verdict(ec2("DescribeVpcs"))).isEqualTo("ok");
  }

  @Test
  void aConnectionMayEndBeforeOrAfterTheCallWasCarriedOut() {
    var before = proxy.faults().add(FaultRule.on(When.mutating(), new Fault.ResetBefore()));
    assertThatThrownBy(() -> ec2("CreateVpc")).isInstanceOf(UncheckedIOException.class);
    assertThat(backend.bodies()).isEmpty();

    proxy.faults().remove(before);
    proxy.faults().add(FaultRule.on(When.mutating(), new Fault.ResetAfter()));
    assertThatThrownBy(() -> ec2("CreateVpc")).isInstanceOf(UncheckedIOException.class);
    assertThat(backend.bodies()).hasSize(1);
    assertThat(proxy.calls().all())
        .extracting(Call::status, call -> call.fault().orElse(""))
        .containsExactly(tuple(0, "reset-before"), tuple(0, "reset-after"));
  }

  @Test
  void refusalsHaveTheFormAndCodeOfTheirService() {
    proxy.faults().add(FaultRule.on(When.action("DescribeVpcs", "CreateRule"), Fault::throttled));
    proxy.faults().add(FaultRule.on(When.action("CreateVpc", "DeleteRule"), Fault::denied));
    proxy.faults().add(FaultRule.on(When.action("ModifyRule"), Fault::expired));

    assertThat(verdict(ec2("DescribeVpcs"))).isEqualTo("RequestLimitExceeded");
    assertThat(verdict(elb("CreateRule"))).isEqualTo("Throttling");
    assertThat(verdict(ec2("CreateVpc"))).isEqualTo("UnauthorizedOperation");
    assertThat(elb("DeleteRule").body())
        .contains("<Code>AccessDenied</Code>", "perform: elasticloadbalancing:DeleteRule");
    assertThat(verdict(elb("ModifyRule"))).isEqualTo("ExpiredToken");
  }

  @Test
  void aBucketThrottlesWhenItIsEmptyAndFillsInTime() {
    proxy.faults().add(new TokenBucket(When.action("DescribeVpcs"), 2, 3));

    assertThat(verdicts(5))
        .containsExactly("ok", "ok", "ok", "RequestLimitExceeded", "RequestLimitExceeded");
    now.updateAndGet(then -> then.plusSeconds(1));
    assertThat(verdicts(3)).containsExactly("ok", "ok", "RequestLimitExceeded");
    now.updateAndGet(then -> then.plusSeconds(100));
    assertThat(verdicts(4)).containsExactly("ok", "ok", "ok", "RequestLimitExceeded");
    assertThat(verdict(elb("CreateRule"))).isEqualTo("ok");
  }

  @Test
  void eachClassOfActionsHasItsOwnBucket() {
    proxy.faults().add(new DocumentedBuckets());

    assertThat(served("CreateLoadBalancer", 30)).isEqualTo(10);
    assertThat(served("RegisterTargets", 30)).isEqualTo(20);
    assertThat(served("CreateRule", 30)).isEqualTo(20);
    assertThat(served("DescribeRules", 210)).isEqualTo(200);
    now.updateAndGet(then -> then.plusSeconds(5));
    assertThat(served("CreateLoadBalancer", 30)).isEqualTo(1);
    assertThat(served("RegisterTargets", 30)).isEqualTo(20);
    assertThat(served("CreateRule", 30)).isEqualTo(15);
  }

  /// How many of so many calls are not throttled.
  private long served(String action, int calls) {
    return IntStream.range(0, calls)
        .filter(_ -> !verdict(elb(action)).equals("Throttling"))
        .count();
  }

  @Test
  void aShareOfTheCallsFailsAndTheSeedSaysWhich() {
    proxy.faults().add(FaultRule.on(When.any(), Fault::throttled).share(0.5, 7));
    var first = verdicts(40);
    proxy.faults().clear();
    proxy.faults().add(FaultRule.on(When.any(), Fault::throttled).share(0.5, 7));

    assertThat(verdicts(40)).isEqualTo(first);
    assertThat(first.stream().filter("ok"::equals).count()).isBetween(10L, 30L);
  }

  @Test
  void aRuleMayFireOnlySomeTimes() {
    proxy.faults().add(FaultRule.on(When.any(), Fault::throttled).times(2));
    assertThat(verdicts(4))
        .containsExactly("RequestLimitExceeded", "RequestLimitExceeded", "ok", "ok");

    proxy.faults().clear();
    proxy.faults().add(FaultRule.on(When.any(), Fault::throttled).nth(3));
    assertThat(verdicts(4)).containsExactly("ok", "ok", "RequestLimitExceeded", "ok");
  }

  @Test
  void rulesAddUpAndTheFirstToRefuseDecides() {
    proxy.faults().add(FaultRule.on(When.any(), new Fault.Delay(Duration.ofMillis(30))));
    proxy.faults().add(FaultRule.on(When.any(), Fault.unavailable()));
    proxy.faults().add(FaultRule.on(When.any(), new Fault.Delay(Duration.ofMillis(30))));
    proxy.faults().add(FaultRule.on(When.any(), Fault.internal()));

    var start = System.nanoTime();
    assertThat(verdicts(1)).containsExactly("ServiceUnavailable");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(60));
  }

  @Test
  void afterACrashNothingGetsThroughUntilItIsMended() {
    var crashes = new AtomicInteger();
    var point = proxy.faults().add(new CrashPoint(2, crashes::incrementAndGet));

    elb("CreateRule");
    assertThat(verdicts(1)).containsExactly("ok");
    assertThat(point.reached()).isFalse();
    assertThatThrownBy(() -> elb("CreateRule")).isInstanceOf(UncheckedIOException.class);
    assertThat(crashes).hasValue(1);
    assertThat(point.reached()).isTrue();
    assertThat(backend.bodies()).hasSize(3);
    assertThatThrownBy(() -> ec2("DescribeVpcs")).isInstanceOf(UncheckedIOException.class);

    point.mend();
    assertThat(verdict(elb("CreateRule"))).isEqualTo("ok");
    assertThat(crashes).hasValue(1);
  }

  @Test
  void aBackendThatIsGoneIsAnEndedConnectionInTheLog() {
    backend.close();

    assertThatThrownBy(() -> ec2("DescribeVpcs")).isInstanceOf(UncheckedIOException.class);
    assertThat(proxy.calls().all().getFirst().fault()).hasValue("no answer of the backend");
  }

  @Test
  void aResetForgetsCallsAndFaults() {
    proxy.faults().add(FaultRule.on(When.any(), Fault.internal()));
    verdicts(1);

    proxy.reset();

    assertThat(proxy.calls().count()).isZero();
    assertThat(verdicts(1)).containsExactly("ok");
  }

  @Test
  void peopleCanReadTheLog() throws Exception {
    ec2("DescribeVpcs");
    proxy.faults().add(FaultRule.on(When.any(), Fault::throttled));
    ec2("DescribeVpcs");

    assertThat(get(proxy.uri().resolve("/-/calls")))
        .isEqualTo(
            """
            1970-01-01T00:00:00Z ec2 DescribeVpcs 200
            1970-01-01T00:00:00Z ec2 DescribeVpcs 503 RequestLimitExceeded (scripted: RequestLimitExceeded)
            """);
    assertThat(proxy.calls().count()).isEqualTo(2);
  }

  @Test
  void everyCallIsCountedOnceWhenManyComeAtOnce() {
    IntStream.range(0, 320).parallel().forEach(_ -> ec2("DescribeVpcs"));

    assertThat(proxy.calls().count()).isEqualTo(320);
    assertThat(backend.bodies()).hasSize(320);
  }

  private static String get(URI uri) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private List<String> verdicts(int n) {
    var verdicts = new ArrayList<String>();
    for (int i = 0; i < n; i++) {
      verdicts.add(verdict(ec2("DescribeVpcs")));
    }
    return verdicts;
  }

  private Answer ec2(String action) {
    return client.send(QueryCall.to(AwsSeed.REGION, QueryCall.EC2, action));
  }

  private Answer elb(String action) {
    return client.send(QueryCall.to(AwsSeed.REGION, QueryCall.ELB, action));
  }
}
