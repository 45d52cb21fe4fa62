// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.process.Belongings;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// A little data centre: a LAN with a real control plane, nodes with a real kube-proxy each, a
/// client on the LAN, and a router with a second client behind it.
///
/// It needs a sandbox of its own, namespaces for network, mounts and processes that vanish with the
/// test run, so that nothing of it is ever seen outside; one world at a time in each sandbox.
public final class World implements AutoCloseable {
  private static final Duration PROXY_LIMIT = Duration.ofSeconds(30);
  private static final Duration ONE_TRY = Duration.ofMillis(500);

  private final Belongings belongings = new Belongings();
  private final ControlPlane controlPlane;
  private final List<NodeHost> nodes;
  private final List<ChildProcess> proxies;
  private final Path directory;
  private final Host controlPlaneHost = new Host(NetworkNamespace.OWN, Addresses.CONTROL_PLANE);
  private final Host client = new Host(new NetworkNamespace(Topology.CLIENT), Addresses.CLIENT);
  private final Host routedClient =
      new Host(new NetworkNamespace(Topology.ROUTED_CLIENT), Addresses.ROUTED_CLIENT);
  private final Host router = new Host(new NetworkNamespace(Topology.ROUTER), Addresses.ROUTER);

  private World(
      Path directory, KubeBinaries binaries, WorldOptions options, Consumer<String> progress) {
    this.directory = directory;
    try {
      progress.accept(
          "network: a LAN with %d nodes, a client, a router, a client behind it"
              .formatted(options.nodes()));
      var _ = belongings.add(Network.create(new Topology(options.nodes())));
      progress.accept("control plane: etcd, kube-apiserver, kube-controller-manager");
      controlPlane =
          belongings.add(
              ControlPlane.start(
                  binaries,
                  directory,
                  new ControlPlaneOptions(
                      Addresses.CONTROL_PLANE,
                      options.users(),
                      options.controllers(),
                      options.apiServerFlags())));
      ClusterObjects objects = new ClusterObjects(controlPlane.client());
      nodes =
          Addresses.numbers(options.nodes())
              .map(number -> new NodeHost(number, directory, objects, belongings))
              .toList();
      Addresses.numbers(options.nodes())
          .forEach(n ->
              objects.createNode(
                  Addresses.nodeName(n), options.nodeAddress(n), Addresses.podCidr(n)));
      progress.accept("kube-proxy on %d nodes".formatted(options.nodes()));
      // Only now: a kube-proxy that does not find its Node waits a second and more.
      proxies = nodes.stream().map(node -> startProxy(binaries, node)).toList();
    } catch (RuntimeException e) {
      belongings.close();
      throw e;
    }
  }

  /// Makes a world. Takes about four seconds; kube-proxies need a little longer, see
  /// [#awaitProxies()].
  ///
  /// @param directory for logs, data and kubeconfigs of this world alone; made if absent
  /// @throws IllegalStateException outside of a sandbox, or when something does not start; then
  ///   nothing is left behind
  public static World create(Path directory, KubeBinaries binaries, WorldOptions options) {
    return create(directory, binaries, options, _ -> {});
  }

  /// As [#create(Path,KubeBinaries,WorldOptions)].
  ///
  /// @param progress is told what begins now
  public static World create(
      Path directory, KubeBinaries binaries, WorldOptions options, Consumer<String> progress) {
    Sandbox.require(System.getenv());
    return new World(directory, binaries, options, progress);
  }

  public ControlPlane controlPlane() {
    return controlPlane;
  }

  public List<NodeHost> nodes() {
    return nodes;
  }

  /// @throws IllegalArgumentException when there is no node of this name
  public NodeHost node(String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no node " + name + " in " + nodes));
  }

  /// Where the control plane runs: this JVM's own network namespace.
  public Host controlPlaneHost() {
    return controlPlaneHost;
  }

  /// A client on the LAN.
  public Host client() {
    return client;
  }

  /// A client in another network, whose packets reach the LAN through the router.
  public Host routedClient() {
    return routedClient;
  }

  public Host router() {
    return router;
  }

  /// Where logs and kubeconfigs are.
  public Path directory() {
    return directory;
  }

  /// Waits until every kube-proxy has written its rules once.
  public void awaitProxies() {
    Until.isTrue(
        "kube-proxy on all nodes",
        PROXY_LIMIT,
        () -> {
          proxies.forEach(ChildProcess::requireAlive);
          return nodes.stream()
              .allMatch(node ->
                  node.get(node.address(), KubeProxy.HEALTH_PORT, "/healthz", ONE_TRY).isOk());
        });
  }

  /// A machine without any cable, for somebody else to connect.
  ///
  /// @param address that it will have
  public Host addMachine(String name, String address) {
    return new Host(belongings.add(UnpluggedMachine.create(name)).namespace(), address);
  }

  /// Takes charge of what a test starts here, so that it ends with the world.
  public <T extends AutoCloseable> T add(T thing) {
    return belongings.add(thing);
  }

  /// Ends all processes and removes all namespaces. The directory stays, with the logs.
  @Override
  public void close() {
    belongings.close();
  }

  private ChildProcess startProxy(KubeBinaries binaries, NodeHost node) {
    return belongings.add(
        ChildProcess.start(
            "kube-proxy on " + node,
            directory.resolve("kube-proxy-" + node + ".log"),
            node.namespace()
                .command(KubeProxy.command(binaries, controlPlane.kubeconfig(), node.name()))));
  }
}
