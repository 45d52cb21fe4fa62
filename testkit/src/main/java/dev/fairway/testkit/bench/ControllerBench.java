// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.world.FairwayApp;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The main program of `./fairway bench controller`; it expects the sandbox that the launcher
/// makes. Exit codes: 0 everything was measured, 1 something was not, 2 wrong command line.
public final class ControllerBench {
  // It works on one Service at a time and needs a second for each: the result is the same with
  // fewer.
  private static final int OTHERS_OF_THE_REFERENCE = 10;
  private static final int HUNG_TURNS = 3;

  private final BenchOptions options;
  private final Launch launch;
  private final Progress progress = new Progress(System.nanoTime(), System.err, "");

  private ControllerBench(BenchOptions options, Launch launch) {
    this.options = options;
    this.launch = launch;
  }

  /// @param arguments see [BenchOptions]
  public static void main(String[] arguments) {
    var launch = Launch.of("controller");
    System.exit(
        launch.exitCode(
            () -> new ControllerBench(BenchOptions.parse(List.of(arguments)), launch).run()));
  }

  private int run() {
    var directory = Path.of(launch.variable("FAIRWAY_RUN_DIR")).resolve("bench");
    progress.say("etcd, kube-apiserver, simulated cloud");
    try (var lab = Lab.create(directory, KubeBinaries.fromEnvironment())) {
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
      var found = new EnumMap<SideName, Findings>(SideName.class);
      for (var side : options.sides()) {
        found.put(side, measure(lab, side, subject(side, lab, directory)));
      }
      if (!options.json()) {
        found.forEach((side, findings) -> System.out.println(table(side, findings)));
      }
      System.out.println(Serialization.asJson(result(found)));
      return found.values().stream().allMatch(ControllerBench::isComplete) ? 0 : 1;
    }
  }

  private Subject subject(SideName side, Lab lab, Path directory) {
    var controlPlane = lab.controlPlane();
    return switch (side) {
      case FAIRWAY ->
          new FairwaySubject(
              FairwayApp.fromEnvironment(),
              directory,
              controlPlane.kubeconfig(FairwaySubject.USER),
              lab.server().endpoint());
      case REFERENCE ->
          new ReferenceSubject(
              Path.of(launch.variable(ReferenceSubject.VARIABLE)),
              directory,
              controlPlane.kubeconfig(ReferenceSubject.USER),
              lab.server().endpoint(),
              options.workers());
    };
  }

  private Findings measure(Lab lab, SideName side, Subject subject) {
    var phases =
        List.of(
            new CreateAll(),
            new NodeJoin(),
            new ReadyFlap(),
            new Restart(),
            new PeakMemory(),
            hungLoadBalancer(side),
            new Churn(),
            new CrashPoints());
    lab.cloud().takesPerCall(Lab.LATENCY);
    try (var trial = new Trial(lab, subject, options.sizes(), progress.of(subject.name()))) {
      trial.say(options.sizes().nodes() + " nodes");
      trial.nodes().create(1, options.sizes().nodes(), Duration.ZERO);
      try {
        phases.forEach(phase -> run(phase, trial));
      } finally {
        trial.wipe();
        trial.nodes().names().forEach(trial.nodes()::delete);
        Until.isTrue(
            "the nodes to be gone", Duration.ofSeconds(30), () -> trial.nodes().names().isEmpty());
      }
      return trial.findings();
    }
  }

  private Phase hungLoadBalancer(SideName side) {
    var others = options.sizes().others();
    return switch (side) {
      case FAIRWAY -> new HungLoadBalancer(others, HUNG_TURNS);
      case REFERENCE -> new HungLoadBalancer(Math.min(OTHERS_OF_THE_REFERENCE, others), 1);
    };
  }

  // One figure that cannot be had must not cost the others.
  private static void run(Phase phase, Trial trial) {
    trial.say(phase.title());
    try {
      phase.run(trial);
    } catch (RuntimeException e) {
      trial.say("not measured: " + e.getMessage());
      trial.findings().note("%s: %s".formatted(phase.title(), e.getMessage()));
    }
  }

  private static boolean isComplete(Findings findings) {
    return findings.asMap().values().stream().noneMatch(Objects::isNull);
  }

  private static Map<String, @Nullable Object> result(Map<SideName, Findings> found) {
    var result = new LinkedHashMap<String, @Nullable Object>();
    var fairway = Optional.ofNullable(found.get(SideName.FAIRWAY));
    var reference = Optional.ofNullable(found.get(SideName.REFERENCE));
    result.putAll(fairway.orElseGet(Findings::new).asMap());
    result.put("reference", reference.map(Findings::asMap).orElse(null));
    result.put(
        "ratio",
        fairway.flatMap(own -> reference.map(theirs -> theirs.dividedBy(own))).orElse(null));
    return result;
  }

  private static String table(SideName side, Findings findings) {
    var text = new StringBuilder(side.toString().toLowerCase(Locale.ROOT)).append('\n');
    findings.asMap().forEach((key, value) -> text.append("  %-32s %s%n".formatted(key, value)));
    return text.toString();
  }
}
