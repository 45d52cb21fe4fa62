// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.bench.Inventory;
import dev.fairway.testkit.openstack.SimulatedOpenStack;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudViewTest {
  private final SimulatedSite site = new SimulatedSite(SimulatedOpenStack.start());
  private final CloudView view = new CloudView(site.tenancy());

  @AfterEach
  void close() {
    site.close();
  }

  private String plant() {
    var wanted =
        (ObjectNode)
            Json.read(
                """
                {"name": "kube_service_bench_default_one",
                 "listeners": [{"name": "l", "protocol": "TCP", "protocol_port": 80,
                   "default_pool": {"name": "p", "protocol": "TCP", "lb_algorithm": "ROUND_ROBIN",
                     "members": [{"address": "10.0.10.2", "protocol_port": 30000},
                                 {"address": "10.0.10.3", "protocol_port": 30000}]}}]}
                """);
    wanted.put("vip_subnet_id", site.simulated().seed().privateSubnet());
    return site.simulated().putBalancer(wanted);
  }

  @Test
  void whatIsThereIsCountedByKind() {
    var before = view.take();
    var _ = plant();

    assertThat(view.take().beyond(before))
        .isEqualTo(
            new Inventory<>(
                Map.of(CloudKind.LOAD_BALANCER, 1, CloudKind.LISTENER, 1, CloudKind.POOL, 1)));
  }

  @Test
  void theMembersOfAPoolAreCounted() {
    var _ = plant();

    assertThat(view.pools()).hasSize(1).allMatch(pool -> view.members(pool) == 2);
  }

  @Test
  void afterTheWipeNothingIsLeft() {
    var before = view.take();
    var _ = plant();
    view.wipe();

    assertThat(view.take()).isEqualTo(before);
  }

  @Test
  void itGoesOnWhenAllTokensEnd() {
    site.simulated().revokeTokens();

    assertThat(view.take().of(CloudKind.LOAD_BALANCER)).isZero();
  }

  @Test
  void theProbeKnowsWhenALoadBalancerBecameActive() {
    var id = plant();
    site.simulated().setStatus(id, "PENDING_CREATE", "OFFLINE");
    try (var probe = new ActiveProbe(view)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> probe.activeAt("kube_service_bench_default_one"))
          .withMessageContaining("never seen ACTIVE");
      var before = System.nanoTime();
      site.simulated().setStatus(id, "ACTIVE", "ONLINE");

      assertThat(awaitActive(probe)).isBetween(before - 1_000_000_000L, System.nanoTime());
    }
  }

  @Test
  void aProbeThatCannotAskSaysSo() {
    site.close();
    try (var probe = new ActiveProbe(view)) {
      Until.isTrue("the probe to fail", Duration.ofSeconds(10), () -> fails(probe));

      assertThatIllegalStateException()
          .isThrownBy(() -> probe.activeAt("kube_service_bench_default_one"))
          .withMessageContaining("could not be asked");
    }
  }

  private static boolean fails(ActiveProbe probe) {
    try {
      var _ = probe.activeAt("kube_service_bench_default_one");
      return false;
    } catch (IllegalStateException e) {
      return e.getCause() != null;
    }
  }

  private static long awaitActive(ActiveProbe probe) {
    var found = new long[1];
    Until.isTrue(
        "the load balancer to be seen",
        Duration.ofSeconds(10),
        () -> {
          try {
            found[0] = probe.activeAt("kube_service_bench_default_one");
            return true;
          } catch (IllegalStateException _) {
            return false;
          }
        });
    return found[0];
  }
}
