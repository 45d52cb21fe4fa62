// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which nodes have the security group at their ports, as far as that matters.
final class Holders {
  // Ports that have the group, with their addresses.
  private final Map<String, Set<String>> ports = new HashMap<>();
  // Nodes without a port that could have it.
  private final Set<String> outside = new HashSet<>();
  // These may come back with another port.
  private final Set<String> left = new HashSet<>();

  /// Forgets which ports have it: they are about to be read.
  void forgetPorts() {
    ports.clear();
  }

  void holds(NodePorts.Port port) {
    ports.put(port.id(), port.subnets().keySet());
  }

  void holdsNoMore(NodePorts.Port port) {
    ports.remove(port.id());
  }

  void isOutside(String node) {
    outside.add(node);
  }

  void isBack(String node) {
    left.remove(node);
  }

  /// A node that comes with the address of one that went is another one.
  void left(Collection<String> addresses) {
    outside.removeAll(addresses);
    left.addAll(addresses);
  }

  /// There is no group any more that one could have.
  void forgetNodes() {
    outside.clear();
    left.clear();
  }

  /// Addresses of those of which nothing remains to be done.
  Set<String> nodes() {
    var nodes = ports.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    nodes.addAll(outside);
    nodes.removeAll(left);
    return nodes;
  }

  /// Ports that have it, though no member has an address of theirs.
  Set<String> without(Set<String> members) {
    return ports.entrySet().stream()
        .filter(one -> Collections.disjoint(members, one.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
