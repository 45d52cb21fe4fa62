// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Cloud.id;
import static dev.fairway.openstack.spec.Wish.node;
import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.IpFamily;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VipTest {
  private static final String FIX =
      "; name the subnet of the load balancer in annotation loadbalancer.openstack.org/subnet-id, or in subnet-id of cloud.conf";

  private static String vip(Wish wish) {
    return Lines.vip(wish.spec().frame().vip());
  }

  @Test
  void theSubnetOfTheFirstNodeThatHasAnAddressIsTaken() {
    assertThat(vip(wish().tcp(80).nodes(node("a"), node("b", "10.9.0.7"), node("c", "10.0.0.11"))))
        .isEqualTo("subnet c3 -");
  }

  @Test
  void anAddressInNoSubnetIsToldWithThoseThatAreThere() {
    assertThat(wish().tcp(80).nodes(node("a", "172.16.0.1")).notes())
        .containsExactly(
            "BLOCKING SubnetUnknown: address 172.16.0.1 of node a is in none of the subnets that can be seen: %s (public-a, 192.0.2.0/25), %s (public-b, 192.0.2.128/25), %s (lab, 198.51.100.0/24), %s (partner, 203.0.113.0/24), %s (nodes, 10.0.0.0/24), %s (storage, 10.9.0.0/24)"
                    .formatted(id("b1"), id("b2"), id("b3"), id("b5"), id("c1"), id("c3"))
                + FIX);
  }

  @Test
  void anAddressInSeveralSubnetsIsNotGuessed() {
    var twin = Cloud.subnet("c9", "twin", id("a9"), "10.0.0.0/16");

    assertThat(wish().tcp(80).around(Cloud.cloud(Cloud.NEW, twin)).notes())
        .containsExactly(
            "BLOCKING SubnetUnknown: address 10.0.0.11 of node a is in several subnets: %s (nodes, 10.0.0.0/24), %s (twin, 10.0.0.0/16)"
                    .formatted(id("c1"), id("c9"))
                + FIX);
  }

  @Test
  void withoutNodesTheSubnetMustBeNamed() {
    assertThat(wish().tcp(80).nodes().notes())
        .containsExactly(
            "INFO NoNodes: there are no nodes that could take the traffic",
            "BLOCKING SubnetUnknown: no node has an IPv4 address by which a subnet could be found"
                + FIX);
    var named = wish().tcp(80).nodes().with("subnet-id", Cloud.NODES.id());
    assertThat(named.notes())
        .containsExactly("INFO NoNodes: there are no nodes that could take the traffic");
    assertThat(named.listener().pool().members()).isEmpty();
  }

  @Test
  void nodesInAnExternalNetworkAreFoundForInternalLoadBalancersOnly() {
    var wish = wish().tcp(80).nodes(node("a", "192.0.2.9"));

    assertThat(wish.notes())
        .singleElement()
        .asString()
        .startsWith("BLOCKING SubnetUnknown: address 192.0.2.9 of node a is in none of");
    assertThat(vip(wish.internal())).isEqualTo("subnet b1 -");
  }

  @Test
  void aPortDecidesAlone() {
    var wish =
        wish().tcp(80).with("port-id", id("d3")).with("subnet-id", id("51")).address("10.0.0.99");

    assertThat(vip(wish.internal())).isEqualTo("port d3 -");
    assertThat(wish.notes())
        .containsExactly(
            "WARNING NotApplied: annotation loadbalancer.openstack.org/subnet-id is not applied; remove it, or loadbalancer.openstack.org/port-id");
  }

  @Test
  void aSubnetOfTheOtherFamilyOrAnotherNetworkIsRefused() {
    assertThat(wish().tcp(80).with("subnet-id", Cloud.NODES_6.id()).notes())
        .containsExactly(
            "BLOCKING SubnetUnknown: subnet %s is not of family IPv4, the first in spec.ipFamilies"
                    .formatted(id("c2"))
                + FIX);
    assertThat(
            wish().tcp(80).with("subnet-id", Cloud.NODES.id()).with("network-id", id("a2")).notes())
        .containsExactly(
            "BLOCKING SubnetUnknown: subnet %s is in network %s, not in %s"
                    .formatted(id("c1"), id("a1"), id("a2"))
                + FIX);
  }

  @Test
  void aNetworkOfTheServiceComesBeforeASubnetOfTheOptions() {
    assertThat(
            vip(
                wish()
                    .tcp(80)
                    .option("subnetId", Optional.of(id("51")))
                    .with("network-id", id("52"))))
        .isEqualTo("network 52 -");
  }

  @Test
  void withIpv6ClientsUseTheLoadBalancersOwnAddress() {
    var wish = wish().tcp(80).families(false, IpFamily.IPV6).address("2001:DB8:1:0::99");

    assertThat(Lines.of(wish.spec()))
        .contains(
            "internal",
            "vip subnet c2 2001:db8:1::99",
            "TCP/80 member a 2001:db8:1::11:30080 in c2");
    assertThat(wish.notes())
        .containsExactly(
            "INFO NoFloatingAddress: floating IPs are IPv4: with IPv6, clients use the load balancer's own address");
    assertThat(wish.internal().notes()).isEmpty();
  }
}
