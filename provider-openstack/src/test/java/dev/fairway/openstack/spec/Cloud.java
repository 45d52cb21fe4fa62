// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.openstack.model.Abilities;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Network;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A cloud with two external networks and one network of nodes that has both IP families.
final class Cloud {
  static final Abilities NEW = new Abilities(30);
  static final Network EXTERNAL = new Network(id("e1"), "public");
  static final Network OTHER_EXTERNAL = new Network(id("e2"), "partner");
  static final String NODES_NETWORK = id("a1");
  static final Subnet PUBLIC_A =
      subnet("b1", "public-a", EXTERNAL.id(), "192.0.2.0/25", "edge", "x");
  static final Subnet PUBLIC_B = subnet("b2", "public-b", EXTERNAL.id(), "192.0.2.128/25", "edge");
  static final Subnet LAB = subnet("b3", "lab", EXTERNAL.id(), "198.51.100.0/24", "x");
  static final Subnet PUBLIC_6 = subnet("b4", "public-6", EXTERNAL.id(), "2001:db8:e::/64", "edge");
  static final Subnet PARTNER = subnet("b5", "partner", OTHER_EXTERNAL.id(), "203.0.113.0/24");
  static final Subnet NODES = subnet("c1", "nodes", NODES_NETWORK, "10.0.0.0/24");
  static final Subnet NODES_6 = subnet("c2", "nodes6", NODES_NETWORK, "2001:db8:1::/64");
  static final Subnet STORAGE = subnet("c3", "storage", id("a2"), "10.9.0.0/24");

  private Cloud() {}

  /// An id that ends so.
  static String id(String end) {
    return "00000000-0000-0000-0000-%12s".formatted(end).replace(' ', '0').toLowerCase(Locale.ROOT);
  }

  static Subnet subnet(String id, String name, String network, String cidr, String... tags) {
    return new Subnet(id(id), name, network, cidr.contains(":") ? 6 : 4, cidr, List.of(tags));
  }

  static Surroundings cloud(Abilities abilities, Subnet... more) {
    var subnets =
        new ArrayList<>(
            List.of(PUBLIC_A, PUBLIC_B, LAB, PUBLIC_6, PARTNER, NODES, NODES_6, STORAGE));
    subnets.addAll(List.of(more));
    return Surroundings.empty(abilities, List.of(EXTERNAL, OTHER_EXTERNAL), subnets);
  }
}
