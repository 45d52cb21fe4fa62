// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.openstack.plan.OpenStackAction;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Services with listeners on a load balancer that is not theirs: nobody forgets them, and what
/// they use stays.
class GuestsTest extends OnSimulator {
  private static final TestClock CLOCK = new TestClock();
  private static final String ATTACH = "fairway.dev/openstack-load-balancer";
  private static final String WEB = "kube_service_kubernetes_tests_web";
  private static final String DELETE_LISTENER = "DELETE /lbaas/listeners/{id}";

  private final Asked web = Asked.service("web");
  private final Asked side = Asked.service("side").ports("TCP/443").with(ATTACH, WEB);

  GuestsTest() {
    super(CLOCK);
  }

  @AfterEach
  void newestOctavia() {
    cloud.octavia(octavia -> octavia.newestVersion(30));
  }

  @Test
  void aGuestWhoseDeletionFailedInTheMiddleIsDeletedToTheEnd() {
    controller.reach(web);
    controller.reach(side);
    controller.audit();
    world
        .proxy
        .faults()
        .add(FaultRule.on(When.operation(DELETE_LISTENER), attempt -> Fault.broken(attempt, 500)));
    assertThat(controller.pass(side.absent())).containsExactly("Unavailable");
    world.proxy.faults().clear();

    assertThat(controller.provider().observe(side.key()).exists()).isTrue();
    controller.remove(side);

    assertThat(ports(WEB)).containsExactly(80);
    assertThat(sight.pools(id(WEB))).hasSize(1);
  }

  @Test
  void aGuestIsNotForgottenWhenTheOwnerChangesTheLoadBalancerMeanwhile() {
    controller.reach(web);
    controller.reach(side);
    controller.audit();
    var _ = controller.pass(side.absent());
    controller.audit();
    var pool =
        controller.planned(side.absent()).actions().stream()
            .filter(OpenStackAction.DeletePool.class::isInstance)
            .findFirst()
            .orElseThrow();
    changeByOthers(id(WEB));
    controller.audit();

    assertThatThrownBy(() ->
            controller
                .provider()
                .apply(pool, controller.provider().list(OpenStackWorld.CLUSTER).getFirst()))
        .as("a plan that is out of date")
        .isInstanceOf(CloudException.Conflict.class);
    controller.remove(side);

    assertThat(ports(WEB)).containsExactly(80);
    assertThat(sight.pools(id(WEB))).hasSize(1);
  }

  @Test
  void guestsAreToldWhenOctaviaIsDoneWithTheChangeOfSomebodyElse() {
    controller.reach(web);
    controller.reach(side);
    controller.audit();
    cloud.hold(id(WEB));
    describe(id(WEB));
    controller.audit();
    controller.forgetNews(side);
    CLOCK.advance(Duration.ofSeconds(2));

    cloud.release(id(WEB));

    controller.awaitNews(side);
  }

  @Test
  void whatIsOnALoadBalancerThatIsNotNamedAnyMoreGoesWhenTheNewPlaceServes() {
    plant("edge");
    plant("other");
    controller.reach(side.with(ATTACH, "edge"));

    controller.reach(side.with(ATTACH, "other"));

    assertThat(ports("edge")).containsExactly(80);
    assertThat(sight.pools(id("edge"))).hasSize(1);
    assertThat(ports("other")).containsExactlyInAnyOrder(80, 443);
    assertThat(writes(side.with(ATTACH, "other"))).as("again").isEmpty();
  }

  @Test
  void aGuestThatWantsALoadBalancerOfItsOwnLeavesWhenThatServes() {
    controller.reach(web);
    controller.reach(side);
    var own = Asked.service("side").ports("TCP/443");

    controller.reach(own);

    assertThat(ports(WEB)).containsExactly(80);
    assertThat(ports("_side")).containsExactly(443);
    controller.remove(own);
    assertThat(sight.balancers()).hasSize(1);
  }

  @Test
  void whoMovesToTheLoadBalancerOfSomebodyElseLeavesNothingBehind() {
    controller.reach(web);
    controller.reach(Asked.service("side").ports("TCP/443"));

    controller.reach(side);

    assertThat(ports(WEB)).containsExactlyInAnyOrder(80, 443);
    assertThat(sight.balancers()).hasSize(1);
    assertThat(sight.floatingIps()).hasSize(1);
    assertThat(writes(side)).as("again").isEmpty();
  }

  @Test
  void whoIsRefusedAtTheNewPlaceStaysWhereHeIs() {
    plant("edge");
    plant("other");
    controller.reach(Asked.service("third").ports("UDP/443").with(ATTACH, "other"));
    controller.reach(side.with(ATTACH, "edge"));

    assertThat(writes(side.with(ATTACH, "other"))).isEmpty();

    assertThat(controller.notes(side.with(ATTACH, "other"))).contains("SharedLoadBalancerFull");
    assertThat(ports("edge")).containsExactlyInAnyOrder(80, 443);
  }

  @Test
  void whatIsLeftBehindIsNarrowedBeforeTheNewPlaceIsReady() {
    plant("edge");
    plant("other");
    controller.reach(side.with(ATTACH, "edge"));
    cloud.hold(id("other"));
    describe(id("other"));
    controller.audit();

    var _ = controller.pass(side.with(ATTACH, "other").openTo("192.0.2.0/24").present());
    var _ = controller.pass(side.with(ATTACH, "other").openTo("192.0.2.0/24").present());

    assertThat(listener("edge", 443).path("allowed_cidrs").path(0).asText())
        .isEqualTo("192.0.2.0/24");
    cloud.release(id("other"));
  }

  @Test
  void whatIsLeftBehindGetsNothingButNarrowerRanges() {
    plant("edge");
    plant("other");
    controller.reach(side.with(ATTACH, "edge").openTo("10.0.0.0/8"));
    holdWithWork("other");
    var moved = side.with(ATTACH, "other").theirs("timeout-client-data", "70000");

    var wider = during(() -> twice(moved.openTo("10.0.0.0/8", "192.0.2.0/24")));
    var narrower = during(() -> twice(moved.openTo("10.1.0.0/16")));

    assertThat(wider.writes().count()).as("%s", wider).isZero();
    assertThat(narrower.writes().all())
        .singleElement()
        .satisfies(call ->
            assertThat(call.body().path("listener").toString())
                .isEqualTo("{\"allowed_cidrs\":[\"10.1.0.0/16\"]}"));
    cloud.release(id("other"));
  }

  @Test
  void whatCannotBeNarrowedWhereItWasIsClosedThere() {
    plantOvn("edge");
    plant("other");
    controller.reach(side.with(ATTACH, "edge").theirs("provider", "ovn"));
    assertThat(ports("edge")).containsExactlyInAnyOrder(80, 443);
    holdWithWork("other");
    var moved = side.with(ATTACH, "other");

    twice(moved);
    assertThat(ports("edge")).as("nothing is narrowed").containsExactlyInAnyOrder(80, 443);
    twice(moved.openTo("192.0.2.0/24"));
    assertThat(ports("edge")).as("only some may connect").containsExactly(80);
    cloud.release(id("other"));
    controller.reach(moved.openTo("192.0.2.0/24"));

    assertThat(ports("other")).containsExactlyInAnyOrder(80, 443);
    assertThat(sight.pools(id("edge"))).hasSize(1);
  }

  @Test
  void rangesThatALoadBalancerOfSomebodyElseCannotHoldAreToldAndNobodyIsLetIn() {
    plantOvn("edge");
    var asked = side.with(ATTACH, "edge").openTo("192.0.2.0/24");

    assertThat(writes(asked)).isEmpty();

    assertThat(controller.notes(asked)).contains("SourceRangesNotEnforced");
    assertThat(ports("edge")).containsExactly(80);
  }

  @Test
  void aPartThatIsWrittenWhileTheRestIsReadAgainIsNotTakenForAll() throws Exception {
    controller.reach(web);
    controller.reach(side);
    controller.audit();
    doubt(side);
    controller.audit();
    var underWay = new CountDownLatch(1);
    var asked = web.ports("TCP/80", "TCP/8080");
    // The pool of the new port is answered while what is on the load balancer is read again.
    FaultRule slowWrite =
        (attempt, _) -> {
          if (When.operation("POST /lbaas/pools").test(attempt)) {
            underWay.countDown();
            return Optional.of(new Fault.Delay(Duration.ofMillis(500)));
          }
          return Optional.empty();
        };
    world.proxy.faults().add(slowWrite);
    world
        .proxy
        .faults()
        .add(
            FaultRule.on(
                    When.operation("GET /lbaas/listeners"),
                    new Fault.Delay(Duration.ofMillis(1500)))
                .times(1));
    var other =
        CompletableFuture.runAsync(() -> {
          await(underWay);
          var _ = controller.provider().observe(side.key());
        });

    var _ = controller.pass(asked.present());
    other.get();
    world.proxy.faults().clear();

    assertThat(controller.provider().observe(side.key()).exists()).isTrue();
    controller.reach(asked);
    assertThat(ports(WEB)).containsExactlyInAnyOrder(80, 443, 8080);
    controller.remove(asked);
    assertThat(ports(WEB)).as("of the guest").containsExactly(443);
  }

  @Test
  void aSecondLoadBalancerThatIsNotNeededAnyMoreStaysForItsGuest() {
    cloud.octavia(octavia -> octavia.newestVersion(25));
    controller.restart();
    controller.reach(web.dual());
    assertThat(sight.balancers()).hasSize(2);
    var second =
        sight.balancers().stream()
            .filter(one -> one.path("vip_address").asText().contains(":"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    controller.reach(side.with(ATTACH, second));

    controller.reach(web);

    assertThat(sight.listeners(second))
        .map(one -> one.path("protocol_port").asInt())
        .containsExactly(443);
    assertThat(writes(side.with(ATTACH, second))).as("the guest").isEmpty();
  }

  @Test
  void whatIsLeftToAGuestIsNotShownAtItsOwnAddressWhenItsFloatingIpIsGone() {
    controller.reach(web);
    controller.reach(side);
    var ip = sight.floatingIps().getFirst();
    controller.remove(web);
    controller.reach(side);
    assertThat(controller.provider().observe(side.key()).ingress())
        .containsExactly(
            new Ingress.Address(ip.path("floating_ip_address").asText(), Ingress.Mode.VIP));

    var _ =
        sight
            .api()
            .delete(
                Call.of(Operation.DELETE_FLOATING_IP, "/floatingips/" + ip.path("id").asText()));
    controller.audit();

    assertThat(controller.provider().observe(side.key()).ingress()).isEmpty();
  }

  @Test
  void aLoadBalancerWithGuestsIsNotReplaced() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    controller.reach(web);
    controller.reach(side);
    var asked =
        web.theirs("availability-zone", "az-2")
            .with("fairway.dev/openstack-replace", "make-before-break");

    assertThat(writes(asked)).isEmpty();

    assertThat(controller.notes(asked)).contains("RequiresReplacement");
    assertThat(ports(WEB)).containsExactlyInAnyOrder(80, 443);
  }

  @Test
  void aPoolThatSomebodyPutOnOurLoadBalancerByHandStays() {
    controller.reach(web);
    var _ =
        sight.post(
            Operation.CREATE_POOL,
            "/lbaas/pools",
            json(
                "{'pool': {'name': 'canary', 'loadbalancer_id': '%s', 'protocol': 'HTTP',"
                    + " 'lb_algorithm': 'ROUND_ROBIN'}}",
                id(WEB)));
    controller.restart();

    assertThat(writes(web)).isEmpty();

    assertThat(writes(web.nodes(4))).isEqualTo(Map.of("PUT /v2.0/lbaas/pools/{id}/members", 1));
    assertThat(sight.pools(id(WEB))).hasSize(2);
  }

  // A call of its whose end is not known.
  private void doubt(Asked asked) {
    FaultRule fault =
        FaultRule.on(
            When.operation("PUT /lbaas/pools/{id}/members"), attempt -> Fault.broken(attempt, 500));
    world.proxy.faults().add(fault);
    assertThat(controller.pass(asked.nodes(4).present())).containsExactly("Unavailable");
    world.proxy.faults().clear();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void holdWithWork(String name) {
    cloud.hold(id(name));
    describe(id(name));
    controller.audit();
  }

  private void twice(Asked asked) {
    var _ = controller.pass(asked.present());
    var _ = controller.pass(asked.present());
  }

  private void plant(String name) {
    plant(name, "amphora", "ROUND_ROBIN");
  }

  private void plantOvn(String name) {
    plant(name, "ovn", "SOURCE_IP_PORT");
  }

  private void plant(String name, String provider, String algorithm) {
    var _ =
        cloud.putBalancer(
            json(
                """
                {'name': '%s', 'vip_subnet_id': '%s', 'provider': '%s',
                 'listeners': [{'name': 'by-hand', 'protocol': 'TCP', 'protocol_port': 80,
                   'default_pool': {'name': 'by-hand', 'protocol': 'TCP',
                     'lb_algorithm': '%s'}}]}
                """,
                name, cloud.seed().privateSubnet(), provider, algorithm));
  }

  private void changeByOthers(String balancer) {
    CLOCK.advance(Duration.ofSeconds(2));
    cloud.octavia(octavia -> octavia.touch(balancer));
  }

  private void describe(String balancer) {
    var _ =
        sight.put(
            Operation.UPDATE_LOAD_BALANCER,
            "/lbaas/loadbalancers/" + balancer,
            json("{'loadbalancer': {'description': 'by hand'}}"));
  }

  private String id(String end) {
    return sight.balancer(end).path("id").asText();
  }

  private List<Integer> ports(String end) {
    return sight.listeners(id(end)).stream().map(one -> one.path("protocol_port").asInt()).toList();
  }

  private JsonNode listener(String end, int port) {
    return sight.listeners(id(end)).stream()
        .filter(one -> one.path("protocol_port").asInt() == port)
        .findFirst()
        .orElseThrow();
  }

  private Map<String, Integer> writes(Asked asked) {
    return during(() -> controller.reach(asked)).writes().byOperation();
  }
}
