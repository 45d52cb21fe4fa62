// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.openstack.lab.LabOptions;
import dev.fairway.testkit.openstack.lab.LabSeed;
import dev.fairway.testkit.openstack.lab.OpenStackLab;
import dev.fairway.testkit.process.Belongings;
import dev.fairway.testkit.world.FairwayApp;
import dev.fairway.testkit.world.Host;
import dev.fairway.testkit.world.HttpAnswer;
import dev.fairway.testkit.world.PodAnswer;
import dev.fairway.testkit.world.World;
import dev.fairway.testkit.world.WorldOptions;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// All that is between a client in the internet and a pod: OVN, Octavia with the provider ovn,
/// Neutron and Keystone, an API server, nodes with kube-proxy, and the controller. The nodes are
/// machines of a project, connected with its network.
final class OvnWorld implements AutoCloseable {
  static final String CLIENT = "198.18.0.2";
  static final Duration SOON = Duration.ofSeconds(60);
  // What is behind the first packet of a client: questions for hardware addresses in two networks.
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration ONE_TRY = Duration.ofSeconds(2);
  private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
  private static final User CONTROLLER =
      User.serviceAccount("fairway-system", "fairway-controller");

  private final Belongings belongings;
  private final OpenStackLab lab;
  private final World world;
  private final Host outside;
  private final Project project;

  private OvnWorld(Belongings belongings, Path directory) {
    this.belongings = belongings;
    lab = belongings.add(OpenStackLab.start(directory, LabOptions.PLAIN.withOvn(true)));
    project = new Project(lab.seed().asSeed());
    world = belongings.add(world(directory, lab.seed().demo().nodes()));
    outside = world.addMachine("outside", CLIENT);
    var network = lab.virtualSwitch();
    network.plugOutside(outside.namespace(), CLIENT);
    for (var machine : lab.seed().demo().nodes()) {
      network.plug(world.node(machine.name()).namespace(), machine);
    }
    world.controlPlane().applyYaml(DEPLOY.resolve("kustomize/base"));
    world.awaitProxies();
    startController(directory);
  }

  static OvnWorld start() {
    var belongings = new Belongings();
    try {
      return new OvnWorld(belongings, directory());
    } catch (RuntimeException e) {
      belongings.close();
      throw e;
    }
  }

  private static World world(Path directory, List<LabSeed.Node> machines) {
    var world =
        World.create(
            directory.resolve("world"),
            KubeBinaries.fromEnvironment(),
            WorldOptions.PLAIN
                .withNodes(machines.size())
                .withNodeAddresses(machines.stream().map(LabSeed.Node::address).toList())
                .withUser(CONTROLLER));
    var nodes = world.controlPlane().client().nodes();
    for (var machine : machines) {
      var _ =
          nodes
              .withName(machine.name())
              .edit(node ->
                  new NodeBuilder(node)
                      .editSpec()
                      .withProviderID("openstack:///" + machine.id())
                      .endSpec()
                      .build());
    }
    return world;
  }

  private static Path directory() {
    try {
      var run = Optional.ofNullable(System.getenv("FAIRWAY_RUN_DIR")).orElse("target");
      return Files.createTempDirectory(Files.createDirectories(Path.of(run)), "ovn-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startController(Path directory) {
    try {
      var conf =
          Files.writeString(
              directory.resolve("cloud.conf"),
              lab.seed()
                  .asSeed()
                  .cloudConf(
                      "lb-provider = ovn",
                      "manage-security-groups = true",
                      // The client has a way to this one only.
                      "floating-subnet-id = " + lab.seed().external().subnet()));
      var config =
          Files.writeString(
              directory.resolve("fairway.yaml"),
              """
              provider: openstack
              cluster: prod
              leaderElection: {enabled: false}
              settings: {cloudConfig: "%s", pollMillis: "200"}
              """
                  .formatted(conf));
      var _ =
          belongings.add(
              FairwayApp.fromEnvironment()
                  .startController(
                      world.controlPlane().kubeconfig(CONTROLLER),
                      directory,
                      "--config",
                      config.toString(),
                      "--http-port",
                      "0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  World world() {
    return world;
  }

  Project project() {
    return project;
  }

  KubernetesClient client() {
    return world.controlPlane().client();
  }

  /// Of the ports in the network of the nodes, whoever made them.
  List<String> ports() {
    return lab
        .admin()
        .get(lab.network("/ports?network_id=" + lab.seed().demo().network()))
        .accepted()
        .path("ports")
        .findValuesAsText("id")
        .stream()
        .sorted()
        .toList();
  }

  /// What the cloud and its network say, for messages about a failure.
  String state() {
    return lab.virtualSwitch().balancers();
  }

  /// Creates a Service; returns its address once it is served.
  String serve(Wish wish) {
    var service = client().resource(wish.build()).create();
    await(service.getMetadata().getName() + " to be served")
        .atMost(SOON)
        .until(() -> address(service).isPresent());
    return address(service).orElseThrow();
  }

  private Optional<String> address(Service service) {
    return client().resource(service).get().getStatus().getLoadBalancer().getIngress().stream()
        .map(entry -> Objects.requireNonNullElse(entry.getIp(), ""))
        .findFirst();
  }

  /// One request from outside; empty when there is no answer.
  Optional<PodAnswer> ask(String address) {
    return switch (outside.get(address, 80, ONE_TRY)) {
      case HttpAnswer.Answered(int status, String body) when status == 200 ->
          Optional.of(PodAnswer.parse(body));
      case HttpAnswer.Answered _, HttpAnswer.NoAnswer _ -> Optional.empty();
    };
  }

  /// As many requests, one after the other, each on a connection of its own; the answers that came.
  List<PodAnswer> ask(String address, int times) {
    return IntStream.range(0, times).boxed().flatMap(_ -> ask(address).stream()).toList();
  }

  void awaitAnswer(String address) {
    await("an answer at " + address).atMost(PATIENCE).until(() -> ask(address).isPresent());
  }

  /// Deletes all Services, and waits until the API server has forgotten them.
  void clear() {
    var services =
        client().services().inNamespace("default").list().getItems().stream()
            .filter(service -> !service.getMetadata().getName().equals("kubernetes"))
            .toList();
    services.forEach(service -> client().resource(service).delete());
    await("Services to be gone")
        .atMost(SOON)
        .until(
            () -> services.stream().allMatch(service -> client().resource(service).get() == null));
  }

  @Override
  public void close() {
    belongings.close();
  }
}
