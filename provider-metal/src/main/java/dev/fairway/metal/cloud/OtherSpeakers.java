// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether the speakers of MetalLB run, and tells when that changes. Only pods in the host's
/// network count: others cannot answer for addresses, and anybody may give them these labels.
final class OtherSpeakers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OtherSpeakers.class);

  // As MetalLB's chart and its manifests name them.
  private static final List<Map<String, String>> LABELS =
      List.of(
          Map.of("app.kubernetes.io/name", "metallb", "app.kubernetes.io/component", "speaker"),
          Map.of("app", "metallb", "component", "speaker"));

  private final KubernetesClient client;
  private final Runnable changed;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("other-speakers").daemon().factory());
  private volatile Presence presence = Presence.NOBODY;
  // API servers before 1.28 cannot select pods by it.
  private boolean selectsHostNetwork = true;
  private boolean complained;

  OtherSpeakers(KubernetesClient client, Runnable changed) {
    this.client = client;
    this.changed = changed;
  }

  /// Looks once, and again and again from then on.
  void start() {
    later(look());
  }

  /// The namespace in which they run; empty if they do not.
  Optional<String> where() {
    return presence.where();
  }

  private void later(Duration delay) {
    if (!timer.isShutdown()) {
      var _ = timer.schedule(this::lookAgain, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void lookAgain() {
    var before = presence.where();
    var next = look();
    if (!before.equals(presence.where())) {
      LOG.info(
          presence
              .where()
              .map(namespace ->
                  "the speakers of MetalLB run in namespace %s: nothing is announced"
                      .formatted(namespace))
              .orElse("the speakers of MetalLB are gone: addresses are announced"));
      changed.run();
    }
    later(next);
  }

  // What cannot be known does not change what is believed.
  private Duration look() {
    try {
      presence = presence.after(find());
      complained = false;
      return presence.next();
    } catch (KubernetesClientException e) {
      if (!complained) {
        LOG.warn("cannot see whether the speakers of MetalLB run: {}", e.getMessage());
      }
      complained = true;
      return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN ? Presence.FAR : Presence.CLOSE;
    }
  }

  private Optional<String> find() {
    return LABELS.stream()
        .flatMap(labels -> first(labels).stream())
        .map(pod -> pod.getMetadata().getNamespace())
        .findFirst();
  }

  private Optional<Pod> first(Map<String, String> labels) {
    try {
      return list(labels);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_BAD_REQUEST || !selectsHostNetwork) {
        throw e;
      }
      selectsHostNetwork = false;
      return list(labels);
    }
  }

  private Optional<Pod> list(Map<String, String> labels) {
    var running =
        client
            .pods()
            .inAnyNamespace()
            .withLabels(labels)
            .withoutField("status.phase", "Succeeded")
            .withoutField("status.phase", "Failed");
    var selected = selectsHostNetwork ? running.withField("spec.hostNetwork", "true") : running;
    return selected.list(new ListOptionsBuilder().withLimit(1L).build()).getItems().stream()
        .findFirst();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
