// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// The signs of life of speakers, without speakers.
final class LeasePulse implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private LeasePulse() {}

  /// Begins to renew the Leases of `node-1` and so on, every second.
  static LeasePulse start(KubernetesClient client, int nodes) {
    var pulse = new LeasePulse();
    renew(client, nodes);
    var _ =
        pulse.timer.scheduleAtFixedRate(() -> tryToRenew(client, nodes), 1, 1, TimeUnit.SECONDS);
    return pulse;
  }

  // One that fails is late, as a speaker's may be; thrown, there would be no next one.
  private static void tryToRenew(KubernetesClient client, int nodes) {
    try {
      renew(client, nodes);
    } catch (RuntimeException e) {
      System.err.println("a Lease could not be renewed: " + e.getMessage());
    }
  }

  private static void renew(KubernetesClient client, int nodes) {
    IntStream.rangeClosed(1, nodes)
        .forEach(number -> {
          var _ =
              client
                  .resource(
                      new LeaseBuilder()
                          .withNewMetadata()
                          .withNamespace("fairway-speakers")
                          .withName("speaker-node-" + number)
                          .addToLabels("app.kubernetes.io/name", "fairway")
                          .addToLabels("app.kubernetes.io/component", "speaker")
                          .endMetadata()
                          .withNewSpec()
                          .withHolderIdentity("bench")
                          .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                          .endSpec()
                          .build())
                  .serverSideApply();
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
