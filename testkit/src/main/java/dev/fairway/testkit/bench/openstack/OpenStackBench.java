// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.CloudControllerManager;
import dev.fairway.testkit.bench.Comparison;
import dev.fairway.testkit.bench.Launch;
import dev.fairway.testkit.bench.Outcome;
import dev.fairway.testkit.bench.Progress;
import dev.fairway.testkit.bench.SideName;
import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.process.Belongings;
import dev.fairway.testkit.world.FairwayApp;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;

/// The main program of `./fairway bench openstack`; it expects the sandbox that the launcher makes.
public final class OpenStackBench {
  private final OpenStackOptions options;
  private final Launch launch;
  private final Progress progress = new Progress(System.nanoTime(), System.err, "");

  private OpenStackBench(OpenStackOptions options, Launch launch) {
    this.options = options;
    this.launch = launch;
  }

  /// @param arguments see [OpenStackOptions]
  public static void main(String[] arguments) {
    var launch = Launch.of("openstack");
    System.exit(launch.exitCode(() -> run(List.of(arguments), launch, System.out)));
  }

  /// Measures, and prints the result. Returns 0 when everything was measured, else 1.
  ///
  /// @throws IllegalArgumentException for a wrong command line
  public static int run(List<String> arguments, Launch launch, PrintStream out) {
    return new OpenStackBench(OpenStackOptions.parse(arguments), launch).run(out);
  }

  private int run(PrintStream out) {
    var directory = directory();
    var all = new Belongings();
    try (all) {
      Runtime.getRuntime().addShutdownHook(new Thread(all::close));
      progress.say(
          "etcd, kube-apiserver, %s OpenStack"
              .formatted(options.simulated() ? "simulated" : "real"));
      var site = all.add(options.simulated() ? SimulatedSite.start() : RealSite.start(directory));
      var cluster =
          all.add(
              ControlPlane.start(
                  KubeBinaries.fromEnvironment(), directory, ControlPlaneOptions.PLAIN));
      var found = new EnumMap<SideName, Outcome<OpenStackFigure>>(SideName.class);
      for (var side : options.sides()) {
        found.put(side, measure(site, cluster, subject(side, cluster, directory)));
      }
      var comparison = new Comparison<>(OpenStackFigure.class, found);
      var result = new LinkedHashMap<String, Object>(comparison.asMap());
      var complete = comparison.isComplete();
      if (options.sides().contains(SideName.FAIRWAY)) {
        var wide = measureWide(cluster, subject(SideName.FAIRWAY, cluster, directory));
        result.put("wide", wide.asMap());
        complete &= wide.isComplete();
      }
      if (!options.json()) {
        out.println(comparison.table());
      }
      out.println(Serialization.asJson(result));
      return complete ? 0 : 1;
    }
  }

  private Path directory() {
    try {
      return Files.createDirectories(Path.of(launch.variable("FAIRWAY_RUN_DIR")).resolve("bench"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OpenStackSubject subject(SideName side, ControlPlane cluster, Path directory) {
    var templates =
        Path.of(launch.variable("FAIRWAY_HOME")).resolve("deploy/lab/openstack/reference");
    return switch (side) {
      case FAIRWAY ->
          new OpenStackFairwaySubject(
              FairwayApp.fromEnvironment(), templates, directory, cluster.kubeconfig());
      case REFERENCE ->
          new OccmSubject(
              new CloudControllerManager(
                  Path.of(launch.variable(OccmSubject.VARIABLE)), templates, directory),
              cluster.kubeconfig());
    };
  }

  private Outcome<OpenStackFigure> measure(
      OpenStackSite site, ControlPlane cluster, OpenStackSubject subject) {
    var phases =
        List.of(
            new OneService(),
            new CreateTogether(),
            new Resync(),
            new NodesJoin(),
            new DetectActive(),
            new TokenExpiry(),
            new Crashes());
    try (var trial =
        new OpenStackTrial<>(
            site,
            cluster.client(),
            subject,
            options,
            progress.of(subject.name()),
            OpenStackFigure.class)) {
      phases.forEach(phase -> phase.measure(trial));
      trial.outcome().detail("openstack", site.name());
      if (options.simulated()) {
        trial.outcome().detail("bootMillis", options.boot().toMillis());
      }
      // The times mean little when other programs want more processors than there are.
      var machine = ManagementFactory.getOperatingSystemMXBean();
      trial.outcome().detail("processors", machine.getAvailableProcessors());
      trial.outcome().detail("loadAverageAtTheEnd", machine.getSystemLoadAverage());
      return trial.outcome();
    }
  }

  // The simulated OpenStack, in any case: no real one takes so many on one machine.
  private Outcome<WideFigure> measureWide(ControlPlane cluster, OpenStackSubject subject) {
    try (var site = SimulatedSite.start();
        var trial =
            new OpenStackTrial<>(
                site,
                cluster.client(),
                subject,
                options,
                progress.of(subject.name()),
                WideFigure.class)) {
      new Wide().measure(trial);
      return trial.outcome();
    }
  }
}
