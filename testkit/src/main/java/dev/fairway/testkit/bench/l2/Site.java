// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.AuditLog;
import dev.fairway.testkit.bench.FairwayCommand;
import dev.fairway.testkit.bench.Http;
import dev.fairway.testkit.bench.Processes.Started;
import dev.fairway.testkit.kube.FreePorts;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.world.FairwayApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a benchmark has at hand.
///
/// @param home the checkout
/// @param directory for files and logs
record Site(Path home, Path directory, FairwayApp app) {
  static final User CONTROLLER = User.serviceAccount("fairway-system", "fairway-controller");
  static final User SPEAKER = User.serviceAccount("fairway-system", "fairway-speaker");

  // All writes but those of administrators, with the Leases: an idle cluster has no others.
  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
      - level: None
        verbs: [get, list, watch]
      - level: None
        userGroups: [system:masters]
      - level: Metadata
      """;

  /// The manifests as they are installed.
  Path manifests() {
    return home.resolve("deploy/kustomize/base");
  }

  /// Flags of an API server that writes an audit log, and has a node port for each of many
  /// Services.
  String[] apiServerFlags() {
    try {
      var policy = Files.writeString(directory.resolve("audit-policy.yaml"), POLICY);
      return new String[] {
        "--audit-policy-file=" + policy,
        "--audit-log-path=" + auditLog(),
        "--service-node-port-range=10000-60000"
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AuditLog audit() {
    return new AuditLog(auditLog());
  }

  private Path auditLog() {
    return directory.resolve("audit.jsonl");
  }

  /// `fairway controller` as in its container image.
  Started startController(Path kubeconfig, Profile profile) {
    var port = FreePorts.next(InetAddress.getLoopbackAddress());
    var command =
        new FairwayCommand(app, kubeconfig, Configuration.write(directory, profile), port, false)
            .with();
    var process = ChildProcess.start("controller", directory.resolve("controller.log"), command);
    return new Started(process, () -> Http.get(port, "/readyz").isPresent());
  }

  /// One in a directory of its own below this one.
  Site below(String name) {
    try {
      return new Site(home, Files.createDirectories(directory.resolve(name)), app);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
