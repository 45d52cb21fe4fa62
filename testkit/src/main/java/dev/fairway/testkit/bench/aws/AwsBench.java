// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.bench.CloudControllerManager;
import dev.fairway.testkit.bench.Comparison;
import dev.fairway.testkit.bench.Launch;
import dev.fairway.testkit.bench.Outcome;
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
      var found = new EnumMap<SideName, Outcome<AwsFigure>>(SideName.class);
      for (var side : options.sides()) {
        found.put(side, measure(lab, subject(side, lab, directory)));
      }
      var result = new Comparison<>(AwsFigure.class, found);
      if (!options.json()) {
        System.out.println(result.table());
      }
      System.out.println(Serialization.asJson(result.asMap()));
      return result.isComplete() ? 0 : 1;
    }
  }

  private AwsSubject subject(SideName side, AwsLab lab, Path directory) {
    var kubeconfig = lab.controlPlane().kubeconfig();
    return switch (side) {
      case FAIRWAY -> new AwsFairwaySubject(FairwayApp.fromEnvironment(), directory, kubeconfig);
      case REFERENCE ->
          new CcmSubject(
              new CloudControllerManager(
                  Path.of(launch.variable(CcmSubject.VARIABLE)),
                  Path.of(launch.variable("FAIRWAY_HOME")).resolve("deploy/lab/aws/reference"),
                  directory),
              kubeconfig);
    };
  }

  private Outcome<AwsFigure> measure(AwsLab lab, AwsSubject subject) {
    var phases =
        List.of(
            new OneService(),
            new NodesJoin(),
            new CreateMany(),
            new StartAndTakeover(),
            new ThrottleStorm(),
            new Crashes());
    try (var trial = new AwsTrial(lab, subject, options, progress.of(subject.name()))) {
      subject.notes().forEach(trial.outcome()::note);
      phases.forEach(phase -> phase.measure(trial));
      // The times mean little when other programs want more processors than there are.
      var machine = ManagementFactory.getOperatingSystemMXBean();
      trial.outcome().detail("processors", machine.getAvailableProcessors());
      trial.outcome().detail("loadAverageAtTheEnd", machine.getSystemLoadAverage());
      return trial.outcome();
    }
  }
}
