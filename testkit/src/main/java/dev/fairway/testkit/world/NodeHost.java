// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import dev.fairway.testkit.process.Belongings;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// A node of the cluster: a machine with kube-proxy, a Node object and pods, without kubelet.
public final class NodeHost extends Host {
  private static final Duration POD_START_LIMIT = Duration.ofSeconds(15);
  private static final Duration ONE_TRY = Duration.ofMillis(500);

  private final int number;
  private final Path directory;
  private final ClusterObjects objects;
  private final Belongings belongings;
  private final List<PodHost> pods = new CopyOnWriteArrayList<>();
  private int podsSoFar;

  NodeHost(int number, Path directory, ClusterObjects objects, Belongings belongings) {
    super(new NetworkNamespace(Addresses.nodeName(number)), Addresses.node(number));
    this.number = number;
    this.directory = directory;
    this.objects = objects;
    this.belongings = belongings;
  }

  /// The address of `eth0` on the wire.
  public MacAddress mac() {
    return MacAddress.ofIp(address());
  }

  /// Starts a pod with a server (see [PodAnswer]) in Kubernetes namespace `default`, and returns
  /// when it serves and its Pod object says Ready.
  ///
  /// @param name of the Pod, unique in the world
  /// @param labels for Services to select it by
  /// @param port of the server, TCP and UDP
  public PodHost startPod(String name, Map<String, String> labels, int port) {
    int pod = nextPod();
    String address = Addresses.pod(number, pod);
    NetworkNamespace namespace = Network.addPod("pod-" + name, number, pod);
    ChildProcess process =
        ChildProcess.start(
            "pod " + name,
            directory.resolve("pod-" + name + ".log"),
            namespace.command(PodProcess.command(name, name(), port)));
    PodHost host =
        belongings.add(new PodHost(namespace, address, "default", name, objects, process));
    objects.createPod("default", name, labels, name(), port);
    Until.isTrue(
        "pod " + name + " to serve",
        POD_START_LIMIT,
        () -> {
          process.requireAlive();
          return get(address, port, ONE_TRY).isOk();
        });
    host.setReady(true);
    pods.add(host);
    return host;
  }

  /// Cuts the node off, as a pulled cable does: `eth0` loses its carrier, nothing is torn down in
  /// order, the node's own processes run on.
  ///
  /// Also marks the node's pods not ready, as the node lifecycle controller does when its grace
  /// period is over; here at once, so that tests do not wait for what Kubernetes decides.
  public void cut() {
    unplug();
    livingPods().forEach(pod -> pod.setReady(false));
  }

  /// Only what the cable does in [#cut()]: to Kubernetes the node and its pods look as before.
  public void unplug() {
    Network.setCarrier(name(), false);
  }

  /// Undoes [#cut()] and [#unplug()].
  public void heal() {
    Network.setCarrier(name(), true);
    livingPods().forEach(pod -> pod.setReady(true));
  }

  private Stream<PodHost> livingPods() {
    return pods.stream().filter(pod -> pod.process().isAlive());
  }

  private synchronized int nextPod() {
    podsSoFar++;
    return podsSoFar;
  }
}
