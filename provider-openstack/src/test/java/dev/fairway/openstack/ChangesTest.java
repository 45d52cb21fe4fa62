// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.openstack.spec.AccessRule;
import dev.fairway.testkit.openstack.Calls;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import dev.fairway.testkit.openstack.http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is changed on a Service that is served already.
class ChangesTest extends OnSimulator {
  private static final String BALANCER = "PUT /v2.0/lbaas/loadbalancers/{id}";
  private static final String LISTENER = "PUT /v2.0/lbaas/listeners/{id}";
  private static final String POOL = "PUT /v2.0/lbaas/pools/{id}";
  private static final String CERTIFICATE =
      "https://barbican.example.com/v1/containers/5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e08";
  private static final String OTHER_CERTIFICATE =
      "https://barbican.example.com/v1/containers/5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e09";

  private final Asked web = Asked.service("web");

  @AfterEach
  void newestOctavia() {
    cloud.octavia(octavia -> octavia.newestVersion(30));
  }

  @Test
  void sessionAffinityIsOnePutOfThePool() {
    controller.reach(web);

    assertThat(writes(web.sticky(Duration.ofHours(3)))).isEqualTo(Map.of(POOL, 1));
    assertThat(pool().path("session_persistence").path("type").asText()).isEqualTo("SOURCE_IP");

    assertThat(writes(web)).isEqualTo(Map.of(POOL, 1));
    assertThat(pool().path("session_persistence").isNull()).isTrue();
  }

  @Test
  void sessionAffinityWithOvnLeavesThePoolIntact() {
    var web = this.web.theirs("provider", "ovn");
    controller.reach(web);

    assertThat(writes(web.sticky(Duration.ofHours(3)))).isEqualTo(Map.of(POOL, 1));
    assertThat(pool().path("provisioning_status").asText()).isEqualTo("ACTIVE");
    assertThat(pool().path("session_persistence").path("type").asText()).isEqualTo("SOURCE_IP");

    assertThat(writes(web)).isEqualTo(Map.of(POOL, 1));
    assertThat(pool().path("provisioning_status").asText()).isEqualTo("ACTIVE");
  }

  @Test
  void withOvnAFloatingIpIsLedToWhatIsReallyDone() {
    cloud.octavia(octavia -> octavia.lag(Duration.ofMillis(500)));
    var states = new ArrayList<String>();
    beforeEachWrite(operation -> {
      if (operation.equals("POST /v2.0/floatingips")) {
        states.add(pool().path("provisioning_status").asText());
      }
    });

    var calls = during(() -> controller.reach(web.theirs("provider", "ovn")));

    assertThat(states).containsExactly("ACTIVE");
    assertThat(calls.writes().count()).isEqualTo(2);
    assertThat(sight.leadingTo(balancer())).isNotEmpty();
  }

  @Test
  void withOvnNoAddressIsShownBeforeAllOfItIsDone() {
    cloud.octavia(octavia -> octavia.lag(Duration.ofMinutes(10)));
    var asked = web.theirs("provider", "ovn");

    var _ = controller.pass(asked.present());
    controller.awaitNews(asked);

    assertThat(balancer().path("provisioning_status").asText()).isEqualTo("ACTIVE");
    assertThat(controller.provider().observe(asked.key()).ingress()).isEmpty();
  }

  @Test
  void withOvnAnInternalOneIsLookedAtUntilItsAddressCanBeShown() {
    cloud.octavia(octavia -> octavia.lag(Duration.ofMillis(500)));

    var seen = controller.reach(web.theirs("provider", "ovn").internal());

    assertThat(seen.ingress()).hasSize(1);
  }

  @Test
  void theMethodOfAPoolIsOnePut() {
    controller.reach(web);

    assertThat(writes(web.theirs("lb-method", "LEAST_CONNECTIONS"))).isEqualTo(Map.of(POOL, 1));

    assertThat(pool().path("lb_algorithm").asText()).isEqualTo("LEAST_CONNECTIONS");
  }

  @Test
  void timeOutsAndTheConnectionLimitAreOnePutOfTheListenerTogether() {
    controller.reach(web);

    var writes =
        writes(
            web.theirs("timeout-client-data", "70000")
                .theirs("timeout-member-data", "60000")
                .theirs("connection-limit", "100"));

    assertThat(writes).isEqualTo(Map.of(LISTENER, 1));
    assertThat(listener().path("timeout_client_data").asInt()).isEqualTo(70000);
    assertThat(listener().path("timeout_member_data").asInt()).isEqualTo(60000);
    assertThat(listener().path("connection_limit").asInt()).isEqualTo(100);
    assertThat(writes(web)).isEqualTo(Map.of(LISTENER, 1));
  }

  @Test
  void narrowerSourceRangesHoldBeforeAnythingElseChanges() {
    controller.reach(web.openTo("10.0.0.0/8", "192.0.2.0/24"));
    var seen = new ArrayList<List<String>>();
    beforeEachWrite(_ -> seen.add(cidrs()));

    controller.reach(web.openTo("192.0.2.0/24").nodes(5).theirs("lb-method", "SOURCE_IP"));

    assertThat(cidrs()).containsExactly("192.0.2.0/24");
    assertThat(seen.subList(1, seen.size())).containsOnly(List.of("192.0.2.0/24"));
  }

  @Test
  void aCertificateThatIsGoneHoldsUpNoNarrowing() {
    var asked = web.ports("TCP/443").theirs("default-tls-container-ref", CERTIFICATE);
    controller.reach(asked.openTo("10.0.0.0/8", "192.0.2.0/24"));
    refuseCertificates();

    assertThatThrownBy(() ->
            controller.reach(
                asked
                    .theirs("default-tls-container-ref", OTHER_CERTIFICATE)
                    .openTo("192.0.2.0/24")
                    .nodes(5)))
        .isInstanceOf(CloudException.Rejected.class);

    assertThat(cidrs()).containsExactly("192.0.2.0/24");
    assertThat(sight.members(pool().path("id").asText())).hasSize(5);
    assertThat(listener().path("default_tls_container_ref").asText()).isEqualTo(CERTIFICATE);
  }

  @Test
  void aListenerThatIsRefusedHoldsUpTheNarrowingOfNoOther() {
    var asked = web.ports("TCP/80", "TCP/443", "TCP/8443");
    controller.reach(asked.openTo("10.0.0.0/8"));
    controller.audit();
    refuse("timeout_client_data");

    assertThatThrownBy(() ->
            controller.reach(asked.openTo("10.1.0.0/16").theirs("timeout-client-data", "70000")))
        .isInstanceOf(CloudException.Rejected.class);

    assertThat(listeners())
        .hasSize(3)
        .allSatisfy(
            one -> assertThat(texts(one.path("allowed_cidrs"))).containsExactly("10.1.0.0/16"));
  }

  @Test
  void aListenerThatIsRefusedHoldsUpTheNarrowingOfTheOtherFamilyNeither() {
    cloud.octavia(octavia -> octavia.newestVersion(25));
    controller.restart();
    var asked = web.dual().openTo("10.0.0.0/8", "2001:db8::/32");
    controller.reach(asked);
    refuse("timeout_client_data");

    assertThatThrownBy(() ->
            controller.reach(
                web.dual()
                    .openTo("10.1.0.0/16", "2001:db8:1::/48")
                    .theirs("timeout-client-data", "70000")))
        .isInstanceOf(CloudException.Rejected.class);

    assertThat(
            sight.balancers().stream()
                .flatMap(one -> sight.listeners(one.path("id").asText()).stream())
                .flatMap(one -> texts(one.path("allowed_cidrs")).stream()))
        .containsExactlyInAnyOrder("10.1.0.0/16", "2001:db8:1::/48");
  }

  @Test
  void narrowerRangesAndOtherChangesAreTwoPutsAndEachAloneIsOne() {
    controller.reach(web.openTo("10.0.0.0/8"));

    var both = during(() -> controller.reach(slow(web.openTo("10.1.0.0/16"))));
    assertThat(operations(both)).containsExactly(LISTENER, LISTENER);
    assertThat(keys(both, 0)).containsExactly("allowed_cidrs");
    assertThat(keys(both, 1)).containsExactly("timeout_client_data");

    assertThat(writes(slow(web.openTo("10.1.1.0/24")))).as("ranges").isEqualTo(Map.of(LISTENER, 1));
    assertThat(writes(web.openTo("10.1.1.0/24"))).as("others").isEqualTo(Map.of(LISTENER, 1));
    assertThat(writes(slow(web.openTo("10.0.0.0/8"))))
        .as("wider ranges and others")
        .isEqualTo(Map.of(LISTENER, 1));
  }

  @Test
  void moreClientsAreLetInWhenWhatTheyAreToFindIsThere() {
    controller.reach(web.openTo("10.0.0.0/8"));
    var narrow = new ArrayList<String>();
    beforeEachWrite(_ -> {
      if (cidrs().equals(List.of("10.0.0.0/8"))) {
        narrow.add(served());
      }
    });

    var calls = during(() -> controller.reach(slow(web.theirs("proxy-protocol", "v2").nodes(5))));

    assertThat(narrow).as("what few clients found last").endsWith("PROXYV2");
    assertThat(calls.of(LISTENER).all().getLast().body().path("listener").has("allowed_cidrs"))
        .isTrue();
    assertThat(cidrs()).isEmpty();
  }

  @Test
  void aListenerThatIsMadeAnewIsNarrowedBeforeItsPoolIsPrepared() {
    controller.reach(web.openTo("10.0.0.0/8"));
    refuse("lb_algorithm");

    assertThatThrownBy(
            () -> controller.reach(web.openTo("10.1.0.0/16").theirs("x-forwarded-for", "true")))
        .isInstanceOf(CloudException.Rejected.class);

    assertThat(cidrs()).containsExactly("10.1.0.0/16");
    assertThat(listener().path("protocol").asText()).isEqualTo("TCP");
  }

  @Test
  void aListenerIsNeverOpenToMoreThanBeforeOrAfter() {
    controller.reach(web.openTo("10.0.0.0/8"));
    var seen = new ArrayList<JsonNode>();
    beforeEachWrite(_ -> seen.addAll(listeners()));

    controller.reach(web.openTo("192.0.2.0/24").theirs("proxy-protocol", "v2"));
    controller.reach(web.openTo("192.0.2.0/24").theirs("x-forwarded-for", "true"));
    seen.addAll(listeners());

    assertThat(seen)
        .map(listener -> texts(listener.path("allowed_cidrs")))
        .containsOnly(List.of("10.0.0.0/8"), List.of("192.0.2.0/24"));
  }

  @Test
  void aPortThatIsMadeLaterIsNeverOpenToAll() {
    var asked = web.openTo("10.0.0.0/8");
    controller.reach(asked);
    var seen = new ArrayList<JsonNode>();
    beforeEachWrite(_ -> seen.addAll(listeners()));

    controller.reach(asked.ports("TCP/80", "TCP/443"));
    seen.addAll(listeners());

    assertThat(seen)
        .allSatisfy(one -> assertThat(texts(one.path("allowed_cidrs"))).contains("10.0.0.0/8"));
    assertThat(listeners()).hasSize(2);
  }

  @Test
  void sourceRangesThatAreTakenAwayOpenTheListenerToAll() {
    controller.reach(web.openTo("10.0.0.0/8"));

    assertThat(writes(web)).isEqualTo(Map.of(LISTENER, 1));

    assertThat(cidrs()).isEmpty();
  }

  @Test
  void theListenerHasAPoolWithMembersAllTheWayThroughAChangeOfTheProxyProtocol() {
    controller.reach(web.theirs("proxy-protocol", "v1"));
    var protocols = new ArrayList<String>();
    beforeEachWrite(_ -> protocols.add(served()));

    controller.reach(web.theirs("proxy-protocol", "v2"));
    controller.reach(web);
    protocols.add(served());

    assertThat(protocols).contains("PROXY", "PROXYV2", "TCP").doesNotContain("none");
    assertThat(pools()).hasSize(1);
  }

  @Test
  void aMonitorComesChangesAndGoesOnALivePool() {
    controller.reach(web);
    var monitored = web.theirs("enable-health-monitor", "true");

    assertThat(writes(monitored)).isEqualTo(Map.of("POST /v2.0/lbaas/healthmonitors", 1));
    assertThat(writes(monitored.theirs("health-monitor-delay", "20")))
        .isEqualTo(Map.of("PUT /v2.0/lbaas/healthmonitors/{id}", 1));
    assertThat(writes(web)).isEqualTo(Map.of("DELETE /v2.0/lbaas/healthmonitors/{id}", 1));
  }

  @Test
  void policyLocalIsCheckedAtTheHealthCheckNodePortWithoutBeingAskedTo() {
    controller.reach(web.localOnly());

    var picture = sight.picture();
    assertThat(picture).contains("\"HTTP\"").contains("\"/healthz\"").contains(" 32000 ");
    assertThat(writes(web.localOnly())).isEmpty();
  }

  @Test
  void changesThatAreTakenBackLeadToWhatWasBefore() {
    controller.reach(web.openTo("10.0.0.0/8"));
    var before = sight.picture();

    controller.reach(
        web.sticky(Duration.ofHours(1))
            .ports("TCP/80", "UDP/80")
            .localOnly()
            .theirs("lb-method", "SOURCE_IP")
            .theirs("timeout-client-data", "1000")
            .theirs("proxy-protocol", "v2")
            .theirs("load-balancer-tags", "team-a")
            .theirs("keep-floatingip", "true"));
    assertThat(sight.picture()).isNotEqualTo(before);
    controller.reach(web.openTo("10.0.0.0/8"));

    assertThat(sight.picture()).isEqualTo(before);
  }

  @Test
  void tagsGoWhenNobodyAsksForThemAnyMoreAndThoseOfOthersStay() {
    controller.reach(web.theirs("load-balancer-tags", "team-a").theirs("pool-tags", "team-a"));
    controller.audit();
    var tags = new ArrayList<>(texts(balancer().path("tags")));
    tags.add("cost-42");
    var body = json("{'loadbalancer': {}}");
    tags.forEach(body.withObject("/loadbalancer").withArray("tags")::add);
    var _ =
        sight.put(
            Operation.UPDATE_LOAD_BALANCER,
            "/lbaas/loadbalancers/" + balancer().path("id").asText(),
            body);
    controller.restart();

    controller.reach(web.theirs("load-balancer-tags", "cost-42, team-b"));
    assertThat(texts(balancer().path("tags")))
        .contains("cost-42", "team-b")
        .doesNotContain("team-a");
    assertThat(texts(pool().path("tags"))).doesNotContain("team-a");
    controller.reach(web);

    assertThat(texts(balancer().path("tags")))
        .as("what was there before anybody asked for it")
        .contains("cost-42")
        .noneMatch(tag -> tag.contains("team-") || tag.startsWith("fairway-tag="));
    assertThat(writes(web)).as("again").isEmpty();
  }

  @Test
  void aPortThatComesIsAPoolWithItsMembersAndThenAListener() {
    controller.reach(web);
    var seen = new ArrayList<String>();
    beforeEachWrite(_ -> seen.add(served()));

    var calls = during(() -> controller.reach(web.ports("TCP/80", "UDP/53")));

    assertThat(operations(calls))
        .containsExactly(
            "POST /v2.0/lbaas/pools",
            "PUT /v2.0/lbaas/pools/{id}/members",
            "POST /v2.0/lbaas/listeners");
    assertThat(seen).containsOnly("TCP");
  }

  @Test
  void aPortThatGoesTakesItsListenerAndThenItsPool() {
    controller.reach(web.ports("TCP/80", "UDP/53"));

    var calls = during(() -> controller.reach(web));

    assertThat(operations(calls))
        .containsExactly("DELETE /v2.0/lbaas/listeners/{id}", "DELETE /v2.0/lbaas/pools/{id}");
    assertThat(listeners()).hasSize(1);
    assertThat(pools()).hasSize(1);
  }

  @Test
  void aListenerThatHasToSpeakSomethingElseIsMadeAnewWithItsPoolReadyBefore() {
    controller.reach(web.openTo("10.0.0.0/8"));

    var calls =
        during(() -> controller.reach(web.openTo("10.0.0.0/8").theirs("x-forwarded-for", "true")));

    assertThat(operations(calls))
        .containsExactly(
            "POST /v2.0/lbaas/pools",
            "PUT /v2.0/lbaas/pools/{id}/members",
            "DELETE /v2.0/lbaas/listeners/{id}",
            "POST /v2.0/lbaas/listeners",
            "DELETE /v2.0/lbaas/pools/{id}");
    assertThat(listener().path("insert_headers").path("X-Forwarded-For").asText())
        .isEqualTo("true");
    assertThat(cidrs()).containsExactly("10.0.0.0/8");
  }

  @Test
  void aServiceThatBecomesInternalLosesItsFloatingIpAndGetsOneWhenItBecomesExternalAgain() {
    controller.reach(web);
    var id = balancer().path("id").asText();

    assertThat(writes(web.internal()))
        .isEqualTo(Map.of("DELETE /v2.0/floatingips/{id}", 1, BALANCER, 1));
    assertThat(sight.floatingIps()).isEmpty();
    assertThat(writes(web)).isEqualTo(Map.of("POST /v2.0/floatingips", 1, BALANCER, 1));

    assertThat(balancer().path("id").asText()).as("the load balancer stays").isEqualTo(id);
    assertThat(sight.leadingTo(balancer())).hasSize(1);
  }

  @Test
  void aFloatingIpThatIsToBeKeptIsDetachedAndUsedAgain() {
    var kept = web.theirs("keep-floatingip", "true");
    controller.reach(kept);
    var address = sight.leadingTo(balancer());

    controller.reach(kept.internal());
    assertThat(sight.leadingTo(balancer())).isEmpty();
    assertThat(sight.floatingIps()).hasSize(1);
    controller.reach(kept);

    assertThat(sight.leadingTo(balancer())).isEqualTo(address);
  }

  @Test
  void aFloatingIpThatIsToBeKeptOutlivesItsService() {
    var kept = web.theirs("keep-floatingip", "true");
    controller.reach(kept);

    controller.remove(kept);

    assertThat(sight.balancers()).isEmpty();
    assertThat(sight.floatingIps()).hasSize(1);
    assertThat(controller.audit()).noneMatch(seen -> seen.exists());
  }

  @Test
  void whetherAFloatingIpIsKeptMayBeChangedToTheEnd() {
    controller.reach(web.theirs("keep-floatingip", "true"));
    assertThat(writes(web)).isEqualTo(Map.of("PUT /v2.0/floatingips/{id}", 1));

    controller.remove(web);

    assertThat(sight.floatingIps()).isEmpty();
  }

  @Test
  void aFloatingIpOfSomebodyElseIsUsedWhenAskedForAndNeverDeleted() {
    var address = floatingIpOfOthers("for the web shop");
    var asked = web.at(address);

    var writes = writes(asked);
    assertThat(writes)
        .isEqualTo(Map.of("POST /v2.0/lbaas/loadbalancers", 1, "PUT /v2.0/floatingips/{id}", 1));
    assertThat(sight.leadingTo(balancer())).containsExactly(address);
    controller.remove(asked);

    assertThat(sight.floatingIps())
        .singleElement()
        .satisfies(ip -> {
          assertThat(ip.path("floating_ip_address").asText()).isEqualTo(address);
          assertThat(ip.path("description").asText()).isEqualTo("for the web shop");
          assertThat(ip.path("port_id").isNull()).isTrue();
        });
  }

  @Test
  void aFloatingIpThatSomebodyLeadsToOurLoadBalancerIsDetachedAndNotDeletedWhenItBecomesInternal() {
    controller.reach(web.internal());
    var address = floatingIpOfOthers("by hand");
    var id = sight.floatingIps().getFirst().path("id").asText();
    var _ =
        sight.put(
            Operation.UPDATE_FLOATING_IP,
            "/floatingips/" + id,
            json("{'floatingip': {'port_id': '%s'}}", balancer().path("vip_port_id").asText()));
    controller.restart();

    controller.reach(web.internal());

    assertThat(sight.leadingTo(balancer())).isEmpty();
    assertThat(sight.floatingIps())
        .singleElement()
        .satisfies(ip -> assertThat(ip.path("floating_ip_address").asText()).isEqualTo(address));
  }

  @Test
  void anotherAddressMayBeAskedForLater() {
    controller.reach(web);
    var address = floatingIpOfOthers("the better one");
    controller.audit();

    controller.reach(web.at(address));

    assertThat(sight.leadingTo(balancer())).containsExactly(address);
    assertThat(sight.floatingIps()).as("the one before is gone").hasSize(1);
  }

  @Test
  void anAddressThatTheProjectDoesNotHaveIsNoReasonToGiveUpTheOneThatServes() {
    controller.reach(web);
    var address = sight.leadingTo(balancer());
    var asked = web.at("198.18.77.77");

    assertThat(writes(asked)).isEmpty();

    assertThat(controller.notes(asked)).contains("FloatingIpNotFound");
    assertThat(sight.leadingTo(balancer())).isEqualTo(address);
    assertThat(sight.floatingIps()).hasSize(1);
  }

  @Test
  void theAddressThatServesIsLedOverAlsoWhileAnotherIsAskedForInVain() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    controller.reach(web);
    var address = sight.leadingTo(balancer());
    var old = balancer().path("id").asText();

    controller.reach(
        web.at("198.18.77.77")
            .theirs("availability-zone", "az-2")
            .with("fairway.dev/openstack-replace", "make-before-break"));

    assertThat(balancer().path("id").asText()).isNotEqualTo(old);
    assertThat(sight.leadingTo(balancer())).isEqualTo(address);
  }

  @Test
  void theLoadBalancerThatIsReplacedStaysForAsLongAsTheAddressLeadsToIt() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    controller.reach(web);
    var old = balancer().path("id").asText();
    var asked =
        web.theirs("availability-zone", "az-2")
            .with("fairway.dev/openstack-replace", "make-before-break");
    var _ = controller.pass(asked.present());
    controller.awaitNews(asked);
    var replacing = otherThan(old);
    cloud.hold(replacing);
    world
        .proxy
        .faults()
        .add(
            FaultRule.on(
                When.operation("PUT /v2.0/floatingips/{id}"),
                attempt -> Fault.broken(attempt, 503)));

    var first = controller.pass(asked.nodes(6).present());
    var second = controller.pass(asked.nodes(6).present());

    assertThat(first).anyMatch(step -> step.startsWith("add to"));
    assertThat(second).noneMatch(step -> step.startsWith("delete load balancer"));
    assertThat(sight.balancers()).hasSize(2);
  }

  @Test
  void whatBecomesExternalAndNarrowerAtOnceIsNarrowedBeforeAnybodyIsLedThere() {
    controller.reach(web.internal());
    controller.audit();
    var id = balancer().path("id").asText();
    var asked = web.openTo("192.0.2.0/24");
    cloud.hold(id);

    var first = during(() -> controller.pass(asked.present())).writes().byOperation();
    var second = during(() -> controller.pass(asked.present())).writes().byOperation();
    assertThat(first).isEqualTo(Map.of(LISTENER, 1));
    assertThat(second).as("while Octavia is at work on it").isEmpty();
    cloud.release(id);
    controller.reach(asked);

    assertThat(cidrs()).containsExactly("192.0.2.0/24");
    assertThat(sight.leadingTo(balancer())).hasSize(1);
  }

  @Test
  void nobodyIsLedToAListenerThatIsYetToBeNarrowed() {
    controller.reach(web.internal());
    controller.audit();
    var id = balancer().path("id").asText();
    cloud.hold(id);
    var _ = controller.pass(web.internal().theirs("lb-method", "SOURCE_IP").present());

    var calls = during(() -> controller.pass(web.openTo("192.0.2.0/24").present()));

    assertThat(calls.writes().count()).isZero();
    cloud.release(id);
    controller.reach(web.openTo("192.0.2.0/24"));
    assertThat(sight.leadingTo(balancer())).hasSize(1);
  }

  @Test
  void aFloatingIpThatCannotBeHadHoldsUpNothingElse() {
    exhaustSmallSubnet();
    controller.reach(web.internal().openTo("10.0.0.0/8").ports("TCP/80", "TCP/443"));
    controller.audit();
    var asked =
        web.openTo("192.0.2.0/24")
            .nodes(5)
            .theirs("floating-subnet-id", cloud.seed().smallSubnet());

    assertThatThrownBy(() -> controller.reach(asked))
        .isInstanceOf(CloudException.QuotaExceeded.class);

    assertThat(cidrs()).containsExactly("192.0.2.0/24");
    assertThat(listeners()).hasSize(1);
    assertThat(sight.members(pool().path("id").asText())).hasSize(5);
  }

  @Test
  void aReplacementThatCannotBeMadeHoldsUpNothingElse() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    controller.reach(web.openTo("10.0.0.0/8"));
    controller.audit();
    cloud.setQuota("loadbalancer", 1);
    var asked =
        web.openTo("192.0.2.0/24")
            .nodes(5)
            .theirs("availability-zone", "az-2")
            .with("fairway.dev/openstack-replace", "make-before-break");

    assertThatThrownBy(() -> controller.reach(asked))
        .isInstanceOf(CloudException.QuotaExceeded.class);

    assertThat(cidrs()).containsExactly("192.0.2.0/24");
    assertThat(sight.members(pool().path("id").asText())).hasSize(5);
  }

  @Test
  void rangesThatAreEverybodyOfOneFamilyOfTwoAreWrittenOnce() {
    var asked = web.dual().openTo("0.0.0.0/0");
    controller.reach(asked);
    controller.audit();

    var calls = during(() -> controller.reach(asked));

    assertThat(calls.count()).as("%s", calls).isZero();
    controller.restart();
    assertThat(writes(asked)).as("after a restart").isEmpty();
    assertThat(writes(web.dual())).as("open to IPv6 too").isEqualTo(Map.of(LISTENER, 1));
    assertThat(cidrs()).isEmpty();
  }

  @Test
  void anAddressThatServesSomebodyElseIsNotTakenFromThem() {
    controller.reach(Asked.service("other"));
    var theirs = sight.leadingTo(sight.balancer("_other")).getFirst();

    controller.reach(web.at(theirs));

    assertThat(controller.notes(web.at(theirs))).contains("FloatingIpInUse");
    assertThat(sight.leadingTo(sight.balancer("_other"))).containsExactly(theirs);
  }

  @Test
  void aSubnetWithoutAddressesIsPassedOverForTheNext() {
    exhaustSmallSubnet();
    var asked = web.theirs("floating-subnet", "~(small|public)-subnet");

    controller.reach(asked);

    assertThat(sight.leadingTo(balancer())).singleElement().asString().startsWith("198.18.");
  }

  @Test
  void aPoolWithoutAddressesIsOneClearErrorAndTheLoadBalancerStays() {
    exhaustSmallSubnet();
    var asked = web.theirs("floating-subnet-id", cloud.seed().smallSubnet());

    assertThatThrownBy(() -> controller.reach(asked))
        .isInstanceOfSatisfying(
            CloudException.QuotaExceeded.class,
            e -> assertThat(e.quota()).contains("floating IP pool"));
    assertThat(sight.balancers()).hasSize(1);
    var id = balancer().path("id").asText();
    var calls =
        during(() ->
            assertThatThrownBy(() -> controller.reach(asked))
                .isInstanceOf(CloudException.QuotaExceeded.class));
    assertThat(calls.writes().count()).as("no flood").isEqualTo(1);

    freeSmallSubnet();
    controller.reach(asked);

    assertThat(balancer().path("id").asText()).isEqualTo(id);
    assertThat(sight.leadingTo(balancer())).hasSize(1);
  }

  @Test
  void aQuotaThatIsRaisedLetsTheServiceThrough() {
    cloud.setQuota("loadbalancer", 0);
    assertThatThrownBy(() -> controller.reach(web))
        .isInstanceOf(CloudException.QuotaExceeded.class);
    assertThat(sight.picture()).isEmpty();

    cloud.setQuota("loadbalancer", -1);
    controller.reach(web);

    assertThat(sight.leadingTo(balancer())).hasSize(1);
  }

  @Test
  void whatOctaviaCannotChangeIsToldAndLeftAlone() {
    controller.reach(web);
    var asked = web.theirs("availability-zone", "az-2");

    assertThat(writes(asked)).isEmpty();

    assertThat(controller.notes(asked)).contains("RequiresReplacement");
  }

  @Test
  void aReplacementThatIsMadeCallByCallTakesOverWhenAllOfItIsThere() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    configure("provider-requires-serial-api-calls = true");
    var asked = web.ports("TCP/80", "TCP/443");
    controller.reach(asked);
    var address = sight.leadingTo(balancer());
    cloud.delay(Duration.ofMillis(50));
    var served = new ArrayList<List<Integer>>();
    beforeEachWrite(_ -> served.add(portsBehindTheAddress()));

    controller.reach(replaced(asked));
    served.add(portsBehindTheAddress());

    assertThat(served).containsOnly(List.of(80, 443));
    assertThat(balancer().path("availability_zone").asText()).isEqualTo("az-2");
    assertThat(sight.leadingTo(balancer())).isEqualTo(address);
    assertThat(writes(replaced(asked))).as("again").isEmpty();
  }

  @Test
  void theOneThatServesIsNarrowedAndFollowsTheNodesWhileWhatTakesOverCannotBeCompleted() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    configure("provider-requires-serial-api-calls = true");
    controller.reach(web);
    var old = balancer().path("id").asText();
    refuse("protocol_port", "POST /v2.0/lbaas/listeners");
    var _ = assertThatThrownBy(() -> controller.reach(replaced(web)));

    assertThatThrownBy(() -> controller.reach(replaced(web).nodes(5).openTo("10.0.0.0/8")))
        .isInstanceOf(CloudException.Rejected.class);

    assertThat(sight.balancers()).hasSize(2);
    var leading =
        sight.balancers().stream().filter(one -> !sight.leadingTo(one).isEmpty()).toList();
    assertThat(leading).map(one -> one.path("id").asText()).containsExactly(old);
    assertThat(texts(sight.listeners(old).getFirst().path("allowed_cidrs")))
        .containsExactly("10.0.0.0/8");
    assertThat(sight.members(sight.pools(old).getFirst().path("id").asText())).hasSize(5);
  }

  @Test
  void anAddressIsNotGivenUpForAnotherBeforeTheNodesLetTrafficIn() {
    var web = this.web.ports("SCTP/80"); // for which no other test has had the nodes opened
    controller.reach(web);
    var address = sight.leadingTo(balancer());
    var asked = web.at(floatingIpOfOthers("the better one"));
    configure("manage-security-groups = true");
    FaultRule denied =
        FaultRule.on(
            attempt -> attempt.mutating() && attempt.path().contains("security-group"),
            Fault::forbidden);
    world.proxy.faults().add(denied);

    assertThatThrownBy(() -> controller.reach(asked)).isInstanceOf(CloudException.Denied.class);

    assertThat(sight.leadingTo(balancer())).isEqualTo(address);
  }

  @Test
  void sourceRangesHoldWhereTheyAreWhenAProviderIsAskedForThatHasNone() {
    configure("manage-security-groups = true");
    controller.reach(web.openTo("10.0.0.0/8"));

    controller.reach(web.openTo("10.0.0.0/8").theirs("provider", "ovn"));
    assertThat(cidrs()).containsExactly("10.0.0.0/8");
    controller.reach(web.openTo("10.1.0.0/16").theirs("provider", "ovn").nodes(5));

    assertThat(cidrs()).containsExactly("10.1.0.0/16");
    assertThat(sight.members(pool().path("id").asText())).hasSize(5);
  }

  @Test
  void aProviderThatCannotNarrowIsClosedUntilOneThatCanTakesItsPlace() {
    controller.reach(web.theirs("provider", "ovn"));
    var address = sight.leadingTo(balancer());
    var old = balancer().path("id").asText();
    var open = new ArrayList<Integer>();
    beforeEachWrite(operation -> {
      if (operation.equals("POST /v2.0/lbaas/loadbalancers")) {
        open.add(sight.listeners(old).size());
      }
    });

    controller.reach(
        web.openTo("10.0.0.0/8").with("fairway.dev/openstack-replace", "make-before-break"));

    assertThat(open).containsExactly(0);
    assertThat(balancer().path("provider").asText()).isEqualTo("amphora");
    assertThat(cidrs()).containsExactly("10.0.0.0/8");
    assertThat(sight.leadingTo(balancer())).isEqualTo(address);
  }

  @Test
  void aListenerThatNodesGuardStaysUntilAnotherProviderTakesItsPlace() {
    configure("manage-security-groups = true");
    var asked = web.openTo("10.0.0.0/8");
    controller.reach(asked.theirs("provider", "ovn"));
    var old = balancer().path("id").asText();
    var open = new ArrayList<Integer>();
    beforeEachWrite(operation -> {
      if (operation.startsWith("PUT /v2.0/floatingips")) {
        open.add(sight.listeners(old).size());
      }
    });

    controller.reach(asked.with("fairway.dev/openstack-replace", "make-before-break"));

    assertThat(open).containsExactly(1);
    assertThat(balancer().path("provider").asText()).isEqualTo("amphora");
    assertThat(cidrs()).containsExactly("10.0.0.0/8");
  }

  @Test
  void nodesGuardTheListenerOfALoadBalancerThatNothingReplaces() {
    configure("manage-security-groups = true");
    var asked = web.openTo("10.0.0.0/8");
    controller.reach(asked.theirs("provider", "ovn"));
    var admitted = admitted();
    assertThat(admitted).isNotEmpty();

    controller.reach(asked);

    assertThat(controller.notes(asked)).contains("RequiresReplacement");
    assertThat(admitted()).containsAll(admitted);
    assertThat(listeners()).hasSize(1);
    assertThat(writes(asked)).as("again").isEmpty();
  }

  @Test
  void whatNodesLetInGoesWithTheLoadBalancerThatNeededIt() {
    configure("manage-security-groups = true");
    var asked = web.openTo("10.0.0.0/8");
    controller.reach(asked.theirs("provider", "ovn"));
    var needed = admitted();
    assertThat(needed).isNotEmpty();

    controller.reach(asked.with("fairway.dev/openstack-replace", "make-before-break"));

    assertThat(admitted()).doesNotContainAnyElementsOf(needed);
  }

  @Test
  void whatServesInPartTakesOverFromWhatWasClosed() {
    configure("provider-requires-serial-api-calls = true");
    var web = this.web.ports("TCP/80", "TCP/443");
    controller.reach(web.theirs("provider", "ovn"));
    var old = balancer().path("id").asText();
    refuseListenersAt(443);

    assertThatThrownBy(() ->
            controller.reach(
                web.openTo("10.0.0.0/8")
                    .with("fairway.dev/openstack-replace", "make-before-break")))
        .isInstanceOf(CloudException.Rejected.class);

    assertThat(sight.listeners(old)).isEmpty();
    assertThat(portsBehindTheAddress()).containsExactly(80);
  }

  @Test
  void whatServesInPartTakesOverFromWhatIsInError() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    configure("provider-requires-serial-api-calls = true");
    var web = this.web.ports("TCP/80", "TCP/443");
    controller.reach(web);
    var old = balancer().path("id").asText();
    refuseListenersAt(443);
    assertThatThrownBy(() -> controller.reach(replaced(web)))
        .isInstanceOf(CloudException.Rejected.class);
    assertThat(leading()).containsExactly(old);
    cloud.setStatus(old, "ERROR", "ERROR");
    controller.audit();

    assertThatThrownBy(() -> controller.reach(replaced(web)))
        .isInstanceOf(CloudException.Rejected.class);

    assertThat(leading()).containsExactly(otherThan(old));
    assertThat(portsBehindTheAddress()).containsExactly(80);
  }

  @Test
  void whatTakesOverIsCompletedWhileOctaviaIsAtWorkOnWhatServes() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    configure("provider-requires-serial-api-calls = true");
    controller.reach(web);
    var old = balancer().path("id").asText();
    controller.forgetNews(web);
    var _ = controller.pass(replaced(web).present());
    controller.awaitNews(web);
    var replacing = otherThan(old);
    cloud.hold(old);
    var _ =
        sight.put(
            Operation.UPDATE_LOAD_BALANCER,
            "/lbaas/loadbalancers/" + old,
            json("{'loadbalancer': {'description': 'by hand'}}"));

    for (var pass = 0; pass < 20 && !leading().equals(List.of(replacing)); pass++) {
      controller.audit();
      var _ = controller.pass(replaced(web).nodes(5).present());
    }

    assertThat(leading()).containsExactly(replacing);
    assertThat(portsBehindTheAddress()).containsExactly(80);
    cloud.release(old);
    controller.audit();
    controller.reach(replaced(web).nodes(5));
    assertThat(balancer().path("id").asText()).isEqualTo(replacing);
  }

  @Test
  void clientsAreNarrowedThoughTheAddressCannotBeTakenAway() {
    controller.reach(web);
    FaultRule denied =
        FaultRule.on(
            attempt -> attempt.mutating() && attempt.path().contains("floatingips"),
            Fault::forbidden);
    world.proxy.faults().add(denied);

    assertThatThrownBy(() -> controller.reach(web.internal().openTo("10.0.0.0/8")))
        .isInstanceOf(CloudException.Denied.class);

    assertThat(cidrs()).containsExactly("10.0.0.0/8");
  }

  @Test
  void oneOfAnotherProviderThatNothingReplacesGetsWhatItCanHave() {
    controller.reach(web.theirs("provider", "ovn"));
    var asked = web.ports("TCP/80", "TCP/443").nodes(4);

    controller.reach(asked);

    assertThat(controller.notes(asked)).contains("RequiresReplacement");
    assertThat(portsBehindTheAddress()).containsExactly(80, 443);
    assertThat(pools())
        .map(one -> one.path("lb_algorithm").asText())
        .containsOnly("SOURCE_IP_PORT");
    assertThat(writes(asked)).as("again").isEmpty();
    var broken = pools().getFirst().path("id").asText();
    cloud.octavia(octavia -> octavia.childStatus(broken, "ERROR", "ERROR"));
    controller.restart();
    assertThat(writes(asked)).as("in ERROR").isEqualTo(Map.of(POOL, 1));
  }

  @Test
  void oneThatIsToBeOfAProviderThatCanLessStaysAsItIsAndGrows() {
    controller.reach(web);
    var asked = web.ports("TCP/80", "TCP/443").theirs("provider", "ovn");

    controller.reach(asked);

    assertThat(portsBehindTheAddress()).containsExactly(80, 443);
    assertThat(pools()).map(one -> one.path("lb_algorithm").asText()).containsOnly("ROUND_ROBIN");
    assertThat(writes(web.theirs("provider", "ovn").ports("TCP/443")))
        .as("without the first port")
        .containsKey("DELETE /v2.0/lbaas/listeners/{id}")
        .doesNotContainKeys(POOL, LISTENER);
  }

  @Test
  void oneOfAnotherProviderThatCannotHaveWhatIsWantedFindsTheNodesAllTheSame() {
    controller.reach(web.theirs("provider", "ovn"));
    var asked = web.theirs("x-forwarded-for", "true").nodes(5);

    controller.reach(asked);

    assertThat(listener().path("protocol").asText()).isEqualTo("TCP");
    assertThat(sight.members(pool().path("id").asText())).hasSize(5);
    assertThat(writes(asked)).as("again").isEmpty();
  }

  @Test
  void anAddressMovesToAListenerThatIsNarrowedAlready() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    controller.reach(web.openTo("10.0.0.0/8"));
    var address = sight.leadingTo(balancer());
    var old = balancer().path("id").asText();
    controller.forgetNews(web);
    var _ = controller.pass(replaced(web.openTo("10.0.0.0/8")).present());
    controller.awaitNews(web);
    var replacing = otherThan(old);
    cloud.hold(replacing);
    var asked = replaced(web.openTo("10.1.0.0/16"));

    var calls =
        during(() -> {
          var _ = controller.pass(asked.present());
          var _ = controller.pass(asked.present());
        });

    assertThat(calls.writes().byOperation()).as("of both").isEqualTo(Map.of(LISTENER, 2));
    cloud.release(replacing);
    controller.reach(asked);
    assertThat(balancer().path("id").asText()).isEqualTo(replacing);
    assertThat(sight.leadingTo(balancer())).isEqualTo(address);
  }

  @Test
  void aReplacementIsMadeBeforeTheOldOneGoesAndTheFloatingIpMovesOver() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    controller.reach(web);
    var address = sight.leadingTo(balancer());
    var old = balancer().path("id").asText();
    var leading = new ArrayList<List<String>>();
    beforeEachWrite(_ ->
        leading.add(sight.balancers().stream().flatMap(b -> sight.leadingTo(b).stream()).toList()));

    controller.reach(
        web.theirs("availability-zone", "az-2")
            .with("fairway.dev/openstack-replace", "make-before-break"));

    assertThat(balancer().path("id").asText()).isNotEqualTo(old);
    assertThat(balancer().path("availability_zone").asText()).isEqualTo("az-2");
    assertThat(sight.leadingTo(balancer())).isEqualTo(address);
    assertThat(leading).containsOnly(address);
  }

  // Barbican has them no more.
  private void refuseCertificates() {
    refuse("default_tls_container_ref");
  }

  // Every change that says something about this.
  private void refuse(String key) {
    refuse(key, "");
  }

  private void refuse(String key, String operation) {
    FaultRule rule =
        (attempt, _) ->
            attempt.mutating()
                    && attempt.operation().endsWith(operation)
                    && attempt.body().findValue(key) != null
                ? Optional.of(new Fault.Refuse(Answer.octavia(400, "Could not process this.")))
                : Optional.empty();
    world.proxy.faults().add(rule);
  }

  private void refuseListenersAt(int port) {
    FaultRule rule =
        (attempt, _) ->
            attempt.operation().equals("POST /v2.0/lbaas/listeners")
                    && attempt.body().path("listener").path("protocol_port").asInt() == port
                ? Optional.of(new Fault.Refuse(Answer.octavia(400, "Could not process this.")))
                : Optional.empty();
    world.proxy.faults().add(rule);
  }

  // What nodes let in for nobody but this Service.
  private List<AccessRule> admitted() {
    return controller.provider().observe(web.key()).around().access().of(web.key());
  }

  // The load balancers that have a floating IP.
  private List<String> leading() {
    return sight.balancers().stream()
        .filter(one -> !sight.leadingTo(one).isEmpty())
        .map(one -> one.path("id").asText())
        .toList();
  }

  private static Asked slow(Asked asked) {
    return asked.theirs("timeout-client-data", "70000");
  }

  private static List<String> keys(Calls calls, int index) {
    var keys = new ArrayList<String>();
    calls
        .writes()
        .all()
        .get(index)
        .body()
        .path("listener")
        .fieldNames()
        .forEachRemaining(keys::add);
    return keys;
  }

  private static Asked replaced(Asked asked) {
    return asked
        .theirs("availability-zone", "az-2")
        .with("fairway.dev/openstack-replace", "make-before-break");
  }

  private String otherThan(String balancer) {
    return sight.balancers().stream()
        .map(one -> one.path("id").asText())
        .filter(id -> !id.equals(balancer))
        .findFirst()
        .orElseThrow();
  }

  private void configure(String option) {
    controller.close();
    controller = new Controller(world, clock, option);
  }

  // Ports of listeners that are done, of the load balancers that have a floating IP.
  private List<Integer> portsBehindTheAddress() {
    return sight.balancers().stream()
        .filter(one -> !sight.leadingTo(one).isEmpty())
        .flatMap(one -> sight.listeners(one.path("id").asText()).stream())
        .filter(one -> !one.path("provisioning_status").asText().equals("PENDING_CREATE"))
        .filter(one -> one.hasNonNull("default_pool_id"))
        .map(one -> one.path("protocol_port").asInt())
        .sorted()
        .toList();
  }

  // Every mutating call, before it is carried out.
  private void beforeEachWrite(Consumer<String> look) {
    FaultRule rule =
        (attempt, _) -> {
          if (attempt.mutating()) {
            look.accept(attempt.operation());
          }
          return Optional.empty();
        };
    world.proxy.faults().add(rule);
  }

  private Map<String, Integer> writes(Asked asked) {
    return during(() -> controller.reach(asked)).writes().byOperation();
  }

  private static List<String> operations(Calls calls) {
    return calls.writes().all().stream().map(call -> call.operation()).toList();
  }

  private JsonNode balancer() {
    return sight.balancer("_web");
  }

  private List<JsonNode> listeners() {
    return sight.listeners(balancer().path("id").asText());
  }

  private JsonNode listener() {
    assertThat(listeners()).hasSize(1);
    return listeners().getFirst();
  }

  private List<JsonNode> pools() {
    return sight.pools(balancer().path("id").asText());
  }

  private JsonNode pool() {
    assertThat(pools()).hasSize(1);
    return pools().getFirst();
  }

  private List<String> cidrs() {
    return listeners().stream().flatMap(one -> texts(one.path("allowed_cidrs")).stream()).toList();
  }

  // The protocol of the pool that the listener of port 80 sends to, if that has members.
  private String served() {
    var used =
        listeners().stream()
            .filter(one -> one.path("protocol_port").asInt() == 80)
            .map(one -> one.path("default_pool_id").asText())
            .findFirst()
            .orElse("");
    return pools().stream()
        .filter(one -> one.path("id").asText().equals(used) && !sight.members(used).isEmpty())
        .map(one -> one.path("protocol").asText())
        .findFirst()
        .orElse("none");
  }

  private String floatingIpOfOthers(String description) {
    return sight
        .post(
            Operation.CREATE_FLOATING_IP,
            "/floatingips",
            json(
                "{'floatingip': {'floating_network_id': '%s', 'description': '%s'}}",
                cloud.seed().publicNetwork(), description))
        .path("floatingip")
        .path("floating_ip_address")
        .asText();
  }

  // It has room for two.
  private void exhaustSmallSubnet() {
    for (var n = 0; n < 2; n++) {
      var _ =
          sight.post(
              Operation.CREATE_FLOATING_IP,
              "/floatingips",
              json(
                  "{'floatingip': {'floating_network_id': '%s', 'subnet_id': '%s'}}",
                  cloud.seed().publicNetwork(), cloud.seed().smallSubnet()));
    }
  }

  private void freeSmallSubnet() {
    sight.floatingIps().stream()
        .filter(ip -> ip.path("floating_ip_address").asText().startsWith("198.51.100."))
        .limit(1)
        .forEach(ip ->
            sight
                .api()
                .delete(
                    dev.fairway.openstack.cloud.connect.Call.of(
                        Operation.DELETE_FLOATING_IP, "/floatingips/" + ip.path("id").asText())));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
