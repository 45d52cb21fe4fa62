// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.kube.FreePorts;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.world.FairwayApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `fairway controller` as in its container image, with the provider of the simulated cloud on its
/// class path.
///
/// @param directory for its log and configuration
record FairwaySubject(FairwayApp app, Path directory, Path kubeconfig, URI cloud)
    implements Subject {
  static final User USER = new User("bench-fairway", List.of("bench"));
  private static final String NAME = "fairway";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public User user() {
    return USER;
  }

  // There are no limits to be lifted; but it starts with half the work for the compiler.
  @Override
  public Running start(boolean hurried) {
    var port = FreePorts.next(InetAddress.getLoopbackAddress());
    var command =
        new FairwayCommand(app, kubeconfig, configuration(), port, hurried).with(testkit());
    var process = ChildProcess.start(NAME, directory.resolve("controller.log"), command);
    return new Running(
        process,
        () -> Http.get(port, "/readyz").isPresent(),
        () -> Memory.reachableInJvm(process.pid()));
  }

  // Without leader election, as the reference: else a restart would first wait for the old Lease.
  // The reference does not drain; a second is enough to have its steps among those that may crash.
  private Path configuration() {
    var text =
        """
        provider: simulated
        leaderElection: {enabled: false}
        drainSeconds: 1
        settings: {endpoint: "%s"}
        """
            .formatted(cloud);
    try {
      return Files.writeString(directory.resolve("fairway.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path testkit() {
    try {
      return Path.of(
          FairwaySubject.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
