// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.cloud.model.Target;
import dev.fairway.metal.pool.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// One Announcement resource.
///
/// @param pools names; empty means all
/// @param nodes which may announce
/// @param services of which one must match; empty means all Services
/// @param preferred which nodes are taken first
public record AnnouncementView(
    String name,
    Set<String> pools,
    Selector nodes,
    List<Selector> services,
    InterfaceSelector interfaces,
    List<Preference> preferred) {

  /// @param weight 1 to 100; the weights of all that match a node add up
  public record Preference(int weight, Selector nodes) {}

  public AnnouncementView {
    pools = Set.copyOf(pools);
    services = List.copyOf(services);
    preferred = List.copyOf(preferred);
  }

  /// Of all Services, with no node preferred.
  public AnnouncementView(String name, Set<String> pools, Selector nodes, List<String> interfaces) {
    this(name, pools, nodes, List.of(), InterfaceSelector.named(interfaces), List.of());
  }

  public boolean announces(String pool) {
    return pools.isEmpty() || pools.contains(pool);
  }

  /// Whether it is about a Service with these labels.
  public boolean serves(Map<String, String> labels) {
    return Selector.anyMatches(services, labels);
  }

  public boolean selects(Target node) {
    return nodes.matches(node.labels());
  }

  /// Whether the node has an interface for the address. One that has not told is believed to, but
  /// where patterns are all there is to go by.
  public boolean reaches(Target node, IpAddress address, Terrain terrain) {
    return terrain
        .linksOf(node.node())
        .map(links -> interfaces.reaches(links, address))
        .orElse(interfaces.bySubnet() || !interfaces.names().isEmpty());
  }

  /// How much the node is preferred; 0 if it is not.
  public int weight(Target node) {
    return preferred.stream()
        .filter(one -> one.nodes().matches(node.labels()))
        .mapToInt(Preference::weight)
        .sum();
  }

  /// The names of the interfaces that it selects, as far as these nodes have told.
  public Stream<String> interfaceNames(List<String> nodes, Terrain terrain) {
    return Stream.concat(
        interfaces.names().stream(),
        nodes.stream()
            .flatMap(node -> terrain.linksOf(node).stream())
            .flatMap(interfaces::namesOf));
  }
}
