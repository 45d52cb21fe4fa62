// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.cloud.connect.StubCloud.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSourceTest {
  private static final Call GET = Call.of(Operation.GET_LOAD_BALANCER, "/lbaas/loadbalancers/a");

  @TempDir Path dir;
  private final StubCloud cloud = new StubCloud();
  private Bench bench;

  @BeforeEach
  void connect() {
    bench = new Bench(dir, cloud.cloudConf());
  }

  @AfterEach
  void close() {
    bench.close();
    cloud.close();
  }

  @Test
  void fiftyThreadsThatBeginTogetherAskForOneToken() throws Exception {
    fiftyTimes(() -> bench.api.get(GET));

    assertThat(cloud.logins).hasSize(1);
    assertThat(bench.meter("fairway_openstack_token_requests")).isEqualTo(1);
  }

  @Test
  void fiftyThreadsWhoseTokenWasRevokedAskForOneTokenAndNoneFails() throws Exception {
    bench.api.get(GET);
    cloud.good.clear();

    fiftyTimes(() -> bench.api.get(GET));

    assertThat(cloud.logins).hasSize(2);
  }

  @Test
  void fiftyThreadsWhoseTokenHasExpiredAskForOneToken() throws Exception {
    bench.api.get(GET);
    cloud.good.clear();
    bench.clock.advance(Duration.ofHours(2));

    fiftyTimes(() -> bench.api.get(GET));

    assertThat(cloud.logins).hasSize(2);
  }

  @Test
  void aTokenIsRenewedBeforeItExpires() {
    bench.api.get(GET);
    bench.clock.advance(Duration.ofMinutes(53));
    bench.api.get(GET);
    assertThat(cloud.logins).hasSize(1);

    bench.clock.advance(Duration.ofMinutes(1));
    bench.api.get(GET);
    assertThat(cloud.logins).hasSize(2);
    assertThat(cloud.requests).noneMatch(r -> r.header("X-auth-token").isEmpty()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"PT24H,PT2H24M", "PT1H,PT6M", "PT20M,PT5M", "PT6M,PT3M", "PT0S,PT0S"})
  void itIsRenewedFiveMinutesOrATenthBeforeButNotInItsFirstHalf(
      Duration lifetime, Duration margin) {
    assertThat(Keystone.margin(lifetime)).isEqualTo(margin);
  }

  @Test
  void whileARenewalFailsTheOldTokenServesAndKeystoneIsLeftAlone() {
    bench.api.get(GET);
    bench.clock.advance(Duration.ofMinutes(55));
    cloud.refusal = _ -> Optional.of(Reply.json(503, "{}"));

    for (var i = 0; i < 20; i++) {
      bench.api.get(GET);
    }

    assertThat(cloud.logins).hasSize(2);
    bench.clock.advance(Duration.ofSeconds(2));
    bench.api.get(GET);
    assertThat(cloud.logins).hasSize(3);
  }

  @Test
  void aRotationOnDiskIsUsedAtTheNextRenewal() {
    bench.api.get(GET);
    bench.rewrite(cloud.cloudConf().replace("hunter2", "hunter3"));
    bench.clock.advance(Duration.ofMinutes(55));
    bench.api.get(GET);

    assertThat(cloud.logins)
        .extracting(login -> login.at("/auth/identity/password/user/password").asText())
        .containsExactly("hunter2", "hunter3");
  }

  @Test
  void credentialsThatAreRefusedAreAskedForLessAndLess() {
    cloud.refusal = _ -> Optional.of(Reply.json(401, "{\"error\": {\"message\": \"no\"}}"));

    for (var second = 0; second < 600; second++) {
      assertThatThrownBy(() -> bench.api.get(GET))
          .isInstanceOf(CloudException.Denied.class)
          .hasMessageContaining("refuses the credentials of " + dir.resolve("cloud.conf"));
      bench.clock.advance(Duration.ofSeconds(1));
    }

    // At 0, 5, 15, 35, 75, 155 and 315 s.
    assertThat(cloud.logins).hasSize(7);
    assertThat(cloud.requests).isEmpty();
  }

  @Test
  void credentialsThatAreMendedAreTriedWithoutWaitingForTheirTurn() {
    cloud.refusal =
        login ->
            login.toString().contains("hunter2")
                ? Optional.of(Reply.json(401, "{}"))
                : Optional.empty();
    for (var i = 0; i < 4; i++) {
      assertThatThrownBy(() -> bench.api.get(GET)).isInstanceOf(CloudException.Denied.class);
      bench.clock.advance(Duration.ofSeconds(60));
    }
    assertThatThrownBy(() -> bench.api.get(GET)).isInstanceOf(CloudException.Denied.class);

    bench.rewrite(cloud.cloudConf().replace("hunter2", "hunter3"));
    bench.clock.advance(Duration.ofSeconds(10));

    assertThat(bench.api.get(GET)).isPresent();
  }

  @Test
  void tokensThatNoServiceAcceptsDoNotFloodKeystone() {
    cloud.tokensAreGood = false;

    for (var second = 0; second < 100; second++) {
      assertThatThrownBy(() -> bench.api.get(GET)).isInstanceOf(CloudException.Denied.class);
      bench.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(cloud.logins).hasSizeLessThanOrEqualTo(10);

    cloud.tokensAreGood = true;
    bench.clock.advance(Duration.ofMinutes(5));
    assertThat(bench.api.get(GET)).isPresent();
  }

  @Test
  void aPostWhoseTokenWasRefusedIsMadeAgainSinceNothingWasDone() {
    bench.api.get(GET);
    cloud.good.clear();

    bench.api.post(
        Call.of(Operation.CREATE_LOAD_BALANCER, "/lbaas/loadbalancers"),
        JsonNodeFactory.instance.objectNode());

    assertThat(cloud.requests)
        .extracting(request -> request.header("X-auth-token"))
        .containsExactly("secret-token-1", "secret-token-1", "secret-token-2");
  }

  @Test
  void aKeystoneThatIsNotThereIsNamed() {
    bench.rewrite(cloud.cloudConf().replace(cloud.url(), "http://127.0.0.1:1"));

    assertThatThrownBy(() -> bench.api.get(GET))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessageContaining("Keystone at http://127.0.0.1:1/identity gave no token")
        .hasMessageContaining("no connection to 127.0.0.1:1");
  }

  @Test
  void credentialsThatAreNotCompleteAreDeniedWithWhatIsMissing() {
    bench.rewrite("[Global]\nauth-url=http://k\n");

    assertThatThrownBy(() -> bench.api.get(GET))
        .isInstanceOf(CloudException.Denied.class)
        .hasMessageContaining("username (or user-id)");
  }

  private static void fiftyTimes(Callable<?> call) throws Exception {
    var start = new CountDownLatch(1);
    var results = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 50)
          .forEach(_ ->
              results.add(
                  threads.submit(() -> {
                    start.await();
                    return call.call();
                  })));
      start.countDown();
    }
    for (var result : results) {
      assertThat(result.get()).isNotNull();
    }
  }
}
