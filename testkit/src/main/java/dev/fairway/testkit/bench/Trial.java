// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.sim.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One controller in the lab: its process, which comes and goes, and what was found out about it.
final class Trial implements AutoCloseable {
  /// Nothing that a controller does of its own accord is further apart.
  static final Duration REST = Duration.ofSeconds(3);

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Lab lab;
  private final Subject subject;
  private final BenchOptions.Sizes sizes;
  private final Progress progress;
  private final BenchServices services;
  private final BenchNodes nodes;
  private final Findings findings = new Findings();
  private Optional<Subject.Running> running = Optional.empty();
  private double peakMebibytes;

  Trial(Lab lab, Subject subject, BenchOptions.Sizes sizes, Progress progress) {
    this.lab = lab;
    this.subject = subject;
    this.sizes = sizes;
    this.progress = progress;
    this.services = new BenchServices(lab.controlPlane().client());
    this.nodes = new BenchNodes(lab.controlPlane().client());
  }

  Lab lab() {
    return lab;
  }

  BenchOptions.Sizes sizes() {
    return sizes;
  }

  BenchServices services() {
    return services;
  }

  BenchNodes nodes() {
    return nodes;
  }

  Findings findings() {
    return findings;
  }

  void say(String text) {
    progress.say(text);
  }

  /// Starts a process, which must not run yet, and returns at once.
  void launch(boolean hurried) {
    running = Optional.of(subject.start(hurried));
  }

  /// Starts a process and waits until it works.
  void start(boolean hurried) {
    launch(hurried);
    Until.isTrue(
        subject.name() + " to be ready",
        START_LIMIT,
        () -> {
          process().process().requireAlive();
          return process().ready().getAsBoolean();
        });
  }

  /// Ends the process as a crash does, if there is one.
  void kill() {
    running.ifPresent(was -> {
      if (was.process().isAlive()) {
        notePeak();
      }
      was.process().kill9();
    });
    running = Optional.empty();
  }

  /// Kills it without looking at it any more: for who has no time.
  void crash() {
    process().process().kill9();
  }

  boolean isAlive() {
    return running.map(now -> now.process().isAlive()).orElse(false);
  }

  /// What is reachable in its memory, in bytes.
  long heap() {
    return process().heap().getAsLong();
  }

  /// The most memory that any process of it had so far, in MiB.
  double peakMebibytes() {
    notePeak();
    return peakMebibytes;
  }

  private void notePeak() {
    peakMebibytes = Math.max(peakMebibytes, Memory.peakMebibytes(process().process().pid()));
  }

  private Subject.Running process() {
    return running.orElseThrow(() -> new IllegalStateException(subject.name() + " does not run"));
  }

  /// What it wrote to the API server so far.
  List<AuditLog.Write> writes() {
    return lab.audit().by(subject.user().name());
  }

  /// The calls to the cloud that changed something, or would have, after the first `count` calls.
  List<Call> mutatingCallsAfter(int count) {
    return lab.cloud().callsAfter(count).stream().filter(Call::mutating).toList();
  }

  /// Long enough for so many Services one after the other, at a dozen calls each.
  static Duration patience(int count) {
    return Duration.ofSeconds(60).plus(Lab.LATENCY.multipliedBy(12L * count));
  }

  void awaitRest(Duration limit) {
    lab.awaitQuiet(REST, limit);
  }

  /// Ends the process and removes everything that it served.
  void wipe() {
    kill();
    services.wipe();
    lab.cloud().loseEverything();
  }

  @Override
  public void close() {
    kill();
    services.close();
  }
}
