// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndpointNodesTest {
  private static final Endpoint READY = endpoint("ready", true, true, false);
  private static final Endpoint UNREADY = endpoint("unready", false, false, false);
  private static final Endpoint ENDING = endpoint("ending", false, true, true);
  private static final Endpoint ENDED = endpoint("ended", false, false, true);

  @Test
  void nodesWithReadyEndpointsServe() {
    assertThat(serving(slice(READY, UNREADY, ENDING, ENDED))).containsExactly("ready");
  }

  @Test
  void whileNothingIsReadyThoseThatEndServe() {
    assertThat(serving(slice(UNREADY, ENDING, ENDED))).containsExactly("ending");
  }

  @Test
  void oneReadyEndpointInAnySliceIsEnough() {
    assertThat(serving(slice(ENDING), slice(READY))).containsExactly("ready");
  }

  @Test
  void unknownConditionsCountAsReady() {
    assertThat(serving(slice(endpoint("unknown", null, null, null)))).containsExactly("unknown");
    assertThat(serving(slice(new EndpointBuilder().withNodeName("none").build())))
        .containsExactly("none");
  }

  @Test
  void endpointsOutsideOfTheClusterAndEmptySlicesServeNowhere() {
    assertThat(serving(slice(endpoint(null, true, true, false)), new EndpointSlice())).isEmpty();
  }

  private static Iterable<String> serving(EndpointSlice... slices) {
    return EndpointNodes.of(List.of(slices)).serving();
  }

  private static EndpointSlice slice(Endpoint... endpoints) {
    return new EndpointSliceBuilder().withEndpoints(endpoints).build();
  }

  private static Endpoint endpoint(
      @Nullable String node,
      @Nullable Boolean ready,
      @Nullable Boolean serving,
      @Nullable Boolean terminating) {
    return new EndpointBuilder()
        .withNodeName(node)
        .withNewConditions()
        .withReady(ready)
        .withServing(serving)
        .withTerminating(terminating)
        .endConditions()
        .build();
  }
}
