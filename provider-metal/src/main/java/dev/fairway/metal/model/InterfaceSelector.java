// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.metal.pool.IpAddress;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// On which interfaces of a node an address is announced.
///
/// @param bySubnet on every interface that has the subnet of the address; then nothing else is said
/// @param names exact ones
/// @param patterns of whole names
public record InterfaceSelector(boolean bySubnet, List<String> names, List<Pattern> patterns) {
  public static final InterfaceSelector BY_SUBNET =
      new InterfaceSelector(true, List.of(), List.of());

  public InterfaceSelector {
    names = List.copyOf(names);
    patterns = List.copyOf(patterns);
  }

  /// These interfaces; none means those that have the subnet.
  public static InterfaceSelector named(List<String> names) {
    return new InterfaceSelector(names.isEmpty(), names, List.of());
  }

  /// Whether a node with these interfaces can announce the address.
  boolean reaches(List<NodeLink> links, IpAddress address) {
    return links.stream()
        .anyMatch(link -> bySubnet ? link.hasSubnetOf(address) : matches(link.name()));
  }

  /// Whether an interface of this name is selected by its name.
  public boolean matches(String name) {
    return names.contains(name)
        || (name.equals(NodeLink.OTHERS) && !names.isEmpty())
        || patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /// The names of what is selected of these.
  Stream<String> namesOf(List<NodeLink> links) {
    return Stream.concat(
        names.stream(),
        links.stream()
            .map(NodeLink::name)
            .filter(name -> !name.equals(NodeLink.OTHERS) && matches(name)));
  }
}
