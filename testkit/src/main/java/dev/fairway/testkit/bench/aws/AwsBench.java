// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.bench.Launch;
import dev.fairway.testkit.bench.Progress;
import dev.fairway.testkit.bench.SideName;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.world.FairwayApp;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;

/// The main program of `./fairway bench aws`; it expects the sandbox that the launcher makes. Exit
/// codes: 0 everything was measured, 1 something was not, 2 wrong command line.
public final class AwsBench {
  private final AwsOptions options;
  private final Launch launch;
  private final Progress progress = new Progress(System.nanoTime(), System.err, "");

  private AwsBench(AwsOptions options, Launch launch) {
    this.options = options;
    this.launch = launch;
  }

  /// @param arguments see [AwsOptions]
  public static void main(String[] arguments) {
    var launch = Launch.of("aws");
    System.exit(
        launch.exitCode(() -> new AwsBench(AwsOptions.parse(List.of(arguments)), launch).run()));
  }

  private int run() {
    var directory = Path.of(launch.variable("FAIRWAY_RUN_DIR")).resolve("bench");
    progress.say("etcd, kube-apiserver, AWS emulator");
    try (var lab = AwsLab.create(directory, KubeBinaries.fromEnvironment())) {
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
      var found = new EnumMap<SideName, AwsFindings>(SideName.class);
      for (var side : options.sides()) {
        found.put(side, measure(lab, subject(side, lab, directory)));
      }
      var result = new AwsResult(found);
      if (!options.json()) {
        System.out.println(result.table());
      }
      System.out.println(Serialization.asJson(result.asMap()));
      return found.values().stream().allMatch(AwsFindings::isComplete) ? 0 : 1;
    }
  }

  private AwsSubject subject(SideName side, AwsLab lab, Path directory) {
    var kubeconfig = lab.controlPlane().kubeconfig();
    return switch (side) {
      case FAIRWAY -> new AwsFairwaySubject(FairwayApp.fromEnvironment(), directory, kubeconfig);
      case REFERENCE ->
          new CcmSubject(
              Path.of(launch.variable(CcmSubject.VARIABLE)),
              Path.of(launch.variable("FAIRWAY_HOME")).resolve("deploy/lab/aws/reference"),
              directory,
              kubeconfig);
    };
  }

  private AwsFindings measure(AwsLab lab, AwsSubject subject) {
    var phases =
        List.of(
            new OneService(),
            new NodesJoin(),
            new CreateMany(),
            new StartAndTakeover(),
            new ThrottleStorm(),
            new Crashes());
    try (var trial = new AwsTrial(lab, subject, options, progress.of(subject.name()))) {
      subject.notes().forEach(trial.findings()::note);
      phases.forEach(phase -> run(phase, trial));
      // The times mean little when other programs want more processors than there are.
      var machine = ManagementFactory.getOperatingSystemMXBean();
      trial.findings().detail("processors", machine.getAvailableProcessors());
      trial.findings().detail("loadAverageAtTheEnd", machine.getSystemLoadAverage());
      return trial.findings();
    }
  }

  // One figure that cannot be had must not cost the others.
  private static void run(AwsPhase phase, AwsTrial trial) {
    trial.say(phase.title());
    try {
      trial.beginAnew();
      phase.run(trial);
      trial.say(trial.findings().line(phase.figures()));
    } catch (RuntimeException e) {
      trial.say("not measured: " + e.getMessage());
      trial.findings().notMeasured(phase.figures(), String.valueOf(e.getMessage()));
    }
  }
}
