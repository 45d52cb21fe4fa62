// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import dev.fairway.testkit.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The application under test: a directory with its jars in `lib/` and, optionally, an AOT cache
/// for each of its two roles (`controller.aot`, `speaker.aot`; JEP 514), which halves the time to
/// start.
///
/// Several processes of one role may run at a time; each appends to the log file of its name.
public record FairwayApp(Path directory) {
  /// Names the directory.
  public static final String VARIABLE = "FAIRWAY_APP";

  private static final String MAIN_CLASS = "dev.fairway.manager.cli.Fairway";

  /// @throws IllegalStateException when there are no jars
  public FairwayApp {
    if (!Files.isDirectory(directory.resolve("lib"))) {
      throw new IllegalStateException(
          "%s=%s has no lib/; ./mvnw package makes it".formatted(VARIABLE, directory));
    }
  }

  /// The application that the environment names.
  ///
  /// @throws IllegalStateException when the variable is not set or there are no jars
  public static FairwayApp fromEnvironment() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .map(Path::of)
        .map(FairwayApp::new)
        .orElseThrow(() ->
            new IllegalStateException(
                VARIABLE + " is not set; run this by ./fairway, which builds the application"));
  }

  /// Starts `fairway controller` beside the control plane.
  ///
  /// @param logs directory for `controller.log`
  /// @param more arguments after the subcommand and `--kubeconfig`
  public ChildProcess startController(Path kubeconfig, Path logs, String... more) {
    return start(
        NetworkNamespace.OWN, "controller", "controller", "-Xmx256m", kubeconfig, logs, more);
  }

  /// As [#startController(Path,Path,String...)], with the identity of a pod.
  ///
  /// @param pod what the process takes for the name of its pod
  public ChildProcess startControllerAs(String pod, Path kubeconfig, Path logs, String... more) {
    List<String> command = new ArrayList<>(List.of("env", "POD_NAME=" + pod));
    command.addAll(command("controller", "-Xmx256m", kubeconfig, more));
    return ChildProcess.start(
        pod, logs.resolve(pod + ".log"), NetworkNamespace.OWN.command(command));
  }

  /// Starts `fairway speaker` on a node.
  ///
  /// @param logs directory for `speaker-NODE.log`
  /// @param more arguments after the subcommand, `--kubeconfig` and `--node-name`
  public ChildProcess startSpeaker(Host node, Path kubeconfig, Path logs, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--node-name", node.name()));
    arguments.addAll(List.of(more));
    return start(
        node.namespace(),
        "speaker",
        "speaker-" + node.name(),
        "-Xmx64m",
        kubeconfig,
        logs,
        arguments.toArray(String[]::new));
  }

  private ChildProcess start(
      NetworkNamespace namespace,
      String role,
      String name,
      String heap,
      Path kubeconfig,
      Path logs,
      String... more) {
    return ChildProcess.start(
        name,
        logs.resolve(name + ".log"),
        namespace.command(command(role, heap, kubeconfig, more)));
  }

  private List<String> command(String role, String heap, Path kubeconfig, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", heap));
    command.add("--enable-native-access=ALL-UNNAMED");
    Path cache = directory.resolve(role + ".aot");
    if (Files.exists(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    // The pattern, not the list of jars: the cache was made with it.
    command.addAll(List.of("-cp", directory.resolve("lib") + "/*", MAIN_CLASS, role));
    command.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    command.addAll(List.of(more));
    return command;
  }
}
