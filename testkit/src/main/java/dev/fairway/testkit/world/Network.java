// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import dev.fairway.testkit.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A [Topology] made real. Closing removes the namespaces and with them all links.
final class Network implements AutoCloseable {
  private static final Path SYSCTL = Path.of("/proc/sys/net");

  // As a plain Linux host has them; what an administrator set for this machine is inherited by new
  // namespaces and must not decide whether a node answers ARP for addresses that are not its own.
  private static final List<String> HOST_SETTINGS =
      List.of("rp_filter=0", "arp_ignore=0", "arp_announce=0", "proxy_arp=0");

  private final Topology topology;

  private Network(Topology topology) {
    this.topology = topology;
  }

  static Network create(Topology topology) {
    Network network = new Network(topology);
    try {
      network.build();
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /// Sets the carrier of a host's `eth0`.
  static void setCarrier(String host, boolean on) {
    String _ = Command.run("ip", "link", "set", Topology.port(host), on ? "up" : "down");
  }

  /// Makes the namespace of a pod and links it to its node.
  static NetworkNamespace addPod(String name, int node, int pod) {
    NetworkNamespace namespace = new NetworkNamespace(name);
    String _ = Command.run("ip", "netns", "add", name);
    batch(new NetworkNamespace(Addresses.nodeName(node)), Topology.podLink(name, pod));
    batch(namespace, Topology.pod(node, pod));
    return namespace;
  }

  static void removePod(NetworkNamespace namespace) {
    String _ = Command.run("ip", "netns", "del", namespace.name());
  }

  @Override
  public void close() {
    for (String name : topology.namespaces()) {
      if (Files.exists(new NetworkNamespace(name).handle())) {
        String _ = Command.run("ip", "netns", "del", name);
      }
    }
    // The kernel takes its time with namespaces; without this, a world made at once after this one
    // would find the names of its links in use.
    topology.namespaces().stream().map(Topology::port).forEach(Network::removeLink);
    removeLink(Topology.BRIDGE);
  }

  private static void removeLink(String name) {
    if (Files.exists(SYSCTL.resolve("ipv4/conf").resolve(name))) {
      try {
        String _ = Command.run("ip", "link", "del", name);
      } catch (IllegalStateException e) {
        if (Files.exists(SYSCTL.resolve("ipv4/conf").resolve(name))) {
          throw e;
        }
      }
    }
  }

  private void build() {
    batch(NetworkNamespace.OWN, topology.switchLines());
    // Bridged packets of the LAN must not run through this namespace's packet filter.
    setIfPresent(SYSCTL.resolve("bridge/bridge-nf-call-iptables"), "0");
    topology
        .hostLines()
        .forEach((name, lines) -> {
          NetworkNamespace namespace = new NetworkNamespace(name);
          batch(namespace, lines);
          configure(namespace);
        });
  }

  private static void configure(NetworkNamespace namespace) {
    boolean forwards = !namespace.name().startsWith(Topology.CLIENT);
    namespace.call(() -> {
      for (String scope : List.of("all", "default", "eth0")) {
        for (String setting : HOST_SETTINGS) {
          String[] parts = setting.split("=", -1);
          Path file = SYSCTL.resolve("ipv4/conf").resolve(scope).resolve(parts[0]);
          var _ = Files.writeString(file, parts[1]);
        }
      }
      var _ = Files.writeString(SYSCTL.resolve("ipv4/ip_forward"), forwards ? "1" : "0");
      return true;
    });
  }

  private static void setIfPresent(Path sysctl, String value) {
    try {
      if (Files.exists(sysctl)) {
        var _ = Files.writeString(sysctl, value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set " + sysctl, e);
    }
  }

  private static void batch(NetworkNamespace namespace, List<String> lines) {
    List<String> command = namespace.ipCommand("-batch", "-");
    String _ = Command.runWithInput(String.join("\n", lines) + "\n", command);
  }
}
