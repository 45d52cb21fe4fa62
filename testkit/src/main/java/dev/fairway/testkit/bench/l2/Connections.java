// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.world.Host;
import dev.fairway.testkit.world.HttpAnswer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A client that makes a new connection, asks, and has it closed, one after the other.
final class Connections implements AutoCloseable {
  // What a client is told of a connection that was open when the address moved: the next owner does
  // not know it.
  private static final String RESET = "Connection reset";

  // A connection whose first packet was lost takes a second: that counts as lost.
  private static final Duration LIMIT = Duration.ofMillis(900);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Host client;
  private final String ip;
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final List<String> lost = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> work;
  private volatile boolean closed;

  Connections(Host client, String ip) {
    this.client = client;
    this.ip = ip;
    this.work = CompletableFuture.runAsync(this::run, run -> Thread.ofPlatform().start(run));
  }

  private void run() {
    while (!closed) {
      if (client.get(ip, WebService.PORT, LIMIT) instanceof HttpAnswer.NoAnswer(var reason)) {
        note(reason);
      }
      var _ = made.incrementAndGet();
      Until.pause(PAUSE);
    }
  }

  private void note(String reason) {
    if (reason.startsWith(RESET)) {
      var _ = broken.incrementAndGet();
    } else {
      lost.add(reason);
    }
  }

  int made() {
    return made.get();
  }

  /// How many were made, and then ended before the answer.
  int broken() {
    return broken.get();
  }

  /// Why each of those failed that could not be made, or had no answer in time.
  List<String> lost() {
    return List.copyOf(lost);
  }

  /// Ends after the connection that is being made.
  @Override
  public void close() {
    closed = true;
    work.join();
  }
}
