// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.manager.desired.NodeView;
import dev.fairway.testkit.sim.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodesTest {
  private static final int SERVICES = 50;
  private final Stage stage = new Stage();

  @Test
  void aHundredNodesThatJoinTogetherAreOneUpdateOfEachLoadBalancer() {
    services();
    var calls = stage.cloud.calls().size();

    stage.cluster.nodes(103);
    stage.process.triggers.targetsChanged();
    stage.quiet();

    assertThat(stage.cloud.calls().subList(calls, stage.cloud.calls().size()))
        .extracting(Call::operation)
        .hasSize(SERVICES)
        .containsOnly("RegisterTargets");
  }

  @Test
  void readinessThatComesAndGoesCostsNothing() {
    services();
    var calls = stage.cloud.calls().size();
    var writes = stage.cluster.writes.size();

    for (var n = 0; n < 100; n++) {
      var ready = n % 2 == 1;
      stage.cluster.nodes(
          IntStream.rangeClosed(1, 3).mapToObj(i -> node("node-" + i, ready)).toList());
      stage.process.triggers.targetsChanged();
      while (stage.workOnce()) {
        // until this is seen
      }
    }

    assertThat(stage.cloud.calls()).hasSize(calls);
    assertThat(stage.cluster.writes).hasSize(writes);
  }

  @Test
  void aNodeThatLeavesDrainsAndIsGoneWhenItsTimeIsOver() {
    services();

    stage.cluster.nodes(List.of(node("node-1", true), node("node-2", true), leaving("node-3")));
    stage.process.triggers.targetsChanged();
    while (stage.workOnce()) {
      // until it drains
    }
    assertThat(stage.cloud.truth())
        .allMatch(seen -> seen.draining().containsValue(Set.of("node-3")));

    stage.quiet().assertAsItShouldBe("drained");
  }

  private void services() {
    for (var n = 0; n < SERVICES; n++) {
      stage.cluster.create("default/s" + n, service -> service.port(80));
    }
    stage.quiet();
  }

  private static NodeView node(String name, boolean ready) {
    return new NodeView(
        name,
        List.of("192.0.2.1"),
        Optional.empty(),
        ready,
        false,
        Map.of(),
        Set.of(),
        Optional.empty());
  }

  private static NodeView leaving(String name) {
    return new NodeView(
        name,
        List.of("192.0.2.1"),
        Optional.empty(),
        true,
        false,
        Map.of(),
        Set.of(NodeView.AUTOSCALER_TAINT),
        Optional.empty());
  }
}
