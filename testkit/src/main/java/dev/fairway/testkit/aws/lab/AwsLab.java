// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.lab;

import dev.fairway.testkit.aws.AwsEndpoint;
import dev.fairway.testkit.aws.AwsNetwork;
import dev.fairway.testkit.aws.AwsProxy;
import dev.fairway.testkit.aws.AwsSeed;
import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.process.Belongings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Serves an AWS for development until it is ended: the emulator behind the proxy, with a network
/// and instances in it.
public final class AwsLab {
  private static final String CLUSTER = "lab";

  private final Map<String, String> environment;
  private final Belongings belongings = new Belongings();

  private AwsLab(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setProperty("logback.configurationFile", "dev/fairway/testkit/demo/logback.xml");
    try {
      new AwsLab(System.getenv()).run(LabOptions.parse(List.of(arguments)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("fairway: " + e.getMessage());
      System.exit(e instanceof IllegalArgumentException ? 2 : 1);
    }
  }

  private void run(LabOptions options) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(belongings::close));
    var directory = Path.of(variable("FAIRWAY_RUN_DIR"));
    var emulator = belongings.add(endpoint(options).start());
    var seed = belongings.add(AwsSeed.plant(emulator.uri(), CLUSTER, options.nodes()));
    var proxy =
        belongings.add(AwsProxy.start(emulator.uri(), options.port(), InstantSource.system()));
    var cluster =
        Optional.of(options).filter(LabOptions::kube).map(_ -> cluster(seed.network(), directory));
    var files = new LabFiles(proxy.uri(), seed.network(), cluster);
    var environmentFile = Files.writeString(directory.resolve("environment"), files.environment());
    var configuration = Files.writeString(directory.resolve("fairway.yaml"), files.configuration());
    System.out.print(files.environment());
    System.err.printf(
        """

        AWS is at %s: a network with %d instances. Ctrl-C ends it, and forgets everything.
          the environment above:      . %s
          the controller:             ./fairway controller --config %s
          the calls so far:           curl %s/-/calls
        """,
        proxy.uri(), options.nodes(), environmentFile, configuration, proxy.uri());
    new CountDownLatch(1).await();
  }

  private AwsEndpoint endpoint(LabOptions options) {
    if (!options.localStack()) {
      return AwsEndpoint.fromEnvironment();
    }
    var selecting = new HashMap<>(environment);
    selecting.put(AwsEndpoint.SWITCH, "localstack");
    return AwsEndpoint.from(selecting);
  }

  /// A control plane whose nodes are the instances.
  private LabFiles.Cluster cluster(AwsNetwork network, Path directory) {
    var binaries = KubeBinaries.fromEnvironment();
    var controlPlane =
        belongings.add(
            ControlPlane.start(binaries, directory.resolve("cluster"), ControlPlaneOptions.PLAIN));
    for (var instance : network.instances()) {
      var node = InstanceNodes.node(instance, network.region(), Instant.now());
      var _ = controlPlane.client().resource(node).create();
    }
    return new LabFiles.Cluster(controlPlane.kubeconfig(), binaries.directory());
  }

  private String variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(
            () -> new IllegalStateException(name + " is not set; run this by ./fairway lab aws"));
  }
}
