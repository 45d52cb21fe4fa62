// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.metal.pool.Occupied;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a Node object says that only bare metal wants to know.
///
/// @param occupied its addresses, and those of its pods
/// @param unwilling whether it announces only while no other node can
record NodeFacts(Set<Occupied> occupied, boolean unwilling) {
  /// Put on a node, with any effect, to have it hand over what it announces.
  static final String DRAIN_TAINT = "fairway.dev/drain";

  /// KEP-2268: somebody has made sure that the node is shut down.
  static final String OUT_OF_SERVICE_TAINT = "node.kubernetes.io/out-of-service";

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

  static NodeFacts of(Node node, boolean cordonedDrain) {
    var spec = Objects.requireNonNullElseGet(node.getSpec(), NodeSpec::new);
    var status = Objects.requireNonNullElseGet(node.getStatus(), NodeStatus::new);
    var cordoned = cordonedDrain && Boolean.TRUE.equals(spec.getUnschedulable());
    var drained =
        Resources.list(spec.getTaints()).stream()
            .map(Taint::getKey)
            .anyMatch(key -> key.equals(DRAIN_TAINT) || key.equals(OUT_OF_SERVICE_TAINT));
    var cut =
        Resources.list(status.getConditions()).stream().anyMatch(NodeFacts::isNetworkUnavailable);
    return new NodeFacts(occupied(node, spec, status), cordoned || drained || cut);
  }

  static Optional<IpAddress> internalAddress(Node node) {
    return Optional.ofNullable(node.getStatus()).stream()
        .flatMap(status -> Resources.list(status.getAddresses()).stream())
        .filter(address -> "InternalIP".equals(address.getType()))
        .flatMap(address -> IpAddress.parse(address.getAddress()).stream())
        .findFirst();
  }

  private static boolean isNetworkUnavailable(NodeCondition condition) {
    return "NetworkUnavailable".equals(condition.getType()) && "True".equals(condition.getStatus());
  }

  private static Set<Occupied> occupied(Node node, NodeSpec spec, NodeStatus status) {
    var name = node.getMetadata().getName();
    var addresses =
        Resources.list(status.getAddresses()).stream()
            .flatMap(address -> IpAddress.parse(address.getAddress()).stream())
            .map(address ->
                new Occupied(new IpRange(address, address), "NodeAddress", "node " + name));
    var pods =
        Resources.list(spec.getPodCIDRs()).stream()
            .flatMap(text -> network(text, "PodNetwork", "the pods of node " + name).stream());
    return Stream.concat(addresses, pods).collect(Collectors.toUnmodifiableSet());
  }

  /// The network in this text, if it is one.
  static List<Occupied> network(String text, String reason, String what) {
    var found = new ArrayList<Occupied>();
    var slash = text.indexOf('/');
    if (slash > 0 && LENGTH.matcher(text.substring(slash + 1)).matches()) {
      var length = Integer.parseInt(text.substring(slash + 1));
      IpAddress.parse(text.substring(0, slash))
          .filter(address -> length <= address.family().bits())
          .map(address -> new Occupied(IpRange.ofPrefix(address, length), reason, what))
          .ifPresent(found::add);
    }
    return found;
  }
}
