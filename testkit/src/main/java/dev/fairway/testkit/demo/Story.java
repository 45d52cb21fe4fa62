// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.world.FairwayApp;
import dev.fairway.testkit.world.Host;
import dev.fairway.testkit.world.HttpAnswer;
import dev.fairway.testkit.world.HttpAnswer.Answered;
import dev.fairway.testkit.world.NodeHost;
import dev.fairway.testkit.world.World;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The demo, step by step: a Service gets an address, the address answers, its owner is cut off,
/// the address answers again.
final class Story {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  // Short, so that what is answered late for once does not count as late for long.
  private static final Duration ONE_TRY = Duration.ofMillis(200);
  private static final int POD_PORT = 8080;
  // The Lease of the controller is in the one, those of the speakers in the other.
  private static final List<String> NAMESPACES = List.of("fairway-system", "fairway-speakers");

  private final World world;
  private final FairwayApp app;
  private final Path definitions;
  private final Narrator narrator;

  /// @param definitions directory of the custom resource definitions
  Story(World world, FairwayApp app, Path definitions, Narrator narrator) {
    this.world = world;
    this.app = app;
    this.definitions = definitions;
    this.narrator = narrator;
  }

  /// @throws IllegalStateException when a step takes too long or something has died
  DemoResult tell() {
    Manifests manifests = Manifests.in(world.directory());
    install();
    narrator.step("pool 10.13.242.0/24, then Service example-service with port 8765");
    world.controlPlane().applyYaml(manifests.pool());
    ExampleService service =
        ExampleService.create(world.controlPlane().client(), manifests.service());
    narrator.step("the Service has %s".formatted(service.address()));

    boolean fromLan = firstAnswer(world.client(), "the client", service);
    boolean throughRouter = firstAnswer(world.routedClient(), "the router", service);
    boolean nodePorts = nodePortsAnswer(service);
    show("kubectl", "get", "svc", "example-service");
    show("kubectl", "get", "events", "--field-selector", "involvedObject.name=example-service");

    Optional<Duration> gone = fromLan ? failover(service) : Optional.empty();
    return new DemoResult(
        service.name(),
        service.address(),
        service.ports(),
        fromLan,
        throughRouter,
        nodePorts,
        service.untilAddress().toMillis() / 1000.0,
        gone.map(Duration::toMillis).orElse(null),
        world.controlPlane().client().getKubernetesVersion().getGitVersion());
  }

  private static Namespace namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private void install() {
    narrator.step("custom resource definitions; 2 pods");
    CompletableFuture<Void> pods =
        CompletableFuture.allOf(startPod("node-1", "web-1"), startPod("node-2", "web-2"));
    world.controlPlane().applyYaml(definitions);
    NAMESPACES.forEach(name -> world.controlPlane().client().resource(namespace(name)).create());
    narrator.step("fairway controller and %d speakers".formatted(world.nodes().size()));
    Installation installation = Installation.start(world, app);
    pods.join();
    installation.awaitReady(narrator);
  }

  private CompletableFuture<Void> startPod(String node, String name) {
    return CompletableFuture.runAsync(
        () -> {
          var _ = world.node(node).startPod(name, Map.of("app", "example"), POD_PORT);
        },
        Thread::startVirtualThread);
  }

  private boolean firstAnswer(Host from, String whom, ExampleService service) {
    Optional<String> answer = answer(from, service.address(), service.port());
    narrator.say(
        "http://%s:%d/ from %s: %s, %d ms after the Service was created"
            .formatted(
                service.address(),
                service.port(),
                whom,
                answer.orElse("no answer"),
                service.age().toMillis()));
    return answer.isPresent();
  }

  private boolean nodePortsAnswer(ExampleService service) {
    boolean all = true;
    for (NodeHost node : world.nodes()) {
      Optional<String> answer = answer(world.client(), node.address(), service.nodePort());
      narrator.say(
          "http://%s:%d/ (%s): %s"
              .formatted(node.address(), service.nodePort(), node, answer.orElse("no answer")));
      all &= answer.isPresent();
    }
    return all;
  }

  // What was shown before must be told also when this fails.
  private Optional<Duration> failover(ExampleService service) {
    try {
      NodeHost owner = owner(service);
      narrator.say("%nARP: %s is at %s (%s)".formatted(service.address(), owner.mac(), owner));
      narrator.step("cutting %s off".formatted(owner));
      Duration gone = Failover.measure(world, owner, service.address(), service.port(), narrator);
      narrator.say(
          "%s answers again after %d ms, now from %s"
              .formatted(service.address(), gone.toMillis(), owner(service)));
      return Optional.of(gone);
    } catch (IllegalStateException e) {
      narrator.say("the address does not survive the loss of its owner: " + e.getMessage());
      return Optional.empty();
    }
  }

  private NodeHost owner(ExampleService service) {
    return Until.isPresent(
        "a node to answer ARP for " + service.address(),
        LIMIT,
        () ->
            world
                .client()
                .arp(service.address())
                .flatMap(mac ->
                    world.nodes().stream().filter(node -> node.mac().equals(mac)).findFirst()));
  }

  private void show(String... command) {
    String[] arguments = new String[command.length - 1];
    System.arraycopy(command, 1, arguments, 0, arguments.length);
    narrator.show(String.join(" ", command), world.controlPlane().kubectl(arguments));
  }

  private static Optional<String> answer(Host from, String ip, int port) {
    try {
      return Optional.of(
          Until.isPresent("an answer", LIMIT, () -> body(from.get(ip, port, ONE_TRY))));
    } catch (IllegalStateException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> body(HttpAnswer answer) {
    return answer instanceof Answered(int status, String body) && status == 200
        ? Optional.of(body.strip())
        : Optional.empty();
  }
}
