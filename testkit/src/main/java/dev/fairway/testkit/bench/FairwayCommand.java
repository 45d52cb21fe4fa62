// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.world.FairwayApp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `fairway controller` as in its container image.
///
/// @param configuration its file
/// @param port of its HTTP server
/// @param hurried whether only the first compiler works: less work at the start
public record FairwayCommand(
    FairwayApp app, Path kubeconfig, Path configuration, int port, boolean hurried) {
  /// @param more of its class path
  public List<String> with(Path... more) {
    var classPath = new ArrayList<>(List.of(app.directory().resolve("lib") + "/*"));
    for (var path : more) {
      classPath.add(path.toString());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        hurried ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation",
        // Half of the 512 MiB of its container, as in the image.
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-XX:-UsePerfData",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        String.join(":", classPath),
        "dev.fairway.manager.cli.Fairway",
        "controller",
        "--kubeconfig",
        kubeconfig.toString(),
        "--config",
        configuration.toString(),
        "--http-port",
        Integer.toString(port));
  }
}
