// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.aws.AwsEmulator;
import dev.fairway.testkit.aws.AwsNetwork;
import dev.fairway.testkit.aws.AwsProxy;
import dev.fairway.testkit.aws.AwsSeed;
import dev.fairway.testkit.aws.Calls;
import dev.fairway.testkit.aws.MotoServer;
import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.world.FairwayApp;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A real API server whose nodes are the machines of an emulated AWS account, and controllers as
/// processes of their own between the two.
final class AwsCluster implements AutoCloseable {
  static final String NAME = "prod";
  static final Duration SOON = Duration.ofSeconds(30);
  private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
  private static final User CONTROLLER =
      User.serviceAccount("fairway-system", "fairway-controller");
  private static final Duration QUIET = Duration.ofMillis(1500);

  private final Path directory;
  private final ControlPlane controlPlane;
  private final AwsEmulator emulator;
  private final AwsProxy proxy;
  private final AwsSeed seed;
  private final AwsAccount account;
  private final AtomicInteger started = new AtomicInteger();
  private volatile Optional<ChildProcess> controller = Optional.empty();

  private AwsCluster(Path directory, ControlPlane controlPlane, int nodes) {
    this.directory = directory;
    this.controlPlane = controlPlane;
    emulator = MotoServer.start();
    proxy = AwsProxy.start(emulator.uri());
    seed = AwsSeed.plant(emulator.uri(), NAME, nodes);
    account = new AwsAccount(emulator.uri(), proxy.uri(), seed.network());
  }

  static AwsCluster start(int nodes) {
    var directory = newDirectory();
    var controlPlane =
        ControlPlane.start(
            KubeBinaries.fromEnvironment(),
            directory.resolve("kube"),
            ControlPlaneOptions.PLAIN.withUser(CONTROLLER));
    try {
      controlPlane.applyYaml(DEPLOY.resolve("kustomize/base"));
      var cluster = new AwsCluster(directory, controlPlane, nodes);
      cluster.seed.network().instances().forEach(cluster::join);
      return cluster;
    } catch (RuntimeException e) {
      controlPlane.close();
      throw e;
    }
  }

  private static Path newDirectory() {
    try {
      var run = Optional.ofNullable(System.getenv("FAIRWAY_RUN_DIR")).orElse("target");
      return Files.createTempDirectory(Files.createDirectories(Path.of(run)), "aws-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AwsProxy proxy() {
    return proxy;
  }

  AwsAccount account() {
    return account;
  }

  AwsSeed seed() {
    return seed;
  }

  AwsNetwork network() {
    return seed.network();
  }

  KubernetesClient client() {
    return controlPlane.client();
  }

  Calls calls() {
    return proxy.calls();
  }

  /// Machines become nodes: `count` at once.
  List<AwsNetwork.Instance> joinNodes(int count) {
    var machines = seed.addInstances(count);
    machines.forEach(this::join);
    return machines;
  }

  private void join(AwsNetwork.Instance machine) {
    client()
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(machine.id())
                .addToLabels("kubernetes.io/hostname", machine.id())
                .addToLabels("topology.kubernetes.io/zone", machine.zone())
                .endMetadata()
                .withNewSpec()
                .withProviderID(machine.providerId())
                .endSpec()
                .withNewStatus()
                .addNewAddress(machine.privateIp(), "InternalIP")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .withMessage("ready")
                .endCondition()
                .endStatus()
                .build())
        .create();
  }

  void leave(AwsNetwork.Instance machine) {
    client().nodes().withName(machine.id()).delete();
    seed.terminate(machine);
  }

  /// Starts the controller, with these lines in its configuration.
  ChildProcess controller(String... lines) {
    return controllerWithSettings("", lines);
  }

  /// @param settings of the provider, each followed by a comma
  ChildProcess controllerWithSettings(String settings, String... lines) {
    var network = seed.network();
    var config =
        """
        provider: aws
        cluster: %s
        settings: {%s region: %s, vpcId: %s, endpoint: "%s"}
        """
            .formatted(NAME, settings, network.region(), network.vpcId(), proxy.uri());
    return start(config + String.join("\n", lines) + "\n");
  }

  private ChildProcess start(String config) {
    try {
      var number = started.incrementAndGet();
      var file = Files.writeString(directory.resolve("config-%d.yaml".formatted(number)), config);
      var process =
          ChildProcess.start(
              "controller-" + number,
              directory.resolve("controller-%d.log".formatted(number)),
              List.of(
                  "env",
                  "AWS_ACCESS_KEY_ID=test",
                  "AWS_SECRET_ACCESS_KEY=test",
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx256m",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  FairwayApp.fromEnvironment().directory().resolve("lib") + "/*",
                  "dev.fairway.manager.cli.Fairway",
                  "controller",
                  "--kubeconfig",
                  controlPlane.kubeconfig(CONTROLLER).toString(),
                  "--config",
                  file.toString(),
                  "--http-port",
                  "0"));
      controller = Optional.of(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts a controller and waits until it has read what is there.
  ChildProcess readyController(String... lines) {
    var mark = calls().mark();
    var process = controller(lines);
    await("the controller to have read everything")
        .atMost(Duration.ofSeconds(60))
        .until(() -> calls().since(mark).of("DescribeSubnets").count() > 0);
    quietSince(mark);
    return process;
  }

  /// Ends the controller as a crash does.
  void kill() {
    controller.ifPresent(ChildProcess::kill9);
  }

  ChildProcess controllerProcess() {
    return controller.orElseThrow();
  }

  Service create(Service service) {
    return client().resource(service).create();
  }

  Optional<Service> get(Service service) {
    return Optional.ofNullable(client().resource(service).get());
  }

  void delete(Service service) {
    client().resource(service).delete();
  }

  /// A merge patch, which no version stands in the way of.
  void patch(Service service, String json) {
    client().resource(service).patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  void annotate(Service service, String key, String value) {
    patch(service, "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  Optional<String> hostname(Service service) {
    return get(service).stream()
        .flatMap(s -> s.getStatus().getLoadBalancer().getIngress().stream())
        .map(entry -> String.valueOf(entry.getHostname()))
        .findFirst();
  }

  /// Waits until all is done for a new Service; returns its DNS name.
  String awaitServed(Service service) {
    return awaitServed(service, SOON);
  }

  String awaitServed(Service service, Duration limit) {
    await(service.getMetadata().getName() + " to be served")
        .atMost(limit)
        .until(() -> isServed(service));
    return hostname(service).orElseThrow();
  }

  boolean isServed(Service service) {
    return hostname(service).isPresent()
        && condition(service, "LoadBalancerProvisioning")
            .filter(condition -> condition.getReason().equals("Complete"))
            .isPresent();
  }

  Optional<Condition> condition(Service service, String type) {
    return get(service).stream()
        .flatMap(s -> s.getStatus().getConditions().stream())
        .filter(condition -> condition.getType().equals(type))
        .findFirst();
  }

  List<Event> events(Service service) {
    return client()
        .v1()
        .events()
        .inNamespace(service.getMetadata().getNamespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> service.getMetadata().getUid().equals(event.getInvolvedObject().getUid()))
        .filter(event -> "service-controller".equals(event.getSource().getComponent()))
        .toList();
  }

  /// Warnings about a Service, one a line.
  String warnings(Service service) {
    return events(service).stream()
        .filter(event -> event.getType().equals("Warning"))
        .map(event -> event.getReason() + ": " + event.getMessage())
        .collect(Collectors.joining("\n"));
  }

  void awaitGone(Service service) {
    await(service.getMetadata().getName() + " to be gone")
        .atMost(SOON)
        .until(() -> get(service).isEmpty());
  }

  /// Waits until no call has come for a while, and returns those since `mark`.
  Calls quietSince(int mark) {
    var last = new long[] {-1, System.nanoTime()};
    await("no more calls")
        .atMost(SOON)
        .until(() -> {
          var count = calls().count();
          if (count != last[0]) {
            last[0] = count;
            last[1] = System.nanoTime();
          }
          return System.nanoTime() - last[1] > QUIET.toNanos();
        });
    return calls().since(mark);
  }

  /// A mark for [#quietSince], set when no call has come for a while.
  int quietMark() {
    quietSince(0);
    return calls().mark();
  }

  /// What the controller has changed at AWS since now.
  Supplier<Calls> mutations() {
    var mark = calls().mark();
    return () -> calls().since(mark).mutating();
  }

  /// Deletes all Services, and waits until nothing is left of them at AWS.
  void clear() {
    var services =
        client().services().inNamespace("default").list().getItems().stream()
            .filter(service -> !service.getMetadata().getName().equals("kubernetes"))
            .toList();
    services.forEach(this::delete);
    await("Services to be gone")
        .atMost(Duration.ofSeconds(60))
        .until(() -> services.stream().allMatch(service -> get(service).isEmpty()));
    await("an empty account")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(account.leftovers()).isEmpty());
  }

  @Override
  public void close() {
    kill();
    account.close();
    seed.close();
    proxy.close();
    emulator.close();
    controlPlane.close();
  }
}
