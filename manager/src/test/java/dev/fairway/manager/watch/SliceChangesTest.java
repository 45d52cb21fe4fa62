// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SliceChangesTest {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private static final EndpointSlice ONE = slice("10.0.0.1", "node-1");
  private static final EndpointSlice SAME_NODE = slice("10.0.0.2", "node-1");
  private static final EndpointSlice OTHER_NODE = slice("10.0.0.1", "node-2");
  private final List<LoadBalancerKey> nodes = new ArrayList<>();
  private final List<LoadBalancerKey> pods = new ArrayList<>();
  private boolean targetsPods;
  private final SliceChanges changes =
      new SliceChanges(_ -> Optional.of(WEB), _ -> targetsPods, nodes::add, pods::add);

  @Test
  void whereNodesAreTargetsOnlyOtherNodesMatter() {
    changes.onUpdate(ONE, SAME_NODE);
    assertThat(nodes).isEmpty();

    changes.onUpdate(ONE, OTHER_NODE);

    assertThat(nodes).containsExactly(WEB);
    assertThat(pods).isEmpty();
  }

  @Test
  void wherePodsAreTargetsOtherPodsMatterToo() {
    targetsPods = true;

    changes.onUpdate(ONE, SAME_NODE);
    changes.onUpdate(ONE, OTHER_NODE);
    changes.onUpdate(ONE, new EndpointSliceBuilder(ONE).build());

    assertThat(pods).containsExactly(WEB, WEB);
    assertThat(nodes).isEmpty();
  }

  @Test
  void aSliceThatComesOrGoesMatters() {
    changes.onAdd(ONE);
    targetsPods = true;
    changes.onDelete(ONE, false);

    assertThat(nodes).containsExactly(WEB);
    assertThat(pods).containsExactly(WEB);
  }

  @Test
  void whereThePodsAreIsKeptOnlyForThoseWhoAsk() {
    var kept = SlimStore.ofEndpointSlices(true);
    var slim = SlimStore.ofEndpointSlices(false);

    kept.put("web", new EndpointSliceBuilder(ONE).build());
    slim.put("web", new EndpointSliceBuilder(ONE).build());

    assertThat(EndpointPods.of(List.of(kept.get("web")))).isEqualTo(EndpointPods.of(List.of(ONE)));
    assertThat(EndpointPods.of(List.of(slim.get("web"))).serving()).isEmpty();
    assertThat(EndpointNodes.of(List.of(slim.get("web"))))
        .isEqualTo(EndpointNodes.of(List.of(ONE)));
  }

  private static EndpointSlice slice(String address, String node) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("web")
        .endMetadata()
        .withAddressType("IPv4")
        .addNewEndpoint()
        .withAddresses(address)
        .withNodeName(node)
        .endEndpoint()
        .addNewPort()
        .withPort(8080)
        .endPort()
        .build();
  }
}
