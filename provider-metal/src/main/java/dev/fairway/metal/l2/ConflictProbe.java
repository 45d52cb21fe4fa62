// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.l2.ProbeTable.Probe;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.Family;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Finds out whether somebody on the network has an address, without disturbing those who speak to
/// it. Many may be asked for at once.
final class ConflictProbe implements AutoCloseable {

  private final Stations stations;
  private final InstantSource clock;
  private final Map<Port, ProbeLine> lines = new HashMap<>();
  private boolean closed;

  ConflictProbe(Stations stations, InstantSource clock) {
    this.stations = stations;
    this.clock = clock;
  }

  /// See [L2Announcer#probe].
  CompletableFuture<Optional<Conflict>> probe(
      AnnouncedVip vip, ProbeTimes times, Predicate<MacAddress> ignored) {
    AnnouncePlan plan = AnnouncePlan.of(stations.links().get(), Set.of(vip));
    String nowhere = plan.nowhere().get(vip.address());
    if (nowhere != null) {
      return CompletableFuture.failedFuture(new IOException(nowhere));
    }
    Predicate<MacAddress> notCounted = ignored.or(stations::isOwn);
    List<CompletableFuture<Optional<Conflict>>> answers = new ArrayList<>();
    for (Link link : plan.onLink().keySet()) {
      Probe probe = new Probe(vip.address(), times, notCounted, new CompletableFuture<>());
      begin(link, probe);
      answers.add(
          probe
              .verdict()
              .thenApply(found -> found.map(mac -> new Conflict(vip.address(), mac, link.name()))));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(_ -> answers.stream().flatMap(answer -> answer.join().stream()).findFirst());
  }

  private synchronized void begin(Link link, Probe probe) {
    Family family = probe.address().family();
    Port port = Port.of(link, family);
    try {
      if (closed) {
        throw new IOException("the speaker stops");
      }
      lines.values().removeIf(ProbeLine::hasEnded);
      ProbeLine present = lines.get(port);
      if (present == null || !present.begin(probe)) {
        lines.put(port, ProbeLine.start(link, family, clock, probe));
      }
    } catch (IOException e) {
      probe.verdict().completeExceptionally(e);
    }
  }

  /// Fails what is still asked.
  @Override
  public synchronized void close() {
    closed = true;
    lines.values().forEach(ProbeLine::close);
    lines.clear();
  }
}
