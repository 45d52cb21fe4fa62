// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which addresses the status of a Service shows: those that clients reach, and no others.
class ShownTest extends OnSimulator {
  private static final TestClock CLOCK = new TestClock();
  private static final String CREATE_LISTENER = "POST /v2.0/lbaas/listeners";
  private static final String TAGS = "PUT /v2.0/lbaas/loadbalancers/{id}";
  private static final String REPLACE = "fairway.dev/openstack-replace";

  private final Asked web = Asked.service("web");

  ShownTest() {
    super(CLOCK);
  }

  @AfterEach
  void newestOctavia() {
    cloud.octavia(octavia -> octavia.newestVersion(30));
  }

  @Test
  void anExternalOneWithoutItsFloatingIpShowsNothing() {
    refuseFloatingIp(web);

    assertThat(balancer().path("provisioning_status").asText()).isEqualTo("ACTIVE");
    assertThat(shown()).isEmpty();
    cloud.setQuota("floatingip", -1);
    controller.reach(web);

    assertThat(shown()).isEqualTo(sight.leadingTo(balancer())).hasSize(1);
  }

  @Test
  void norDoesItShowTheNameThatWasAskedForInItsPlace() {
    var named = web.theirs("hostname", "web.example.org");

    refuseFloatingIp(named);

    assertThat(controller.provider().observe(web.key()).ingress()).isEmpty();
    cloud.setQuota("floatingip", -1);
    controller.reach(named);
    assertThat(controller.provider().observe(web.key()).ingress())
        .containsExactly(new Ingress.Hostname("web.example.org"));
  }

  @Test
  void anIpv6AddressNeedsNoFloatingIp() {
    refuseFloatingIp(web.dual());

    assertThat(shown()).singleElement().asString().contains(":");
  }

  @Test
  void whatBecomesInternalShowsItsOwnAddressAndWhatBecomesExternalThatOfItsFloatingIp() {
    controller.reach(web);
    controller.reach(web.internal());
    assertThat(shown()).containsExactly(balancer().path("vip_address").asText());

    controller.reach(web);

    assertThat(shown()).isEqualTo(sight.leadingTo(balancer())).hasSize(1);
  }

  @Test
  void whatBecomesExternalInVainIsNotShownAtItsOwnAddress() {
    controller.reach(web.internal());
    cloud.setQuota("floatingip", 0);

    assertThatThrownBy(() -> controller.reach(web))
        .isInstanceOf(CloudException.QuotaExceeded.class);

    assertThat(shown()).isEmpty();
  }

  @Test
  void aReplacementIsNotShownBeforeTheFloatingIpLeadsToIt() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    controller.reach(web);
    var address = sight.leadingTo(balancer());
    var asked = web.theirs("availability-zone", "az-2").with(REPLACE, "make-before-break");

    var _ = controller.pass(asked.present());
    controller.awaitNews(asked);

    assertThat(sight.balancers()).hasSize(2);
    assertThat(shown()).isEqualTo(address).hasSize(1);
  }

  @Test
  void oneOfAnEarlierVersionIsNotShownBesideTheOneToWhichTheFloatingIpLeads() {
    controller.reach(web);
    var address = sight.leadingTo(balancer());
    var _ =
        cloud.putBalancer(
            json(
                """
                {'name': 'kube_service_kubernetes_tests_web', 'vip_subnet_id': '%s',
                 'tags': ['fairway-cluster=conformance', 'fairway-service=tests/web'],
                 'listeners': [{'name': 'old', 'protocol': 'TCP', 'protocol_port': 80,
                   'default_pool': {'name': 'old', 'protocol': 'TCP',
                     'lb_algorithm': 'ROUND_ROBIN'}}]}
                """,
                cloud.seed().privateSubnet()));
    controller.restart();

    assertThat(shown()).isEqualTo(address).hasSize(1);
  }

  @Test
  void oneOfAnEarlierVersionIsTaggedOnceAndShownAllTheWay() {
    controller.reach(web);
    var address = sight.leadingTo(balancer());
    tag(texts(balancer().path("tags")).stream().filter(t -> !t.equals("fairway-floating")));
    controller.restart();
    assertThat(shown()).isEqualTo(address).hasSize(1);

    assertThat(writes(web)).isEqualTo(Map.of(TAGS, 1));

    assertThat(shown()).isEqualTo(address);
    assertThat(writes(web)).as("again").isEmpty();
    controller.restart();
    assertThat(writes(web)).as("after a restart").isEmpty();
  }

  @Test
  void oneThatIsMadeCallByCallIsShownWhenItListens() {
    controller.close();
    controller = new Controller(world, clock, "provider-requires-serial-api-calls = true");
    for (var asked : List.of(web, web.internal())) {
      var _ = controller.pass(asked.present());
      controller.awaitNews(asked);
      assertThat(sight.listeners(id())).isEmpty();
      assertThat(shown()).isEmpty();

      controller.reach(asked);

      assertThat(shown()).hasSize(1);
      controller.remove(asked);
    }
  }

  @Test
  void theAddressStaysWhileTheOnlyListenerIsMadeAnew() {
    controller.reach(web);
    var address = shown();
    var seen = new ArrayList<List<String>>();
    FaultRule rule =
        (attempt, _) -> {
          if (attempt.operation().equals(CREATE_LISTENER)) {
            assertThat(sight.listeners(id())).isEmpty();
            seen.add(shown());
          }
          return Optional.empty();
        };
    world.proxy.faults().add(rule);

    controller.reach(web.theirs("x-forwarded-for", "true"));

    assertThat(seen).containsExactly(address);
  }

  @Test
  void itStaysWhenTheNewListenerIsRefusedAtFirst() {
    controller.reach(web);
    var address = shown();
    var id = id();
    var asked = web.theirs("x-forwarded-for", "true");
    world
        .proxy
        .faults()
        .add(FaultRule.on(When.operation(CREATE_LISTENER), attempt -> Fault.broken(attempt, 500)));
    untilStep("Unavailable", asked);
    assertThat(sight.listeners(id)).isEmpty();
    CLOCK.advance(Duration.ofSeconds(2));
    cloud.octavia(octavia -> octavia.touch(id));
    controller.audit();
    world.proxy.faults().clear();
    cloud.hold(id);

    untilStep("create listener HTTP 80 on load balancer " + id, asked);

    assertThat(balancer().path("provisioning_status").asText()).isEqualTo("PENDING_UPDATE");
    assertThat(shown()).isEqualTo(address).hasSize(1);
    cloud.release(id);
    controller.reach(asked);
    assertThat(shown()).isEqualTo(address);
  }

  @Test
  void itGoesWithAListenerThatIsClosedForGood() {
    controller.reach(web.theirs("provider", "ovn"));
    assertThat(shown()).hasSize(1);

    controller.reach(web.openTo("192.0.2.0/24"));

    assertThat(sight.listeners(id())).isEmpty();
    assertThat(shown()).isEmpty();
  }

  @Test
  void theAddressOfASecondOneThatIsNotNeededAnyMoreIsNotShownWhileItGoes() {
    reachTwo();
    var second = id(second());
    cloud.hold(second);

    until(second, "PENDING_DELETE", web);

    assertThat(shown()).hasSize(1).noneMatch(address -> address.contains(":"));
    cloud.release(second);
    controller.reach(web);
    assertThat(sight.balancers()).hasSize(1);
  }

  @Test
  void theAddressOfASecondOneThatIsMadeAnewStaysShownWhileItGoes() {
    reachTwo();
    var address = second().path("vip_address").asText();
    var second = id(second());
    cloud.setStatus(second, "ERROR", "ERROR");
    controller.audit();
    CLOCK.advance(Duration.ofMinutes(1));
    cloud.hold(second);

    until(second, "PENDING_DELETE", web.dual().known(address));

    assertThat(shown()).hasSize(2).contains(address);
    cloud.release(second);
  }

  @Test
  void thatOfOneThatIsMadeAnewStaysShownAfterARestartToo() {
    reachTwo();
    var address = second().path("vip_address").asText();
    var second = id(second());
    cloud.setStatus(second, "ERROR", "ERROR");
    controller.audit();
    CLOCK.advance(Duration.ofMinutes(1));
    cloud.hold(second);
    until(second, "PENDING_DELETE", web.dual().known(address));

    controller.restart();

    assertThat(shown()).hasSize(2).contains(address);
    cloud.release(second);
    controller.reach(web.dual().known(address));
    assertThat(second().path("vip_address").asText()).isEqualTo(address);
  }

  @Test
  void thatOfASecondOneThatSomebodyDeletesStaysShownWhileItGoes() {
    reachTwo();
    var address = second().path("vip_address").asText();
    var second = id(second());
    cloud.hold(second);
    var _ =
        sight
            .api()
            .delete(
                Call.of(Operation.DELETE_LOAD_BALANCER, "/lbaas/loadbalancers/" + second)
                    .with("cascade", "true"));

    controller.audit();

    assertThat(shown()).hasSize(2).contains(address);
    cloud.release(second);
  }

  @Test
  void withOvnAPortThatIsAddedNeitherHidesTheAddressNorHoldsAnythingUp() {
    var ovn = web.theirs("provider", "ovn");
    controller.reach(ovn);
    var address = shown();
    var asked = ovn.ports("TCP/80", "UDP/53");
    controller.reach(asked);
    var added =
        sight.pools(id()).stream()
            .filter(pool -> pool.path("protocol").asText().equals("UDP"))
            .findFirst()
            .orElseThrow();
    cloud.octavia(
        octavia -> octavia.childStatus(added.path("id").asText(), "PENDING_CREATE", "OFFLINE"));
    controller.restart();

    assertThat(shown()).isEqualTo(address).hasSize(1);
    var plan = controller.planned(asked.present());
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.await()).isEmpty();
  }

  // Dual stack with an Octavia that needs a load balancer for each family.
  private void reachTwo() {
    cloud.octavia(octavia -> octavia.newestVersion(25));
    controller.restart();
    controller.reach(web.dual());
    controller.audit();
    assertThat(sight.balancers()).hasSize(2);
    assertThat(shown()).hasSize(2);
  }

  private void until(String balancer, String status, Asked asked) {
    for (var n = 0; n < 10; n++) {
      var _ = controller.pass(asked.present());
      if (sight.balancers().stream()
          .filter(one -> id(one).equals(balancer))
          .anyMatch(one -> one.path("provisioning_status").asText().equals(status))) {
        return;
      }
    }
    throw new AssertionError("%s was never %s".formatted(balancer, status));
  }

  private void untilStep(String step, Asked asked) {
    for (var n = 0; n < 20; n++) {
      var steps = controller.pass(asked.present());
      if (steps.contains(step)) {
        return;
      }
      if (steps.isEmpty() || steps.contains("NotReady")) {
        controller.awaitNews(asked);
      }
    }
    throw new AssertionError("it never came to %s".formatted(step));
  }

  // The load balancer is made, and done.
  private void refuseFloatingIp(Asked asked) {
    cloud.setQuota("floatingip", 0);
    assertThatThrownBy(() -> controller.pass(asked.present()))
        .isInstanceOf(CloudException.QuotaExceeded.class);
    controller.awaitNews(asked);
  }

  private void tag(Stream<String> tags) {
    var body = json("{'loadbalancer': {}}");
    tags.forEach(body.withObject("/loadbalancer").withArray("tags")::add);
    var _ = sight.put(Operation.UPDATE_LOAD_BALANCER, "/lbaas/loadbalancers/" + id(), body);
  }

  private List<String> shown() {
    return controller.provider().observe(web.key()).ingress().stream()
        .map(one -> one instanceof Ingress.Address(var address, _) ? address : one.toString())
        .toList();
  }

  private Map<String, Integer> writes(Asked asked) {
    return during(() -> controller.reach(asked)).writes().byOperation();
  }

  private JsonNode balancer() {
    return sight.balancer("_web");
  }

  private JsonNode second() {
    return sight.balancers().stream()
        .filter(one -> one.path("vip_address").asText().contains(":"))
        .findFirst()
        .orElseThrow();
  }

  private String id() {
    return id(balancer());
  }

  private static String id(JsonNode balancer) {
    return balancer.path("id").asText();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
