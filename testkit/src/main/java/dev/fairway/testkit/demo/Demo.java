// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.world.FairwayApp;
import dev.fairway.testkit.world.World;
import dev.fairway.testkit.world.WorldOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The main program of `./fairway demo`; it expects the sandbox that the launcher makes. Exit
/// codes: 0 all answered, 1 something did not, 2 wrong command line.
public final class Demo {
  private final DemoOptions options;
  private final Map<String, String> environment;
  private final Narrator narrator;

  private Demo(DemoOptions options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
    PrintStream scene = options.json() ? System.err : System.out;
    InstantSource clock = InstantSource.system();
    narrator =
        new Narrator(
            clock,
            ProcessHandle.current().info().startInstant().orElseGet(clock::instant),
            System.err,
            scene);
  }

  /// @param arguments `--json` and `--keep`, see [DemoOptions]
  public static void main(String[] arguments) {
    // Before the first logger: the library must not log to the demo's standard output.
    System.setProperty("logback.configurationFile", "dev/fairway/testkit/demo/logback.xml");
    System.exit(exitCode(List.of(arguments)));
  }

  private static int exitCode(List<String> arguments) {
    try {
      return new Demo(DemoOptions.parse(arguments), System.getenv()).run();
    } catch (IllegalArgumentException e) {
      System.err.println("fairway demo: " + e.getMessage());
      return 2;
    } catch (IOException | RuntimeException e) {
      System.err.println("fairway demo: " + e.getMessage());
      return 1;
    }
  }

  private int run() throws IOException {
    Path runDirectory = Path.of(variable("FAIRWAY_RUN_DIR"));
    Path home = Path.of(variable("FAIRWAY_HOME"));
    FairwayApp app = FairwayApp.fromEnvironment();
    Path worldDirectory = runDirectory.resolve("world");
    try (World world =
        World.create(
            worldDirectory, KubeBinaries.fromEnvironment(), WorldOptions.PLAIN, narrator::step)) {
      Runtime.getRuntime().addShutdownHook(new Thread(world::close));
      DemoResult result = new Story(world, app, home.resolve("deploy/crds"), narrator).tell();
      if (options.json()) {
        System.out.println(result.json());
      }
      if (!result.allAnswered()) {
        Logs.print(worldDirectory, System.err);
      }
      if (options.keep()) {
        keep(world, runDirectory, result.allAnswered() ? 0 : 1);
      }
      return result.allAnswered() ? 0 : 1;
    } catch (RuntimeException e) {
      Logs.print(worldDirectory, System.err);
      throw e;
    }
  }

  private void keep(World world, Path runDirectory, int status) throws IOException {
    world.nodes().forEach(node -> node.heal());
    var _ =
        Files.copy(
            world.controlPlane().kubeconfig(),
            runDirectory.resolve("kubeconfig"),
            StandardCopyOption.REPLACE_EXISTING);
    // The launcher waits for this file, then says how to use what runs here, and ends with this
    // status.
    var _ = Files.writeString(runDirectory.resolve("kept"), status + "\n");
    narrator.step("all nodes are back; the world stays until this process is ended");
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(
            () -> new IllegalStateException(name + " is not set; run this by ./fairway demo"));
  }
}
