// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Sees within some 50 ms when a load balancer has become ACTIVE. By nanoseconds of
/// [System#nanoTime].
final class ActiveProbe implements AutoCloseable {
  private static final Duration APART = Duration.ofMillis(50);

  private final CloudView view;
  private final Map<String, Long> active = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile Optional<RuntimeException> failure = Optional.empty();
  private volatile boolean ended;

  ActiveProbe(CloudView view) {
    this.view = view;
    this.thread = Thread.ofVirtual().name("probe").start(this::watch);
  }

  private void watch() {
    try {
      while (!ended) {
        look();
        Until.pause(APART);
      }
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
  }

  private void look() {
    // The moment before the question: it was ACTIVE then or became so since.
    var asked = System.nanoTime();
    for (var status : view.statuses()) {
      if (status.path("provisioning_status").asText().equals("ACTIVE")) {
        active.putIfAbsent(status.path("name").asText(), asked);
      }
    }
  }

  /// When it was first seen to be ACTIVE.
  ///
  /// @throws IllegalStateException when it never was, or Octavia could not be asked
  long activeAt(String balancer) {
    failure.ifPresent(e -> {
      throw new IllegalStateException("Octavia could not be asked: " + e.getMessage(), e);
    });
    return Optional.ofNullable(active.get(balancer))
        .orElseThrow(() -> new IllegalStateException(balancer + " was never seen ACTIVE"));
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
