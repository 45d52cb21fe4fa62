// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.AwsSeed;
import dev.fairway.testkit.aws.Calls;
import dev.fairway.testkit.aws.fault.CrashPoint;
import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.ClusterNodes;
import dev.fairway.testkit.bench.CrashStage;
import dev.fairway.testkit.bench.Inventory;
import dev.fairway.testkit.bench.Outcome;
import dev.fairway.testkit.bench.Processes;
import dev.fairway.testkit.bench.Processes.Started;
import dev.fairway.testkit.bench.Progress;
import dev.fairway.testkit.bench.Stage;
import dev.fairway.testkit.bench.aws.AwsSubject.Launch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One controller in the lab: its processes, which come and go, and what was found out about it.
final class AwsTrial implements Stage<AwsFigure>, CrashStage<AwsKind>, AutoCloseable {
  /// Nothing that a controller does of its own accord is further apart.
  static final Duration REST = Duration.ofSeconds(5);

  private static final int MACHINES = 6;
  private static final int TURN = 20;
  private static final String PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";
  // What both controllers take for the same: each has another default.
  private static final Map<String, String> ANNOTATIONS =
      Map.of(PREFIX + "type", "nlb", PREFIX + "scheme", "internet-facing");

  private final AwsLab lab;
  private final AwsSubject subject;
  private final AwsOptions options;
  private final Progress progress;
  private final BenchServices services;
  private final ClusterNodes nodes;
  private final Outcome<AwsFigure> outcome = new Outcome<>(AwsFigure.class);
  private final Processes processes = new Processes();
  private AwsSeed seed;

  AwsTrial(AwsLab lab, AwsSubject subject, AwsOptions options, Progress progress) {
    this.lab = lab;
    this.subject = subject;
    this.options = options;
    this.progress = progress;
    this.services = new BenchServices(lab.controlPlane().client(), ANNOTATIONS);
    this.nodes = new ClusterNodes(lab.controlPlane().client());
    this.seed = lab.newAccount(MACHINES);
    nodes.create(AwsNodes.of(seed.network().instances()));
  }

  AwsLab lab() {
    return lab;
  }

  AwsOptions options() {
    return options;
  }

  @Override
  public BenchServices services() {
    return services;
  }

  ClusterNodes nodes() {
    return nodes;
  }

  AwsSeed seed() {
    return seed;
  }

  @Override
  public Outcome<AwsFigure> outcome() {
    return outcome;
  }

  @Override
  public void say(String text) {
    progress.say(text);
  }

  @Override
  public void beginAnew() {
    kill();
    services.wipe();
    nodes.wipe();
    seed.close();
    seed = lab.newAccount(MACHINES);
    nodes.create(AwsNodes.of(seed.network().instances()));
  }

  /// Starts a process beside those there are, and waits until it works.
  Started start(Launch launch) {
    return processes.await(subject.start(launch, lab.place(seed)));
  }

  /// Starts the only process there is, and waits until it has looked around.
  void startAndSettle(Launch launch) {
    var _ = start(launch);
    settle();
  }

  /// Ends all processes as a crash does.
  void kill() {
    processes.kill();
  }

  @Override
  public boolean isAlive() {
    return processes.isAlive();
  }

  /// Waits until AWS is no longer called.
  @Override
  public void settle() {
    settle(REST);
  }

  /// The same, for work of which a single call on a busy machine may take longer than [#REST].
  void settle(Duration rest) {
    lab.awaitQuiet(rest, patience(options.sizes().many()));
  }

  /// The calls that something led to, until the controller was at rest again.
  Calls callsOf(Runnable change) {
    var mark = mark();
    change.run();
    return callsSince(mark);
  }

  /// Now, for [#callsSince].
  int mark() {
    return lab.proxy().calls().mark();
  }

  /// The calls from then until the controller is at rest.
  Calls callsSince(int mark) {
    settle();
    return lab.proxy().calls().since(mark);
  }

  @Override
  public void startInHurry() {
    startAndSettle(Launch.PLAIN.inHurry());
  }

  @Override
  public int mutatingCallsOf(Runnable change) {
    return callsOf(change).mutating().count();
  }

  @Override
  public ArmedCrash crashAfter(int step) {
    var faults = lab.proxy().faults();
    var point = faults.add(new CrashPoint(step, this::kill));
    return new ArmedCrash(
        point::reached,
        () -> {
          point.mend();
          faults.remove(point);
        });
  }

  @Override
  public Inventory<AwsKind> stock() {
    return lab.stock().take();
  }

  /// Makes Services and waits until all have a hostname.
  void createAndAwait(List<String> names) {
    services.createAll(names);
    services.awaitAddresses(names, patience(names.size()));
  }

  /// The same where the pace does not matter: a few at a time, so that no emulator on a busy
  /// machine becomes too slow for the patience of a controller.
  void createInTurns(List<String> names) {
    for (var from = 0; from < names.size(); from += TURN) {
      createAndAwait(names.subList(from, Math.min(names.size(), from + TURN)));
    }
  }

  /// Deletes a Service and waits until it is gone.
  void deleteAndAwait(String name) {
    services.delete(name);
    services.awaitGone(List.of(name), patience(1));
  }

  /// Who leads.
  Optional<String> leader() {
    var name = subject.lease();
    return Optional.ofNullable(
            lab.controlPlane()
                .client()
                .leases()
                .inNamespace(name.namespace())
                .withName(name.name())
                .get())
        .map(lease -> lease.getSpec().getHolderIdentity())
        .filter(holder -> !holder.isEmpty());
  }

  /// Long enough for so many Services one after the other.
  static Duration patience(int services) {
    return Duration.ofSeconds(60).plus(Duration.ofMillis(3_000L * services));
  }

  @Override
  public void close() {
    kill();
    services.wipe();
    nodes.wipe();
    services.close();
    seed.close();
  }
}
