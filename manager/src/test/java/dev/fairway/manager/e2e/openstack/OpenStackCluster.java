// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.openstack.Calls;
import dev.fairway.testkit.openstack.OpenStackProxy;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A real API server, an OpenStack with a proxy in front of it that counts and breaks, and
/// controllers as processes of their own between the two.
final class OpenStackCluster implements AutoCloseable {
  static final String NAME = "prod";
  static final Duration SOON = Duration.ofSeconds(60);
  static final String[] CALM = {"leaderElection: {enabled: false}", "auditSeconds: 0"};
  private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
  private static final User CONTROLLER =
      User.serviceAccount("fairway-system", "fairway-controller");
  private static final String BOTH_FAMILIES =
      "--service-cluster-ip-range=10.96.0.0/16,fd00:96::/112";
  private static final Duration QUIET = Duration.ofMillis(1500);

  private final Path directory;
  private final ControlPlane controlPlane;
  private final Cloud cloud;
  private final OpenStackProxy proxy;
  private final Project project;
  private final AtomicInteger started = new AtomicInteger();
  private volatile Optional<ChildProcess> controller = Optional.empty();

  private OpenStackCluster(Path directory, ControlPlane controlPlane, Cloud cloud) {
    this.directory = directory;
    this.controlPlane = controlPlane;
    this.cloud = cloud;
    this.proxy = OpenStackProxy.start(cloud.seed().authUrl());
    this.project = new Project(cloud.seed());
  }

  static OpenStackCluster start(Cloud cloud, int nodes) {
    var directory = newDirectory();
    var controlPlane =
        ControlPlane.start(
            KubeBinaries.fromEnvironment(),
            directory.resolve("kube"),
            ControlPlaneOptions.PLAIN.withUser(CONTROLLER).withApiServerFlags(BOTH_FAMILIES));
    try {
      controlPlane.applyYaml(DEPLOY.resolve("kustomize/base"));
      var cluster = new OpenStackCluster(directory, controlPlane, cloud);
      cluster.join(1, nodes);
      return cluster;
    } catch (RuntimeException e) {
      controlPlane.close();
      throw e;
    }
  }

  private static Path newDirectory() {
    try {
      var run = Optional.ofNullable(System.getenv("FAIRWAY_RUN_DIR")).orElse("target");
      return Files.createTempDirectory(Files.createDirectories(Path.of(run)), "os-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  OpenStackProxy proxy() {
    return proxy;
  }

  Cloud cloud() {
    return cloud;
  }

  Project project() {
    return project;
  }

  Path directory() {
    return directory;
  }

  Path kubeconfig() {
    return controlPlane.kubeconfig(CONTROLLER);
  }

  KubernetesClient client() {
    return controlPlane.client();
  }

  Calls calls() {
    return proxy.calls();
  }

  /// Nodes with these numbers, at once.
  void join(int first, int last) {
    IntStream.rangeClosed(first, last).parallel().forEach(this::join);
  }

  private void join(int number) {
    client()
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(node(number))
                .addToLabels("kubernetes.io/hostname", node(number))
                .endMetadata()
                .withNewSpec()
                .withProviderID("openstack:///" + node(number))
                .endSpec()
                .withNewStatus()
                .addNewAddress(cloud.nodeAddress(number), "InternalIP")
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

  /// Takes the nodes with these numbers away, at once.
  void leave(int first, int last) {
    IntStream.rangeClosed(first, last)
        .parallel()
        .forEach(number -> client().nodes().withName(node(number)).delete());
  }

  private static String node(int number) {
    return "node-" + number;
  }

  /// The text of a cloud.conf for the project, behind the proxy.
  ///
  /// @param options lines at its end, of the section `[LoadBalancer]`
  String cloudConf(String... options) {
    return cloud.seed().behind(proxy.authUrl()).cloudConf(options);
  }

  /// Starts the controller, with these lines in its configuration.
  ChildProcess controller(String... lines) {
    return controllerWith(cloudConf(), lines);
  }

  ChildProcess controllerWith(String cloudConf, String... lines) {
    return start(0, cloudConf, lines);
  }

  /// @param httpPort where it answers questions; 0 for any
  ChildProcess start(int httpPort, String cloudConf, String... lines) {
    try {
      var number = started.incrementAndGet();
      var conf = directory.resolve("cloud-%d.conf".formatted(number));
      var config = directory.resolve("config-%d.yaml".formatted(number));
      Files.writeString(conf, cloudConf);
      Files.writeString(
          config,
          """
          provider: openstack
          cluster: %s
          settings: {cloudConfig: "%s", requestsPerSecond: "200", burst: "200", pollMillis: "100"}
          %s
          """
              .formatted(NAME, conf, String.join("\n", lines)));
      var process =
          ChildProcess.start(
              "controller-" + number,
              directory.resolve("controller-%d.log".formatted(number)),
              fairway(
                  "controller",
                  "--kubeconfig",
                  kubeconfig().toString(),
                  "--config",
                  config.toString(),
                  "--http-port",
                  Integer.toString(httpPort)));
      controller = Optional.of(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The program with these arguments.
  static List<String> fairway(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                FairwayApp.fromEnvironment().directory().resolve("lib") + "/*",
                "dev.fairway.manager.cli.Fairway"));
    command.addAll(List.of(arguments));
    return command;
  }

  /// Starts a controller and waits until it has read what is there.
  ChildProcess readyController(String... lines) {
    var mark = calls().mark();
    var process = controller(lines);
    await("the controller to have read everything")
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          process.requireAlive();
          return calls().since(mark).of("GET /v2.0/floatingips").count() > 0;
        });
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

  /// What the controller has said since it was started.
  String log() {
    try {
      return Files.readString(controllerProcess().log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Service create(Wish wish) {
    return client().resource(wish.build()).create();
  }

  /// Services of one port, created one after the other; returns when all are served.
  List<Service> createMany(String name, int count) {
    var services =
        IntStream.range(0, count)
            .mapToObj(n -> create(Wish.web("%s-%d".formatted(name, n))))
            .toList();
    awaitAllServed(services, Duration.ofMinutes(2));
    return services;
  }

  void awaitAllServed(Collection<Service> services, Duration limit) {
    await(services.size() + " Services to be served")
        .atMost(limit)
        .until(() -> services.stream().allMatch(this::isServed));
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

  /// Addresses and names in the status.
  List<String> addresses(Service service) {
    return get(service).stream()
        .flatMap(s -> s.getStatus().getLoadBalancer().getIngress().stream())
        .map(entry -> Objects.requireNonNullElse(entry.getIp(), entry.getHostname()))
        .toList();
  }

  /// Waits until all is done for a new Service; returns its address.
  String awaitServed(Service service) {
    return awaitServed(service, SOON);
  }

  String awaitServed(Service service, Duration limit) {
    await(service.getMetadata().getName() + " to be served")
        .atMost(limit)
        .until(() -> isServed(service));
    return addresses(service).getFirst();
  }

  boolean isServed(Service service) {
    return !addresses(service).isEmpty()
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

  void awaitWarning(Service service, String... words) {
    await(service.getMetadata().getName() + " to be warned about")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(warnings(service)).contains(words));
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

  /// What the controller has changed at OpenStack since now.
  Supplier<Calls> writes() {
    var mark = calls().mark();
    return () -> calls().since(mark).writes();
  }

  /// Deletes all Services, and waits until nothing is left of them at OpenStack.
  void clear() {
    var services =
        client().services().inNamespace("default").list().getItems().stream()
            .filter(service -> !service.getMetadata().getName().equals("kubernetes"))
            .toList();
    services.forEach(this::delete);
    await("Services to be gone")
        .atMost(Duration.ofSeconds(60))
        .until(() -> services.stream().allMatch(service -> get(service).isEmpty()));
    await("an empty project")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(project.leftovers()).isEmpty());
  }

  @Override
  public void close() {
    kill();
    proxy.close();
    cloud.close();
    controlPlane.close();
  }
}
