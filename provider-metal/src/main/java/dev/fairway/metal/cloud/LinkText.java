// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.model.NodeLink;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The interfaces of a node in one line: `eth0=10.13.240.0/22+fd00:13::/64,eth1=`.
final class LinkText {
  /// Stands for interfaces that are not named.
  static final String OTHERS = NodeLink.OTHERS + "=";

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

  private LinkText() {}

  /// One interface.
  ///
  /// @param subnets each as address/length
  static String of(String name, List<String> subnets) {
    return name + "=" + String.join("+", subnets);
  }

  /// Empty if any of it cannot be read: to believe half of it would take VIPs from a node.
  static Optional<List<NodeLink>> parse(String text) {
    var links = new ArrayList<NodeLink>();
    for (var one : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
      var equals = one.indexOf('=');
      if (equals < 1) {
        return Optional.empty();
      }
      var subnets = new ArrayList<IpRange>();
      var list = one.substring(equals + 1);
      for (var subnet : list.isEmpty() ? List.<String>of() : List.of(list.split("\\+", -1))) {
        var range = subnet(subnet);
        if (range.isEmpty()) {
          return Optional.empty();
        }
        subnets.add(range.get());
      }
      links.add(new NodeLink(one.substring(0, equals), subnets));
    }
    return Optional.of(List.copyOf(links));
  }

  private static Optional<IpRange> subnet(String text) {
    var slash = text.indexOf('/');
    if (slash < 0 || !LENGTH.matcher(text.substring(slash + 1)).matches()) {
      return Optional.empty();
    }
    var length = Integer.parseInt(text.substring(slash + 1));
    return IpAddress.parse(text.substring(0, slash))
        .filter(address -> length <= address.family().bits())
        .map(address -> IpRange.ofPrefix(address, length));
  }
}
