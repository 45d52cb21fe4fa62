// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.world.FairwayApp;
import dev.fairway.testkit.world.Host;
import dev.fairway.testkit.world.NodeHost;
import dev.fairway.testkit.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Fairway itself in a world: the controller beside the control plane and a speaker on each node.
///
/// @param processes with the host on which each runs
record Installation(Map<ChildProcess, Host> processes) {
  // Defaults of --http-port.
  private static final int CONTROLLER_PORT = 10_258;
  private static final int SPEAKER_PORT = 7472;

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration ONE_TRY = Duration.ofMillis(500);

  static Installation start(World world, FairwayApp app) {
    Path kubeconfig = world.controlPlane().kubeconfig();
    Map<ChildProcess, Host> processes = new LinkedHashMap<>();
    processes.put(
        world.add(app.startController(kubeconfig, world.directory())), world.controlPlaneHost());
    for (NodeHost node : world.nodes()) {
      processes.put(world.add(app.startSpeaker(node, kubeconfig, world.directory())), node);
    }
    return new Installation(processes);
  }

  /// Waits until all say that they are ready.
  ///
  /// @throws IllegalStateException when one has ended, with the end of its log, or is not ready
  ///   after 30 seconds
  void awaitReady(Narrator narrator) {
    processes.forEach((process, host) -> {
      Until.isTrue(
          "%s to be ready; see %s".formatted(process.name(), process.log()),
          LIMIT,
          () -> {
            process.requireAlive();
            return host.get("127.0.0.1", port(process), "/readyz", ONE_TRY).isOk();
          });
      narrator.step(process.name() + " is ready");
    });
  }

  private static int port(ChildProcess process) {
    return process.name().equals("controller") ? CONTROLLER_PORT : SPEAKER_PORT;
  }
}
