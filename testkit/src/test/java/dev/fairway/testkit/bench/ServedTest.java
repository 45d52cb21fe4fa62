// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.SimulatedObserved;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServedTest {
  private static final Service WEB =
      new ServiceBuilder()
          .withNewSpec()
          .addNewPort()
          .withProtocol("TCP")
          .withPort(80)
          .withNodePort(30_080)
          .endPort()
          .endSpec()
          .build();
  private static final Set<String> NODES = Set.of("node-1", "node-2");

  @Test
  void neitherTooLittleNorTooMuchIsEnough() {
    var right = Map.of("TCP/80@30080", NODES);

    assertThat(Served.exactly(seen(right), WEB, NODES)).isTrue();
    assertThat(Served.exactly(seen(right), WEB, Set.of("node-1"))).isFalse();
    assertThat(
            Served.exactly(seen(Map.of("TCP/80@30080", NODES, "TCP/81@30081", NODES)), WEB, NODES))
        .as("a target group left over")
        .isFalse();
    assertThat(Served.exactly(nothing(), WEB, NODES)).isFalse();
  }

  @Test
  void everyObjectCounts() {
    assertThat(Served.count(nothing())).isZero();
    assertThat(Served.count(seen(Map.of("a", NODES, "b", NODES)))).isEqualTo(4);
  }

  private static SimulatedObserved nothing() {
    return SimulatedObserved.nothing(LoadBalancerKey.ofService("default", "web"));
  }

  private static SimulatedObserved seen(Map<String, Set<String>> groups) {
    return new SimulatedObserved(
        LoadBalancerKey.ofService("default", "web"),
        Optional.of(new SimulatedObserved.LoadBalancer("198.18.0.1", true)),
        Map.of("TCP/80", "TCP/80@30080"),
        groups,
        Map.of());
  }
}
