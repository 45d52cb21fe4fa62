// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.sim.SimulatedProvider;
import dev.fairway.testkit.world.FairwayApp;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A real control plane with the manifests of `deploy/` and controllers as they run in a cluster:
/// with their own service account, and no more rights than its roles give. There are no nodes;
/// speakers are Leases.
final class TestCluster implements AutoCloseable {
  static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
  static final User CONTROLLER = User.serviceAccount("fairway-system", "fairway-controller");
  static final Duration SOON = Duration.ofSeconds(20);

  // A leader that was killed is followed after four seconds instead of fifteen.
  private static final String CONFIG =
      "leaderElection: {leaseSeconds: 4, renewSeconds: 3, retrySeconds: 1}\n";

  private final Path directory;
  private final ControlPlane controlPlane;
  private final List<ChildProcess> processes = new ArrayList<>();
  private int started;

  private TestCluster(Path directory, ControlPlane controlPlane) {
    this.directory = directory;
    this.controlPlane = controlPlane;
  }

  static TestCluster start() {
    var directory = newDirectory();
    var controlPlane =
        ControlPlane.start(
            KubeBinaries.fromEnvironment(),
            directory.resolve("kube"),
            ControlPlaneOptions.PLAIN.withUser(CONTROLLER));
    var cluster = new TestCluster(directory, controlPlane);
    try {
      controlPlane.applyYaml(DEPLOY.resolve("kustomize/base"));
      cluster.announcement();
      cluster.speakers("node-1", "node-2", "node-3");
      cluster.nodes("node-1", "node-2", "node-3");
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private static Path newDirectory() {
    try {
      var run = Optional.ofNullable(System.getenv("FAIRWAY_RUN_DIR")).orElse("target");
      return Files.createTempDirectory(Files.createDirectories(Path.of(run)), "e2e-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ControlPlane controlPlane() {
    return controlPlane;
  }

  KubernetesClient client() {
    return controlPlane.client();
  }

  /// Starts one more controller. It is ready when it leads and works, or stands by.
  ChildProcess controller() {
    return controller("", 0);
  }

  /// The same, with these lines in its configuration, and metrics on this port; 0 takes a free one.
  ChildProcess controller(String moreConfig, int httpPort) {
    try {
      var config = Files.writeString(directory.resolve("config.yaml"), CONFIG + moreConfig);
      var logs = Files.createDirectories(directory.resolve("controller-" + ++started));
      var process =
          FairwayApp.fromEnvironment()
              .startController(
                  controlPlane.kubeconfig(CONTROLLER),
                  logs,
                  "--config",
                  config.toString(),
                  "--http-port",
                  Integer.toString(httpPort));
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts a controller whose provider is that of a simulated cloud.
  ///
  /// @param cloud where the cloud is
  ChildProcess simulatedController(URI cloud) {
    try {
      var config =
          Files.writeString(
              directory.resolve("simulated.yaml"),
              CONFIG + "provider: simulated\nsettings: {endpoint: \"%s\"}\n".formatted(cloud));
      var testkit = SimulatedProvider.class.getProtectionDomain().getCodeSource().getLocation();
      var process =
          ChildProcess.start(
              "simulated",
              directory.resolve("simulated.log"),
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx256m",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  FairwayApp.fromEnvironment().directory().resolve("lib")
                      + "/*:"
                      + Path.of(URI.create(testkit.toString())),
                  "dev.fairway.manager.cli.Fairway",
                  "controller",
                  "--kubeconfig",
                  controlPlane.kubeconfig(CONTROLLER).toString(),
                  "--config",
                  config.toString(),
                  "--http-port",
                  "0"));
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void pool(String name, String... addresses) {
    var pool = resource("AddressPool", name, Map.of("addresses", List.of(addresses)));
    client().resource(pool).serverSideApply();
  }

  void deletePools() {
    resources("AddressPool").delete();
  }

  void announcement() {
    client().resource(resource("Announcement", "all", Map.of("l2", Map.of()))).serverSideApply();
  }

  static GenericKubernetesResource resource(String kind, String name, Map<String, Object> spec) {
    var resource = new GenericKubernetesResource();
    resource.setApiVersion("fairway.dev/v1alpha1");
    resource.setKind(kind);
    resource.setMetadata(new ObjectMetaBuilder().withName(name).build());
    resource.setAdditionalProperty("spec", spec);
    return resource;
  }

  MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      resources(String kind) {
    return client().genericKubernetesResources("fairway.dev/v1alpha1", kind);
  }

  /// Names of the Vips: their addresses.
  List<String> vips() {
    return resources("Vip").list().getItems().stream()
        .map(vip -> vip.getMetadata().getName())
        .toList();
  }

  void speakers(String... nodes) {
    for (var node : nodes) {
      client()
          .resource(
              new LeaseBuilder()
                  .withNewMetadata()
                  .withNamespace("fairway-speakers")
                  .withName("speaker-" + node)
                  .addToLabels("app.kubernetes.io/name", "fairway")
                  .addToLabels("app.kubernetes.io/component", "speaker")
                  .endMetadata()
                  .withNewSpec()
                  .withHolderIdentity("test")
                  .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                  .endSpec()
                  .build())
          .serverSideApply();
    }
  }

  private void nodes(String... names) {
    for (var name : names) {
      client()
          .resource(
              new NodeBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .addToLabels("kubernetes.io/hostname", name)
                  .endMetadata()
                  .build())
          .create();
      client()
          .nodes()
          .withName(name)
          .subresource("status")
          .patch(
              PatchContext.of(PatchType.STRATEGIC_MERGE),
              "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\",\"reason\":\"t\",\"message\":\"t\"}]}}");
    }
  }

  static ServiceBuilder service(String namespace, String name) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withType("LoadBalancer")
        .addNewPort()
        .withPort(80)
        .endPort()
        .endSpec();
  }

  Service create(ServiceBuilder service) {
    return client().resource(service.build()).create();
  }

  Optional<Service> get(Service service) {
    return Optional.ofNullable(client().resource(service).get());
  }

  /// The addresses in its status.
  List<String> addresses(Service service) {
    return addresses(client(), service);
  }

  static List<String> addresses(KubernetesClient client, Service service) {
    return Optional.ofNullable(client.resource(service).get()).stream()
        .flatMap(s -> s.getStatus().getLoadBalancer().getIngress().stream())
        .map(LoadBalancerIngress::getIp)
        .toList();
  }

  /// Whether a Service of this name in `default`, made if it is not there, has an address.
  static boolean isServed(KubernetesClient client, String name) {
    var service = service("default", name).build();
    if (client.resource(service).get() == null) {
      client.resource(service).create();
    }
    return !addresses(client, service).isEmpty();
  }

  /// A merge patch, which no version stands in the way of.
  static void patch(KubernetesClient client, Service service, String json) {
    client.resource(service).patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  static @Nullable GenericKubernetesResource vip(KubernetesClient client, String address) {
    return client.genericKubernetesResources("fairway.dev/v1alpha1", "Vip").withName(address).get();
  }

  String awaitAddress(Service service) {
    return awaitValue(
        "an address for " + service.getMetadata().getName(),
        () -> addresses(service).stream().findFirst());
  }

  Optional<Condition> condition(Service service, String type) {
    return get(service).stream()
        .flatMap(s -> s.getStatus().getConditions().stream())
        .filter(condition -> condition.getType().equals(type))
        .findFirst();
  }

  /// What Fairway told. The API server tells of Services too, for one of cluster IPs that it had to
  /// repair while it started.
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

  List<String> eventReasons(Service service) {
    return events(service).stream().map(Event::getReason).toList();
  }

  static <T> T awaitValue(String what, Callable<Optional<T>> value) {
    return await(what).atMost(SOON).until(value, Optional::isPresent).orElseThrow();
  }

  /// Ends all controllers and removes what tests made.
  void reset(String namespace) {
    client().services().inNamespace(namespace).delete();
    await("Services to be gone")
        .atMost(SOON)
        .until(() -> client().services().inNamespace(namespace).list().getItems().isEmpty());
    deletePools();
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::kill9);
    controlPlane.close();
  }
}
