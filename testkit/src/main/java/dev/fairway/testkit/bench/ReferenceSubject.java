// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.kube.FreePorts;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.process.ChildProcess;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The service controller of `k8s.io/cloud-provider`, see `deploy/lab/reference`.
///
/// @param program the binary
/// @param directory for its log
/// @param workers how many Services it works on at a time
record ReferenceSubject(Path program, Path directory, Path kubeconfig, URI cloud, int workers)
    implements Subject {
  /// Names the binary.
  static final String VARIABLE = "FAIRWAY_REFERENCE";

  static final User USER = new User("bench-reference", List.of("bench"));
  private static final String NAME = "reference";
  private static final List<String> NO_LIMITS =
      List.of("-kube-api-qps=500", "-kube-api-burst=500", "-concurrent-service-syncs=10");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public User user() {
    return USER;
  }

  @Override
  public Running start(boolean hurried) {
    var port = FreePorts.next(InetAddress.getLoopbackAddress());
    var command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-kubeconfig=" + kubeconfig,
                "-cloud=" + cloud,
                "-listen=127.0.0.1:" + port,
                "-concurrent-service-syncs=" + workers));
    if (hurried) {
      command.addAll(NO_LIMITS);
    }
    var process = ChildProcess.start(NAME, directory.resolve("reference.log"), command);
    return new Running(
        process,
        () -> Http.get(port, "/healthz").isPresent(),
        () -> Long.parseLong(Http.get(port, "/heap").orElseThrow().strip()));
  }
}
