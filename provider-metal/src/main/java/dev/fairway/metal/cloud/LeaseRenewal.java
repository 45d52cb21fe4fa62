// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews the Lease of a speaker on a thread of its own. After a time without contact it has the
/// VIPs read anew before it shows itself alive again.
final class LeaseRenewal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewal.class);

  private final KubernetesClient client;
  private final String node;
  private final InstantSource clock;
  private final Runnable afterSilence;
  private final Supplier<Map<String, String>> links;
  private final String holder = UUID.randomUUID().toString();
  // A platform thread: busy virtual threads must not delay a renewal.
  private final Thread thread =
      Thread.ofPlatform().name("speaker-lease").daemon().unstarted(this::run);
  private Optional<Lease> present = Optional.empty();
  private long renewedNanos = System.nanoTime();
  private Map<String, String> told = Map.of();
  private boolean failing;
  private volatile boolean closing;

  /// @param links what to tell of the node's interfaces, by annotation; nothing when they cannot be
  ///   read
  LeaseRenewal(
      KubernetesClient client,
      String node,
      InstantSource clock,
      Runnable afterSilence,
      Supplier<Map<String, String>> links) {
    this.client = client;
    this.node = node;
    this.clock = clock;
    this.afterSilence = afterSilence;
    this.links = links;
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closing) {
      var start = System.nanoTime();
      renewOrTell();
      var rest = SpeakerLease.RENEW.toNanos() - (System.nanoTime() - start);
      if (rest > 0) {
        LockSupport.parkNanos(rest);
      }
    }
  }

  private void renewOrTell() {
    try {
      if (System.nanoTime() - renewedNanos > SpeakerLease.MAY_BE_SILENT.toNanos()) {
        afterSilence.run();
      }
      write(holder);
      renewedNanos = System.nanoTime();
      if (failing) {
        LOG.info("the Lease is renewed again");
      }
      failing = false;
    } catch (RuntimeException | Error e) {
      // Whoever renews no more, and answers on, is one of two that answer.
      if (!failing) {
        LOG.warn("cannot renew the Lease, trying again: {}", e.getMessage());
      }
      failing = true;
      present = Optional.empty();
    }
  }

  private void write(String as) {
    // What cannot be read now is as it was.
    var now = links.get();
    told = now.isEmpty() ? told : now;
    var wanted = SpeakerLease.of(node, as, clock.instant(), told);
    if (present.isEmpty()) {
      present =
          Optional.ofNullable(
              client
                  .leases()
                  .inNamespace(SpeakerLease.NAMESPACE)
                  .withName(SpeakerLease.name(node))
                  .get());
    }
    if (present.isEmpty()) {
      present = Optional.of(client.resource(wanted).create());
      return;
    }
    wanted.getMetadata().setResourceVersion(present.get().getMetadata().getResourceVersion());
    try {
      present = Optional.of(client.resource(wanted).update());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
          && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      // Somebody touched it: with what it is now, the next turn succeeds.
      present = Optional.empty();
    }
  }

  /// Says goodbye, so that others take over at once.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
      write("");
      if (present.isEmpty()) {
        write("");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (KubernetesClientException e) {
      LOG.warn("could not say goodbye: {}", e.getMessage());
    }
  }
}
