// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.testkit.openstack.fault.CrashPoint;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import dev.fairway.testkit.openstack.http.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OpenStackProxyTest {
  private static final String LIST = "/loadbalancers";

  private SimulatedOpenStack openStack;
  private OpenStackProxy proxy;
  private Tenant tenant;

  @BeforeEach
  void start() {
    openStack = SimulatedOpenStack.start();
    proxy = OpenStackProxy.start(openStack.authUrl());
    tenant = Tenant.of(openStack.seed().behind(proxy.authUrl()), "demo");
  }

  @AfterEach
  void stop() {
    proxy.close();
    openStack.close();
  }

  private Answer create() {
    return tenant.octavia(
        "POST",
        LIST,
        """
        {"loadbalancer": {"name": "one", "vip_subnet_id": "%s"}}
        """
            .formatted(openStack.seed().privateSubnet()));
  }

  @Test
  void theCatalogueNamesTheProxyForEveryService() {
    assertThat(tenant.endpoint("load-balancer")).isEqualTo(proxy.uri() + "/load-balancer");
    assertThat(tenant.endpoint("network")).isEqualTo(proxy.uri() + "/network");
    assertThat(tenant.endpoint("identity")).isEqualTo(proxy.uri() + "/identity/v3");
  }

  @Test
  void linksOfPagesStayWithinTheProxy() {
    create();
    create();

    var page = tenant.octavia("GET", LIST + "?limit=1").json();

    assertThat(page.path("loadbalancers_links").path(0).path("href").asText())
        .startsWith(proxy.uri() + "/load-balancer/v2/lbaas/loadbalancers?limit=1&marker=");
  }

  @Test
  void callsAreCountedByWhatTheyDo() {
    proxy.clear();

    create();
    tenant.octavia("GET", LIST + "?fields=id");
    tenant.neutron("GET", "/floatingips");

    var calls = proxy.calls();
    assertThat(calls.reads().count()).isEqualTo(2);
    assertThat(calls.writes().count()).isEqualTo(1);
    assertThat(calls.to("network").count()).isEqualTo(1);
    assertThat(calls)
        .hasToString(
            "GET /v2.0/floatingips 1, GET /v2/lbaas/loadbalancers 1, POST /v2/lbaas/loadbalancers 1");
    var write = calls.writes().all().getFirst();
    assertThat(write.status()).isEqualTo(201);
    assertThat(write.body().at("/loadbalancer/name").asText()).isEqualTo("one");
    assertThat(calls.of("GET /loadbalancers").all().getFirst().query()).isEqualTo("fields=id");
  }

  @Test
  void idsDoNotTellOperationsApart() {
    var id = create().json().at("/loadbalancer/id").asText();

    tenant.octavia("GET", LIST + "/" + id);

    assertThat(proxy.calls().byOperation()).containsEntry("GET /v2/lbaas/loadbalancers/{id}", 1);
  }

  @Test
  void tokensAreCountedWithoutTheirSecrets() {
    var token = proxy.calls().tokens().all().getFirst();

    assertThat(token.status()).isEqualTo(201);
    assertThat(token.body().isMissingNode()).isTrue();
    assertThat(proxy.calls().lines() + proxy.calls().all())
        .doesNotContain(openStack.seed().password())
        .doesNotContain("gAAAA");
  }

  @Test
  void aRefusalDoesNothing() {
    proxy.faults().add(FaultRule.on(When.mutating(), Fault.page(503)).times(1));

    var refused = create();

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).startsWith("<html>");
    assertThat(balancers()).isZero();
    assertThat(create().status()).isEqualTo(201);
    assertThat(proxy.calls().faulty().count()).isEqualTo(1);
  }

  @Test
  void throttlingTellsWhenToComeBack() {
    proxy.faults().add(FaultRule.on(When.reading(), Fault.throttled(Duration.ofSeconds(7))));

    var answer = tenant.octavia("GET", LIST);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers()).containsEntry("retry-after", "7");
  }

  @Test
  void aLostAnswerIsOfSomethingDone() {
    proxy.faults().add(FaultRule.on(When.mutating(), new Fault.ResetAfter()).nth(1));

    assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);

    assertThat(balancers()).isEqualTo(1);
    assertThat(proxy.calls().writes().all().getFirst().status()).isZero();
  }

  @Test
  void aResetBeforeIsOfSomethingNotDone() {
    proxy.faults().add(FaultRule.on(When.mutating(), new Fault.ResetBefore()).nth(1));

    assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);

    assertThat(balancers()).isZero();
  }

  @Test
  void truncatedJsonIsNoJson() {
    create();
    proxy.faults().add(FaultRule.on(When.reading(), new Fault.Truncate()).times(1));

    var answer = tenant.octavia("GET", LIST);

    assertThat(answer.status()).isEqualTo(200);
    assertThatThrownBy(answer::json).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aConnectionThatIsCutEndsInTheMiddle() {
    create();
    proxy.faults().add(FaultRule.on(When.reading(), new Fault.Cut()).times(1));

    assertThatThrownBy(() -> tenant.octavia("GET", LIST)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aSlowBodyArrivesWhole() {
    create();
    proxy
        .faults()
        .add(FaultRule.on(When.reading(), new Fault.SlowBody(Duration.ofMillis(5))).times(1));

    var before = System.nanoTime();
    var answer = tenant.octavia("GET", LIST);

    assertThat(answer.json().path("loadbalancers").size()).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(50));
  }

  @Test
  void delaysAddUp() {
    proxy.faults().add(FaultRule.on(When.reading(), new Fault.Delay(Duration.ofMillis(20))));
    proxy.faults().add(FaultRule.on(When.reading(), new Fault.Delay(Duration.ofMillis(20))));

    tenant.octavia("GET", LIST);

    var call = proxy.calls().reads().all().getFirst();
    assertThat(Duration.between(call.at(), call.answered())).isGreaterThan(Duration.ofMillis(40));
    assertThat(call.fault()).isEmpty();
  }

  @Test
  void callsUnderWayAreCounted() throws InterruptedException {
    proxy.faults().add(FaultRule.on(When.reading(), new Fault.Delay(Duration.ofMillis(200))));
    var callers =
        IntStream.range(0, 3)
            .mapToObj(_ -> Thread.ofVirtual().start(() -> tenant.octavia("GET", LIST)))
            .toList();

    for (var caller : callers) {
      caller.join();
    }

    assertThat(proxy.calls().mostInFlight()).isEqualTo(3);
  }

  @Test
  void afterACrashNothingHoldsUntilItIsMended() {
    var dead = new AtomicBoolean();
    var crash = proxy.faults().add(new CrashPoint(2, () -> dead.set(true)));
    create();

    assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);
    assertThat(dead).isTrue();
    assertThat(crash.reached()).isTrue();
    assertThatThrownBy(() -> tenant.octavia("GET", LIST)).isInstanceOf(UncheckedIOException.class);

    crash.mend();
    assertThat(balancers()).isEqualTo(2);
  }

  private int balancers() {
    return tenant.octavia("GET", LIST).json().path("loadbalancers").size();
  }
}
