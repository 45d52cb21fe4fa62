// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import dev.fairway.testkit.kube.User;
import java.util.ArrayList;
import java.util.List;

/// What a world is made of.
///
/// @param nodes how many, 1 to 80
/// @param users whom the API server knows beside the administrator
/// @param controllers of kube-controller-manager; without `endpointslice-controller` a test writes
///   EndpointSlices itself
/// @param nodeAddresses what the Node objects say, from the first node on, where that is not the
///   address in the LAN: of a second network, to which somebody else connects the nodes
/// @param apiServerFlags more flags of the API server
public record WorldOptions(
    int nodes,
    List<User> users,
    List<String> controllers,
    List<String> nodeAddresses,
    List<String> apiServerFlags) {
  /// Three nodes, the administrator, EndpointSlices by the real controller.
  public static final WorldOptions PLAIN =
      new WorldOptions(3, List.of(), List.of("endpointslice-controller"), List.of(), List.of());

  private static final int MOST_NODES = 80;

  /// @throws IllegalArgumentException when the address plan has no room for so many nodes
  public WorldOptions {
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new IllegalArgumentException(nodes + " nodes; a world has 1 to " + MOST_NODES);
    }
    users = List.copyOf(users);
    controllers = List.copyOf(controllers);
    nodeAddresses = List.copyOf(nodeAddresses);
    apiServerFlags = List.copyOf(apiServerFlags);
  }

  public WorldOptions withNodes(int count) {
    return new WorldOptions(count, users, controllers, nodeAddresses, apiServerFlags);
  }

  public WorldOptions withUser(User user) {
    List<User> more = new ArrayList<>(users);
    more.add(user);
    return new WorldOptions(nodes, more, controllers, nodeAddresses, apiServerFlags);
  }

  public WorldOptions withControllers(String... names) {
    return new WorldOptions(nodes, users, List.of(names), nodeAddresses, apiServerFlags);
  }

  public WorldOptions withNodeAddresses(List<String> addresses) {
    return new WorldOptions(nodes, users, controllers, addresses, apiServerFlags);
  }

  public WorldOptions withApiServerFlags(String... flags) {
    return new WorldOptions(nodes, users, controllers, nodeAddresses, List.of(flags));
  }

  String nodeAddress(int number) {
    return number <= nodeAddresses.size() ? nodeAddresses.get(number - 1) : Addresses.node(number);
  }
}
