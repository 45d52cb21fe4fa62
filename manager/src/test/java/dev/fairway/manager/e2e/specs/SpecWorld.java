// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.specs;

import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.world.FairwayApp;
import dev.fairway.testkit.world.Host;
import dev.fairway.testkit.world.NodeHost;
import dev.fairway.testkit.world.PodHost;
import dev.fairway.testkit.world.World;
import dev.fairway.testkit.world.WorldOptions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A world of three nodes with Fairway in it, made once for all nested classes of specs: controller
/// and speakers run with the rights of their roles, and have a pool and announce it everywhere.
/// What a test makes is gone before the next one begins.
///
/// The specs of the Kubernetes end-to-end suite wait for minutes, as clouds do; here it is seconds.
final class SpecWorld implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  static final Duration SOON = Duration.ofSeconds(20);

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration ONE_TRY = Duration.ofMillis(500);

  /// The port of the pods, TCP and UDP.
  static final int POD_PORT = 8080;

  private static final Map<String, String> LABELS = Map.of("app", "web");
  private static final Path MANIFESTS =
      Path.of("..", "deploy", "kustomize", "base").toAbsolutePath().normalize();
  private static final User CONTROLLER =
      User.serviceAccount("fairway-system", "fairway-controller");
  private static final User SPEAKER = User.serviceAccount("fairway-system", "fairway-speaker");

  private final List<PodHost> pods = new ArrayList<>();
  private final List<SpecService> services = new ArrayList<>();
  private World world;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (isNested(context)) {
      return;
    }
    var app = FairwayApp.fromEnvironment();
    var directory = directory();
    world =
        World.create(
            directory,
            KubeBinaries.fromEnvironment(),
            WorldOptions.PLAIN.withUser(CONTROLLER).withUser(SPEAKER));
    var kube = world.controlPlane();
    kube.applyYaml(MANIFESTS);
    world.add(app.startController(kube.kubeconfig(CONTROLLER), directory));
    world.nodes().forEach(node -> world.add(startSpeaker(app, node)));
    apply("AddressPool", Map.of("addresses", List.of("10.13.242.0/24")));
    apply("Announcement", Map.of("l2", Map.of()));
    world.awaitProxies();
    awaitReady(world.controlPlaneHost(), 10_258);
    world.nodes().forEach(node -> awaitReady(node, 7472));
  }

  private static void awaitReady(Host host, int httpPort) {
    await("Fairway to be ready on " + host)
        .atMost(START)
        .until(() -> host.get("127.0.0.1", httpPort, "/readyz", ONE_TRY).isOk());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    services.forEach(SpecService::delete);
    pods.forEach(SpecWorld::removeIfThere);
    await("the Services to be gone").atMost(SOON).until(() -> services().isEmpty());
    services.clear();
    pods.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (!isNested(context)) {
      world.close();
    }
  }

  // Extensions are called again for each nested class.
  private static boolean isNested(ExtensionContext context) {
    return context.getRequiredTestClass().isMemberClass();
  }

  KubernetesClient api() {
    return world.controlPlane().client();
  }

  /// A client on the LAN: outside of the cluster.
  Host client() {
    return world.client();
  }

  /// A client in another network.
  Host routedClient() {
    return world.routedClient();
  }

  List<NodeHost> nodes() {
    return world.nodes();
  }

  NodeHost node(int number) {
    return world.node("node-" + number);
  }

  /// Starts a pod of every Service of the test on a node, and returns when it serves.
  PodHost startPod(String name, int node) {
    return startPod(name, node, LABELS);
  }

  /// Starts a pod that belongs to no Service, to ask from.
  PodHost startClientPod(String name, int node) {
    return startPod(name, node, Map.of("app", "client"));
  }

  private PodHost startPod(String name, int node, Map<String, String> labels) {
    var pod = node(node).startPod(name, labels, POD_PORT);
    pods.add(pod);
    return pod;
  }

  /// Creates a Service of type LoadBalancer with port 80 for TCP, and waits for its address.
  SpecService serve(String name, Consumer<ServiceSpec> change) {
    var service = create(name, change.andThen(spec -> spec.setType("LoadBalancer")));
    service.awaitAddress();
    return service;
  }

  /// Creates a Service with port 80 for TCP.
  SpecService create(String name, Consumer<ServiceSpec> change) {
    var service = new ServiceBuilder(clusterIp(name)).build();
    change.accept(service.getSpec());
    var created = new SpecService(api(), api().resource(service).create());
    services.add(created);
    return created;
  }

  private static Service clusterIp(String name) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withType("ClusterIP")
        .addToSelector(LABELS)
        .addNewPort()
        .withName("web")
        .withPort(80)
        .withProtocol("TCP")
        .withNewTargetPort(POD_PORT)
        .endPort()
        .endSpec()
        .build();
  }

  private List<SpecService> services() {
    return services.stream().filter(service -> service.find().isPresent()).toList();
  }

  private static void removeIfThere(PodHost pod) {
    if (pod.process().isAlive()) {
      pod.remove();
    }
  }

  private AutoCloseable startSpeaker(FairwayApp app, NodeHost node) {
    return app.startSpeaker(node, world.controlPlane().kubeconfig(SPEAKER), world.directory());
  }

  private void apply(String kind, Map<String, Object> spec) {
    var resource = new GenericKubernetesResource();
    resource.setApiVersion("fairway.dev/v1alpha1");
    resource.setKind(kind);
    resource.setMetadata(new ObjectMetaBuilder().withName("lan").build());
    resource.setAdditionalProperty("spec", spec);
    api().resource(resource).serverSideApply();
  }

  private static Path directory() throws IOException {
    var run = Optional.ofNullable(System.getenv("FAIRWAY_RUN_DIR")).orElse("target");
    return Files.createTempDirectory(Files.createDirectories(Path.of(run)), "specs-");
  }
}
