// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopologyTest {
  @Test
  void everyHostButTheRoutedClientIsPluggedIntoTheLan() {
    assertThat(new Topology(2).switchLines())
        .contains(
            "addr add 10.13.240.5/22 dev lan",
            "link add p-node-2 type veth peer name eth0 address 02:00:0a:0d:f0:0c netns node-2",
            "link set p-node-2 master lan up",
            "link set p-client master lan up",
            "link set p-router master lan up")
        .noneMatch(line -> line.startsWith("link") && line.contains("client-behind-router"));
  }

  @Test
  void nodesReachEachOthersPodsThroughEachOther() {
    assertThat(new Topology(3).hostLines().get("node-2"))
        .containsSubsequence(
            "addr add 10.13.240.12/22 dev eth0",
            "route add default via 10.13.240.1",
            "addr add 10.244.2.1/24 dev pods",
            "route add 10.244.1.0/24 via 10.13.240.11",
            "route add 10.244.3.0/24 via 10.13.240.13");
  }

  @Test
  void theRouterIsConfiguredBeforeTheClientBehindItWhoseLinkItMakes() {
    assertThat(new Topology(1).hostLines().sequencedKeySet())
        .containsSubsequence("router", "client-behind-router");
  }
}
