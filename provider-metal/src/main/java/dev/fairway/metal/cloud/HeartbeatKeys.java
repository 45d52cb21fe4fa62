// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.failover.Wire;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Secret with the keys of heartbeats: the controller makes it, the speakers read it again and
/// again, so that its keys can be exchanged. To exchange one, make the present one `previous` and
/// write another into `current`.
final class HeartbeatKeys implements AutoCloseable {
  static final String SECRET = "heartbeat-keys";

  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatKeys.class);
  private static final String CURRENT = "current";
  private static final String PREVIOUS = "previous";
  private static final long AT_FIRST_MILLIS = 500;
  private static final long AGAIN_MILLIS = 30_000;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("heartbeat-keys").factory());
  private final KubernetesClient client;
  private List<String> known = List.of();
  private boolean complained;

  private HeartbeatKeys(KubernetesClient client) {
    this.client = client;
  }

  /// Makes the Secret if there is none, as soon as this process may write.
  ///
  /// @param random a new key, at least 16 bytes
  static HeartbeatKeys make(
      KubernetesClient client, BooleanSupplier mayWrite, Supplier<byte[]> random) {
    var keys = new HeartbeatKeys(client);
    keys.later(AT_FIRST_MILLIS / 5, () -> keys.make(mayWrite, random));
    return keys;
  }

  /// Reads it, and tells whenever it is another.
  static HeartbeatKeys read(KubernetesClient client, Consumer<Wire> told) {
    var keys = new HeartbeatKeys(client);
    keys.later(0, () -> keys.read(told));
    return keys;
  }

  private void later(long millis, Runnable work) {
    if (!timer.isShutdown()) {
      var _ = timer.schedule(work, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void make(BooleanSupplier mayWrite, Supplier<byte[]> random) {
    if (!mayWrite.getAsBoolean()) {
      later(AT_FIRST_MILLIS, () -> make(mayWrite, random));
      return;
    }
    try {
      client.resource(secret(random.get())).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        complain("make", e);
        later(AT_FIRST_MILLIS, () -> make(mayWrite, random));
        return;
      }
    }
    // Somebody may have deleted it: speakers that start could do nothing then.
    later(AGAIN_MILLIS * 2, () -> make(mayWrite, random));
  }

  private static Secret secret(byte[] key) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(SpeakerLease.NAMESPACE)
        .withName(SECRET)
        .withLabels(SpeakerLease.LABELS)
        .endMetadata()
        .withType("Opaque")
        .withData(Map.of(CURRENT, Base64.getEncoder().encodeToString(key)))
        .build();
  }

  private void read(Consumer<Wire> told) {
    try {
      var found = keys(client.secrets().inNamespace(SpeakerLease.NAMESPACE).withName(SECRET).get());
      if (!found.isEmpty() && !found.equals(known)) {
        told.accept(new Wire(found.stream().map(Base64.getDecoder()::decode).toList()));
        known = found;
      }
    } catch (KubernetesClientException e) {
      complain("read", e);
    } catch (IllegalArgumentException e) {
      LOG.warn("Secret {}/{} cannot be used: {}", SpeakerLease.NAMESPACE, SECRET, e.getMessage());
    }
    later(known.isEmpty() ? AT_FIRST_MILLIS : AGAIN_MILLIS, () -> read(told));
  }

  private static List<String> keys(@Nullable Secret secret) {
    var data = Optional.ofNullable(secret).map(Secret::getData).orElse(Map.of());
    return Stream.of(CURRENT, PREVIOUS).map(data::get).filter(Objects::nonNull).toList();
  }

  private void complain(String what, KubernetesClientException e) {
    if (!complained) {
      LOG.warn(
          "cannot {} Secret {}/{}, trying again: {}",
          what,
          SpeakerLease.NAMESPACE,
          SECRET,
          e.getMessage());
    }
    complained = true;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
