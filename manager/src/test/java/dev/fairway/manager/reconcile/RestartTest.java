// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.Call;
import org.junit.jupiter.api.Test;

class RestartTest {
  private static final int SERVICES = 1_000;
  private final Stage stage = new Stage();

  @Test
  void aRestartOverAThousandServicesReadsOnceAndWritesNothing() {
    thousandServices();
    var calls = stage.cloud.calls().size();
    var writes = stage.cluster.writes.size();
    var events = stage.cluster.events.size();

    stage.restart().quiet();

    assertThat(stage.cloud.calls().subList(calls, stage.cloud.calls().size()))
        .extracting(Call::operation)
        .containsExactly("list");
    assertThat(stage.cluster.writes).hasSize(writes);
    assertThat(stage.cluster.events).hasSize(events);
  }

  @Test
  void aServiceThatWasCreatedMeanwhileComesFirst() {
    thousandServices();
    stage.process.death().now();
    stage.cluster.create("zoo/new", service -> service.port(80));
    stage.cluster.delete("default/s501");

    stage.restart();

    assertThat(stage.process.queue.poll()).contains(LoadBalancerKey.ofService("default", "s501"));
    assertThat(stage.process.queue.poll()).contains(LoadBalancerKey.ofService("zoo", "new"));
  }

  @Test
  void nothingIsKeptOfThousandsOfServicesThatCameAndWent() {
    for (var n = 0; n < 3_000; n++) {
      var name = "default/s" + n;
      stage.cluster.create(name, service -> service.port(80));
      stage.workOnce();
      if (n % 3 == 0) {
        stage.workOnce();
      }
      stage.cluster.delete(name);
      while (stage.workOnce()) {
        // until it has gone
      }
    }

    assertThat(stage.cloud.truth()).isEmpty();
    assertThat(stage.process.reconciler.remembered()).isZero();
    assertThat(stage.process.workers.unserved()).isZero();
    assertThat(stage.process.orphans.count()).isZero();
    assertThat(stage.process.queue.remembered()).isZero();
  }

  private void thousandServices() {
    for (var n = 0; n < SERVICES; n++) {
      var share = n % 10 == 0;
      var port = 80 + n % 100;
      stage.cluster.create(
          "default/s" + n,
          service -> {
            service.port(port);
            if (share) {
              service.share("g" + port / 20);
            }
          });
    }
    stage.quiet();
  }
}
