// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.metal.pool.Occupied;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import org.junit.jupiter.api.Test;

class NodeFactsTest {
  @Test
  void aNodeThatSaysNothingIsWillingAndOccupiesNothing() {
    var node = new NodeBuilder().withNewMetadata().withName("n1").endMetadata().build();

    assertThat(NodeFacts.of(node, true).unwilling()).isFalse();
    assertThat(NodeFacts.of(node, true).occupied()).isEmpty();
  }

  @Test
  void aNodeIsDrainedByItsTaintWhateverTheEffect() {
    assertThat(NodeFacts.of(tainted("fairway.dev/drain"), false).unwilling()).isTrue();
    assertThat(NodeFacts.of(tainted("node.kubernetes.io/out-of-service"), false).unwilling())
        .isTrue();
    assertThat(NodeFacts.of(tainted("node-role.kubernetes.io/control-plane"), false).unwilling())
        .isFalse();
  }

  @Test
  void aCordonedNodeIsDrainedWhereThatIsThePolicy() {
    var node = new NodeBuilder(tainted("x")).editSpec().withUnschedulable(true).endSpec().build();

    assertThat(NodeFacts.of(node, false).unwilling()).isFalse();
    assertThat(NodeFacts.of(node, true).unwilling()).isTrue();
  }

  @Test
  void aNodeWithoutANetworkIsUnwilling() {
    assertThat(NodeFacts.of(network("True"), false).unwilling()).isTrue();
    assertThat(NodeFacts.of(network("False"), false).unwilling()).isFalse();
  }

  @Test
  void itsAddressesAndThoseOfItsPodsAreOccupied() {
    var node =
        new NodeBuilder(tainted("x"))
            .editSpec()
            .withPodCIDRs("10.244.1.0/24", "nonsense")
            .endSpec()
            .withNewStatus()
            .addNewAddress("192.0.2.1", "InternalIP")
            .addNewAddress("host.example", "Hostname")
            .endStatus()
            .build();

    assertThat(NodeFacts.of(node, false).occupied())
        .containsExactlyInAnyOrder(
            new Occupied(IpRange.ofPrefix(IpAddress.of("192.0.2.1"), 32), "NodeAddress", "node n1"),
            new Occupied(
                IpRange.ofPrefix(IpAddress.of("10.244.1.0"), 24),
                "PodNetwork",
                "the pods of node n1"));
  }

  private static Node tainted(String key) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName("n1")
        .endMetadata()
        .withNewSpec()
        .addNewTaint()
        .withKey(key)
        .withEffect("NoSchedule")
        .endTaint()
        .endSpec()
        .build();
  }

  private static Node network(String unavailable) {
    return new NodeBuilder(tainted("x"))
        .withNewStatus()
        .addNewCondition()
        .withType("NetworkUnavailable")
        .withStatus(unavailable)
        .endCondition()
        .endStatus()
        .build();
  }
}
