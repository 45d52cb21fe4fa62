// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Which namespaces, links and routes a world has, as input of `ip -batch`.
///
/// ```
///   client    node-1 … node-N    router --- client-behind-router
///      |         |        |        |
///   ===+=========+========+========+===  bridge "lan" in the JVM's own namespace,
///                                        which is the control plane too
/// ```
///
/// @param nodes how many
record Topology(int nodes) {
  static final String BRIDGE = "lan";
  static final String CLIENT = "client";
  static final String ROUTER = "router";
  static final String ROUTED_CLIENT = "client-behind-router";

  /// All namespaces but the JVM's own.
  List<String> namespaces() {
    return Stream.concat(
            Addresses.numbers(nodes).map(Addresses::nodeName),
            Stream.of(CLIENT, ROUTER, ROUTED_CLIENT))
        .toList();
  }

  /// To be run in the JVM's own namespace, first.
  List<String> switchLines() {
    List<String> lines = new ArrayList<>();
    namespaces().forEach(name -> lines.add("netns add " + name));
    lines.add(
        "link add %s address %s type bridge mcast_snooping 0"
            .formatted(BRIDGE, MacAddress.ofIp(Addresses.CONTROL_PLANE)));
    lines.add(
        "addr add %s/%d dev %s".formatted(Addresses.CONTROL_PLANE, Addresses.LAN_PREFIX, BRIDGE));
    lines.add("link set %s up".formatted(BRIDGE));
    lanHosts().forEach((name, address) -> lines.addAll(plug(name, address)));
    return lines;
  }

  /// To be run in each namespace, in this order.
  SequencedMap<String, List<String>> hostLines() {
    SequencedMap<String, List<String>> lines = new LinkedHashMap<>();
    lines.put(ROUTER, router());
    lines.put(CLIENT, lanHost(Addresses.CLIENT));
    lines.put(ROUTED_CLIENT, routedClient());
    Addresses.numbers(nodes).forEach(n -> lines.put(Addresses.nodeName(n), node(n)));
    return lines;
  }

  /// The bridge port of a host: without it the host has no carrier.
  static String port(String host) {
    return "p-" + host;
  }

  /// To be run in the namespace of a node: a link to the namespace of a new pod.
  static List<String> podLink(String podNamespace, int pod) {
    return List.of(
        "link add pod%d type veth peer name eth0 netns %s".formatted(pod, podNamespace),
        "link set pod%d master pods up".formatted(pod));
  }

  /// To be run in the namespace of a pod.
  static List<String> pod(int node, int pod) {
    return List.of(
        "link set lo up",
        "addr add %s/%d dev eth0".formatted(Addresses.pod(node, pod), Addresses.POD_PREFIX),
        "link set eth0 up",
        "route add default via " + Addresses.podGateway(node));
  }

  private Map<String, String> lanHosts() {
    Map<String, String> hosts = new LinkedHashMap<>();
    hosts.put(ROUTER, Addresses.ROUTER);
    hosts.put(CLIENT, Addresses.CLIENT);
    Addresses.numbers(nodes).forEach(n -> hosts.put(Addresses.nodeName(n), Addresses.node(n)));
    return hosts;
  }

  private static List<String> plug(String host, String address) {
    return List.of(
        "link add %s type veth peer name eth0 address %s netns %s"
            .formatted(port(host), MacAddress.ofIp(address), host),
        "link set %s master %s up".formatted(port(host), BRIDGE));
  }

  private static List<String> lanHost(String address) {
    return List.of(
        "link set lo up",
        "addr add %s/%d dev eth0".formatted(address, Addresses.LAN_PREFIX),
        "link set eth0 up",
        "route add default via " + Addresses.ROUTER);
  }

  private static List<String> router() {
    return List.of(
        "link set lo up",
        "addr add %s/%d dev eth0".formatted(Addresses.ROUTER, Addresses.LAN_PREFIX),
        "link set eth0 up",
        "link add eth1 type veth peer name eth0 netns " + ROUTED_CLIENT,
        "addr add %s/%d dev eth1".formatted(Addresses.FAR_ROUTER, Addresses.FAR_PREFIX),
        "link set eth1 up");
  }

  private static List<String> routedClient() {
    return List.of(
        "link set lo up",
        "addr add %s/%d dev eth0".formatted(Addresses.ROUTED_CLIENT, Addresses.FAR_PREFIX),
        "link set eth0 up",
        "route add default via " + Addresses.FAR_ROUTER);
  }

  private List<String> node(int number) {
    List<String> lines = new ArrayList<>(lanHost(Addresses.node(number)));
    lines.add("link add pods type bridge");
    lines.add(
        "addr add %s/%d dev pods".formatted(Addresses.podGateway(number), Addresses.POD_PREFIX));
    lines.add("link set pods up");
    Addresses.numbers(nodes)
        .filter(other -> other != number)
        .forEach(other ->
            lines.add(
                "route add %s via %s".formatted(Addresses.podCidr(other), Addresses.node(other))));
    return lines;
  }
}
