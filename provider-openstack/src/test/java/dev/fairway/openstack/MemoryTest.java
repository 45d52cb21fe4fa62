// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is remembered is what is there, whoever changes it and whatever is not answered.
class MemoryTest extends OnSimulator {
  private static final TestClock CLOCK = new TestClock();
  private static final String POST = "POST /lbaas/loadbalancers";
  private static final String LISTENER = "PUT /v2.0/lbaas/listeners/{id}";

  private final Asked web = Asked.service("web");

  MemoryTest() {
    super(CLOCK);
  }

  @AfterEach
  void newestOctavia() {
    cloud.octavia(octavia -> octavia.newestVersion(30));
  }

  @Test
  void aChangeOfSomebodyElseThatWasInTheWayOfOursIsSeenAndTakenBack() {
    var asked = web.openTo("10.0.0.0/8");
    controller.reach(asked);
    controller.audit();
    CLOCK.advance(Duration.ofSeconds(2));
    cloud.hold(id());
    var _ =
        sight.put(
            Operation.UPDATE_LISTENER,
            "/lbaas/listeners/" + listener(),
            json("{'listener': {'allowed_cidrs': null}}"));
    assertThat(controller.pass(asked.nodes(4).present())).containsExactly("NotReady");
    CLOCK.advance(Duration.ofSeconds(2));
    cloud.release(id());

    var writes = during(() -> controller.reach(asked.nodes(4))).writes().byOperation();

    assertThat(writes).isEqualTo(Map.of(LISTENER, 1, "PUT /v2.0/lbaas/pools/{id}/members", 1));
    assertThat(cidrs()).containsExactly("10.0.0.0/8");
  }

  @Test
  void aListenerThatWasInTheWayOfADeletionIsNotDeletedWithTheLoadBalancer() {
    controller.reach(web);
    controller.audit();
    CLOCK.advance(Duration.ofSeconds(2));
    cloud.hold(id());
    var _ =
        sight.post(
            Operation.CREATE_LISTENER,
            "/lbaas/listeners",
            json(
                "{'listener': {'loadbalancer_id': '%s', 'protocol': 'TCP', 'protocol_port': 9000,"
                    + " 'tags': ['fairway-cluster=another', 'fairway-service=theirs/one']}}",
                id()));
    assertThat(controller.pass(web.absent())).contains("NotReady");
    CLOCK.advance(Duration.ofSeconds(2));
    cloud.release(id());

    controller.remove(web);

    assertThat(sight.listeners(id()))
        .map(one -> one.path("protocol_port").asInt())
        .containsExactly(9000);
  }

  @Test
  void aListThatComesBeforeTheAnswerToAWriteIsNoNews() throws Exception {
    controller.reach(web);
    controller.audit();
    CLOCK.advance(Duration.ofSeconds(2));
    var asked = web.openTo("10.0.0.0/8");
    world
        .proxy
        .faults()
        .add(
            FaultRule.on(
                When.operation("PUT /lbaas/listeners/{id}"),
                new Fault.SlowBody(Duration.ofMillis(200))));
    var mark = world.proxy.calls().mark();

    var write = CompletableFuture.runAsync(() -> controller.pass(asked.present()));
    await(() -> !cidrs().isEmpty());
    controller.audit();
    write.get();
    world.proxy.faults().clear();
    controller.reach(asked);

    var calls = world.proxy.calls().since(mark);
    assertThat(calls.of("GET /lbaas/listeners").count()).as("%s", calls).isZero();
  }

  private static void await(BooleanSupplier there) {
    var end = Instant.now().plusSeconds(20);
    while (!there.getAsBoolean()) {
      assertThat(Instant.now()).as("now").isBefore(end);
    }
  }

  @Test
  void whatMayHaveBeenMadeIsLookedForUntilTheLookSucceeds() {
    controller.audit();
    world.proxy.faults().add(FaultRule.on(When.operation(POST), new Fault.ResetAfter()).times(1));
    assertThat(controller.pass(web.present())).containsExactly("Unavailable");
    FaultRule unavailable =
        FaultRule.on(
            When.operation("GET /lbaas/loadbalancers"), attempt -> Fault.broken(attempt, 503));
    world.proxy.faults().add(unavailable);
    assertThat(controller.pass(web.present())).containsExactly("Unavailable");
    world.proxy.faults().clear();

    var calls = during(() -> controller.reach(web));

    assertThat(calls.of(POST).count()).isZero();
    assertThat(sight.balancers()).hasSize(1);
  }

  @Test
  void oneInErrorThatIsToBeTakenOverIsLookedAtAgainSoon() {
    var old =
        cloud.putBalancer(
            json("{'name': 'by-hand', 'vip_subnet_id': '%s'}", cloud.seed().privateSubnet()));
    cloud.setStatus(old, "ERROR", "ERROR");
    var asked = web.with("fairway.dev/openstack-adopt", old).internal();
    assertThat(controller.pass(asked.present())).isEmpty();
    assertThat(during(() -> controller.pass(asked.present())).count()).as("at once").isZero();
    cloud.setStatus(old, "ACTIVE", "ONLINE");
    CLOCK.advance(Duration.ofSeconds(30));

    controller.reach(asked);

    assertThat(sight.balancers()).hasSize(1);
    assertThat(sight.listeners(old)).hasSize(1);
  }

  @Test
  void oneInErrorThatNobodyWaitsForIsNotLookedAtForEachNewService() {
    var other =
        cloud.putBalancer(
            json("{'name': 'by-hand', 'vip_subnet_id': '%s'}", cloud.seed().privateSubnet()));
    cloud.setStatus(other, "ERROR", "ERROR");
    controller.audit();
    CLOCK.advance(Duration.ofSeconds(30));

    var calls = during(() -> controller.pass(web.present()));

    assertThat(calls.of("GET /floatingips").count()).as("%s", calls).isZero();
    assertThat(sight.balancers()).hasSize(2);
  }

  @Test
  void whoWantsToTakeOverWhatIsInErrorIsToldSo() {
    var old =
        cloud.putBalancer(
            json("{'name': 'by-hand', 'vip_subnet_id': '%s'}", cloud.seed().privateSubnet()));
    cloud.setStatus(old, "ERROR", "ERROR");

    assertThat(controller.notes(web.with("fairway.dev/openstack-adopt", old)))
        .containsExactly("LoadBalancerNotActive");
  }

  @Test
  void whatIsWrittenDuringAnInspectionIsRemembered() throws Exception {
    cloud.octavia(octavia -> octavia.newestVersion(25));
    controller.restart();
    controller.reach(web.dual());
    controller.audit();
    var underWay = new CountDownLatch(1);
    FaultRule slow =
        (attempt, _) -> {
          if (When.operation("GET /lbaas/pools/{id}/members").test(attempt)) {
            underWay.countDown();
            return Optional.of(new Fault.Delay(Duration.ofMillis(1500)));
          }
          return Optional.empty();
        };
    world.proxy.faults().add(slow);
    var asked = web.dual().sticky(Duration.ofHours(1));

    var inspection =
        CompletableFuture.runAsync(() -> {
          var _ = controller.provider().inspect(web.key());
        });
    underWay.await();
    controller.reach(asked);
    inspection.get();
    world.proxy.faults().clear();

    assertThat(during(() -> controller.reach(asked)).count()).isZero();
  }

  private String id() {
    return sight.balancer("_web").path("id").asText();
  }

  private String listener() {
    return sight.listeners(id()).getFirst().path("id").asText();
  }

  private List<String> cidrs() {
    return StreamSupport.stream(
            sight.listeners(id()).getFirst().path("allowed_cidrs").spliterator(), false)
        .map(one -> one.asText())
        .toList();
  }
}
