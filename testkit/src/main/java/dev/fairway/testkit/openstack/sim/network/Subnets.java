// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Address;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Cidr;
import dev.fairway.testkit.openstack.sim.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// With the addresses that are taken in each.
final class Subnets extends Resource {
  private final Networks networks;
  private final Map<String, Pool> pools = new TreeMap<>();

  Subnets(Networks networks) {
    super(
        "subnet",
        "Subnet",
        Set.of(
            "id",
            "name",
            "project_id",
            "tenant_id",
            "network_id",
            "ip_version",
            "cidr",
            "gateway_ip",
            "enable_dhcp",
            "description"));
    this.networks = networks;
  }

  /// @param pool the first and the last address to give out
  ObjectNode plant(
      String id, ObjectNode network, String name, String cidr, List<String> pool, Instant now) {
    var range = Cidr.of(cidr).orElseThrow();
    var row = Row.of(id, Row.project(network), now).put("name", name).put("cidr", cidr);
    row.put("network_id", Row.id(network)).put("ip_version", range.first().v6() ? 6 : 4);
    row.put("enable_dhcp", false).putNull("gateway_ip");
    row.putArray("allocation_pools")
        .addObject()
        .put("start", pool.getFirst())
        .put("end", pool.getLast());
    ((ArrayNode) network.path("subnets")).add(id);
    pools.put(id, new Pool(address(pool.getFirst()), address(pool.getLast())));
    return add(row);
  }

  private static Address address(String text) {
    return Address.of(text).orElseThrow();
  }

  static boolean v6(ObjectNode subnet) {
    return subnet.path("ip_version").asInt() == 6;
  }

  static Cidr cidr(ObjectNode subnet) {
    return Cidr.of(subnet.path("cidr").asText()).orElseThrow();
  }

  List<ObjectNode> of(ObjectNode network) {
    return Json.texts(network.path("subnets")).stream().map(this::get).toList();
  }

  /// The next address; empty when none is left.
  Optional<String> take(ObjectNode subnet) {
    return pool(subnet).take().map(Address::toString);
  }

  /// That very address.
  ///
  /// @throws Refused when it is taken, or is not of this subnet
  String take(ObjectNode subnet, String wanted) {
    var address = Address.of(wanted).filter(cidr(subnet)::contains);
    if (address.isEmpty()) {
      throw Refused.neutron(
          400,
          "InvalidIpForSubnet",
          "IP address %s does not belong to subnet %s".formatted(wanted, Row.id(subnet)));
    }
    if (!pool(subnet).take(address.get())) {
      throw Refused.neutron(
          409,
          "IpAddressAlreadyAllocated",
          "IP address %s already allocated in subnet %s".formatted(wanted, Row.id(subnet)));
    }
    return address.get().toString();
  }

  void free(String subnet, String address) {
    var pool = pools.get(subnet);
    if (pool != null) {
      pool.free(address(address));
    }
  }

  private Pool pool(ObjectNode subnet) {
    return Optional.ofNullable(pools.get(Row.id(subnet))).orElseThrow();
  }

  @Override
  boolean visible(Caller caller, ObjectNode row) {
    return networks.visible(caller, networks.get(row.path("network_id").asText()));
  }
}
