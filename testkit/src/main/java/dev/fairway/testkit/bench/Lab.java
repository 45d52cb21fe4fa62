// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.process.Belongings;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.remote.CloudServer;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// What is the same for all controllers that are measured: a real API server that keeps an audit
/// log, and the simulated cloud.
final class Lab implements AutoCloseable {
  /// How long a call to the cloud takes.
  static final Duration LATENCY = Duration.ofMillis(200);

  private final Belongings belongings = new Belongings();
  private final AtomicReference<Runnable> crash = new AtomicReference<>(() -> {});
  private final ControlPlane controlPlane;
  private final AuditLog audit;
  private final SimulatedCloud cloud =
      new SimulatedCloud(
          InstantSource.system(), new SimulatedCloud.Options(LATENCY, Duration.ZERO, 0));
  private final CloudServer server;

  private Lab(Path directory, KubeBinaries binaries) throws IOException {
    var policy = Files.writeString(directory.resolve("audit-policy.yaml"), AuditLog.POLICY);
    var log = directory.resolve("audit.jsonl");
    audit = new AuditLog(log);
    server = belongings.add(CloudServer.start(cloud, () -> crash.get().run()));
    controlPlane =
        belongings.add(
            ControlPlane.start(
                binaries,
                directory,
                ControlPlaneOptions.PLAIN
                    .withUser(FairwaySubject.USER)
                    .withUser(ReferenceSubject.USER)
                    .withApiServerFlags(
                        "--audit-policy-file=" + policy,
                        "--audit-log-path=" + log,
                        // 2,768 node ports would not do for 5,000 Services.
                        "--service-node-port-range=10000-60000")));
    var _ =
        controlPlane
            .client()
            .resource(
                new ClusterRoleBindingBuilder()
                    .withNewMetadata()
                    .withName("bench")
                    .endMetadata()
                    .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                    .addNewSubject("rbac.authorization.k8s.io", "Group", "bench", null)
                    .build())
            .create();
  }

  static Lab create(Path directory, KubeBinaries binaries) {
    try {
      return new Lab(Files.createDirectories(directory), binaries);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare a lab in " + directory, e);
    }
  }

  ControlPlane controlPlane() {
    return controlPlane;
  }

  SimulatedCloud cloud() {
    return cloud;
  }

  CloudServer server() {
    return server;
  }

  AuditLog audit() {
    return audit;
  }

  /// What a crash in the script of the cloud does.
  void onCrash(Runnable end) {
    crash.set(end);
  }

  /// Waits until neither the cloud nor the API server has been called for `quiet`.
  ///
  /// @throws IllegalStateException after `limit`
  void awaitQuiet(Duration quiet, Duration limit) {
    Quiet.await(() -> (long) cloud.callCount() + audit.count(), quiet, limit);
  }

  @Override
  public void close() {
    belongings.close();
  }
}
