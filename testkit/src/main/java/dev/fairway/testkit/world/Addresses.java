// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The address plan of every world; two worlds never meet, so all use the same.
public final class Addresses {
  public static final String CONTROL_PLANE = "10.13.240.5";
  public static final String ROUTER = "10.13.240.1";
  public static final String CLIENT = "10.13.240.100";

  /// The router's other leg and the client in that network.
  public static final String FAR_ROUTER = "10.13.250.1";

  public static final String ROUTED_CLIENT = "10.13.250.100";

  /// Part of the LAN and free for load balancers.
  public static final String POOL = "10.13.242.0/24";

  static final String POD_CIDR = "10.244.0.0/16";
  static final int LAN_PREFIX = 22;
  static final int FAR_PREFIX = 24;
  static final int POD_PREFIX = 24;

  private Addresses() {}

  static String node(int number) {
    return "10.13.240." + (10 + number);
  }

  /// The network of the pods on a node.
  static String podCidr(int node) {
    return "10.244.%d.0/24".formatted(node);
  }

  /// The node's address in the network of its pods.
  static String podGateway(int node) {
    return "10.244.%d.1".formatted(node);
  }

  /// @param pod counts from 1 on each node
  static String pod(int node, int pod) {
    return "10.244.%d.%d".formatted(node, pod + 1);
  }

  static String nodeName(int number) {
    return "node-" + number;
  }

  static Stream<Integer> numbers(int nodes) {
    return IntStream.rangeClosed(1, nodes).boxed();
  }
}
