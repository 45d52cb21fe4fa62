// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.process.Belongings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Serves an OpenStack for development until it is ended.
public final class ServeOpenStack {
  private final Map<String, String> environment;
  private final Belongings belongings = new Belongings();

  private ServeOpenStack(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setProperty("logback.configurationFile", "dev/fairway/testkit/demo/logback.xml");
    try {
      new ServeOpenStack(System.getenv()).run(LabFlags.parse(List.of(arguments)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("fairway: " + e.getMessage());
      System.exit(e instanceof IllegalArgumentException ? 2 : 1);
    }
  }

  private void run(LabFlags flags) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(belongings::close));
    var directory = Path.of(variable("FAIRWAY_RUN_DIR"));
    var home = OpenStackHome.fromEnvironment();
    System.err.println("fairway: starting Keystone, Neutron and Octavia");
    var lab =
        belongings.add(
            OpenStackLab.start(
                home, directory, LabOptions.PLAIN.withRabbit(flags.rabbit()).withOvn(flags.ovn())));
    var cluster = Optional.of(flags).filter(LabFlags::kube).map(_ -> cluster(lab, directory));
    var files = new LabFiles(lab.seed(), directory, home.programs(), cluster);
    files.write();
    System.out.print(files.environment());
    System.err.printf(
        """

        OpenStack is at %s: two projects, their networks, and three machines each. Ctrl-C ends it, and forgets everything.
          the environment above:      . %s
          cloud.conf, clouds.yaml:    %s
          the controller:             ./fairway controller --config %s
          the OpenStack client:       openstack loadbalancer list
        """,
        lab.seed().authUrl(),
        directory.resolve("environment"),
        directory,
        directory.resolve("fairway.yaml"));
    new CountDownLatch(1).await();
  }

  /// A cluster whose nodes are the machines of the project `demo`.
  private LabFiles.Cluster cluster(OpenStackLab lab, Path directory) {
    var binaries = KubeBinaries.fromEnvironment();
    var controlPlane =
        belongings.add(
            ControlPlane.start(binaries, directory.resolve("cluster"), ControlPlaneOptions.PLAIN));
    for (var machine : lab.seed().demo().nodes()) {
      var _ = controlPlane.client().resource(MachineNodes.node(machine, Instant.now())).create();
    }
    return new LabFiles.Cluster(controlPlane.kubeconfig(), binaries.directory());
  }

  private String variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(() ->
            new IllegalStateException(name + " is not set; run this by ./fairway lab openstack"));
  }
}
