// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.model.Desired;
import dev.fairway.testkit.openstack.fault.Attempt;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Whatever goes wrong with one call, the end is the same as if nothing had.
class FaultsTest extends OnSimulator {
  // Among them are all kinds of calls.
  private static final Set<String> SCENARIOS =
      Set.of("create", "port added", "node removed", "delete");

  private static Map<String, Function<Attempt, Fault>> faults() {
    var faults = new LinkedHashMap<String, Function<Attempt, Fault>>();
    faults.put("its answer is lost", _ -> new Fault.ResetAfter());
    faults.put("it never arrives", _ -> new Fault.ResetBefore());
    faults.put("500", attempt -> Fault.broken(attempt, 500));
    faults.put("503", attempt -> Fault.broken(attempt, 503));
    faults.put("429", _ -> Fault.throttled(Duration.ZERO));
    faults.put("401", _ -> Fault.unauthorized());
    faults.put("409 immutable", attempt -> immutable(attempt));
    faults.put("half an answer", _ -> new Fault.Truncate());
    faults.put("an answer that is cut off", _ -> new Fault.Cut());
    faults.put("a page of HTML", _ -> Fault.page(502));
    return faults;
  }

  // Neutron knows no such answer, nor does Octavia for what is not there yet.
  private static Fault immutable(Attempt attempt) {
    return attempt.service().equals(Attempt.NETWORK)
            || attempt.operation().endsWith("POST /v2.0/lbaas/loadbalancers")
        ? new Fault.ResetBefore()
        : Fault.immutable("00000000-0000-0000-0000-000000000001");
  }

  @TestFactory
  Stream<DynamicTest> oneCallOfEachChangeMayFail() {
    return Scenario.all("web").stream()
        .filter(scenario -> SCENARIOS.contains(scenario.name()))
        .flatMap(scenario ->
            faults().entrySet().stream()
                .map(fault ->
                    DynamicTest.dynamicTest(
                        "%s: %s".formatted(scenario, fault.getKey()),
                        () -> eachCall(scenario, fault.getValue()))));
  }

  private void eachCall(Scenario scenario, Function<Attempt, Fault> fault) {
    var expected = undisturbed(scenario);
    for (var n = 1; n <= expected.writes; n++) {
      startController();
      scenario.before().ifPresent(controller::reach);
      world.proxy.faults().add(FaultRule.on(When.mutating(), fault).nth(n));

      controller.reach(scenario.after());

      world.proxy.faults().clear();
      assertThat(sight.picture()).as("call %d", n).isEqualTo(expected.picture);
      var again = during(() -> controller.reach(scenario.after()));
      assertThat(again.writes().count()).as("again after call %d", n).isZero();
      emptyCloud();
    }
  }

  private record Expected(String picture, int writes) {}

  private Expected undisturbed(Scenario scenario) {
    startController();
    scenario.before().ifPresent(controller::reach);
    var writes = during(() -> controller.reach(scenario.after())).writes().count();
    var expected = new Expected(sight.picture(), writes);
    emptyCloud();
    return expected;
  }

  @Test
  void tokensThatAreTakenBackInTheMiddleAreRenewed() {
    var asked = Asked.service("web").ports("TCP/80", "UDP/53");
    controller.reach(asked);
    cloud.revokeTokens();

    var calls = during(() -> controller.reach(asked.nodes(5).ports("TCP/80")));

    assertThat(calls.tokens().count()).isEqualTo(1);
    assertThat(sight.picture()).contains("node-5");
  }

  @Test
  void whatAnotherChangeIsInTheWayOfWaitsUntilThatIsDone() {
    var asked = Asked.service("web");
    controller.reach(asked);
    var id = sight.balancer("_web").path("id").asText();
    cloud.hold(id);
    Desired more = asked.nodes(4).present();
    var _ = controller.pass(asked.theirs("lb-method", "SOURCE_IP").present());

    assertThat(controller.pass(more)).isEmpty();
    assertThat(nodes(id)).isEqualTo(3);
    cloud.release(id);
    controller.reach(more);

    assertThat(nodes(id)).isEqualTo(4);
  }

  private long nodes(String balancer) {
    return sight.pools(balancer).stream()
        .map(pool -> pool.path("id").asText())
        .flatMap(pool -> sight.members(pool).stream())
        .map(JsonNode::asText)
        .count();
  }
}
