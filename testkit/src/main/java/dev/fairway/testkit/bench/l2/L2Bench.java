// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.Launch;
import dev.fairway.testkit.bench.Part;
import dev.fairway.testkit.bench.Progress;
import dev.fairway.testkit.world.FairwayApp;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The main program of `./fairway bench l2`; it expects the sandbox that the launcher makes.
public final class L2Bench {
  private final L2Options options;
  private final Launch launch;
  private final Progress progress = new Progress(System.nanoTime(), System.err, "");

  private L2Bench(L2Options options, Launch launch) {
    this.options = options;
    this.launch = launch;
  }

  /// @param arguments see [L2Options]
  public static void main(String[] arguments) {
    var launch = Launch.of("l2");
    System.exit(launch.exitCode(() -> run(List.of(arguments), launch, System.out)));
  }

  /// Measures, and prints the result. Returns 0 when all that was asked for was measured, else 1.
  ///
  /// @throws IllegalArgumentException for a wrong command line
  public static int run(List<String> arguments, Launch launch, PrintStream out) {
    return new L2Bench(L2Options.parse(arguments), launch).run(out);
  }

  private int run(PrintStream out) {
    var home = Path.of(launch.variable("FAIRWAY_HOME"));
    var site = new Site(home, directory(), FairwayApp.fromEnvironment());
    try (var stage = new L2Stage(site, options, progress)) {
      Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
      options.themes().forEach(theme -> part(theme).measure(stage));
      stage.conclude();
      // The times mean little when other programs want more processors than there are.
      var machine = ManagementFactory.getOperatingSystemMXBean();
      stage.outcome().detail("processors", machine.getAvailableProcessors());
      stage.outcome().detail("loadAverageAtTheEnd", machine.getSystemLoadAverage());
      var report = new Report(stage.outcome());
      if (!options.json()) {
        out.println(report.table());
      }
      out.println(Serialization.asJson(report.asMap()));
      return report.isComplete() ? 0 : 1;
    }
  }

  private Path directory() {
    try {
      return Files.createDirectories(Path.of(launch.variable("FAIRWAY_RUN_DIR")).resolve("bench"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Part<L2Stage, L2Figure> part(Theme theme) {
    return switch (theme) {
      case ALLOC -> new Allocation();
      case CUT -> Failovers.cut();
      case KILL -> Failovers.kill();
      case DRAIN -> new Drains();
      case ARP -> new ArpAnswers();
      case FAST -> Failovers.fast();
      case MANY -> new ManyServices();
      case WIDE -> new WideController();
    };
  }
}
