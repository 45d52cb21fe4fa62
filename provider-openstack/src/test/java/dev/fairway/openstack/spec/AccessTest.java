// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static Wish managed() {
    return wish().option("manageSecurityGroups", true);
  }

  @Test
  void securityGroupsThatAreNotOursAreLeftAlone() {
    assertThat(wish().tcp(80).access()).isEmpty();
    assertThat(wish().tcp(80).ovn().access()).isEmpty();
  }

  @Test
  void amphoraeAreLetInFromTheirSubnetToAllNodePorts() {
    assertThat(managed().tcp(80).tcp(443).access())
        .containsExactly("tcp 30000-32767 from 10.0.0.0/24", "udp 30000-32767 from 10.0.0.0/24");
    assertThat(managed().sctp(90).access())
        .containsExactly(
            "sctp 30000-32767 from 10.0.0.0/24",
            "tcp 30000-32767 from 10.0.0.0/24",
            "udp 30000-32767 from 10.0.0.0/24");
  }

  @Test
  void amphoraeMayComeFromTheSubnetOfMembersAndFromThatOfTheAddress() {
    assertThat(managed().tcp(80).with("member-subnet-id", Cloud.STORAGE.id()).access())
        .containsExactly(
            "tcp 30000-32767 from 10.0.0.0/24",
            "tcp 30000-32767 from 10.9.0.0/24",
            "udp 30000-32767 from 10.0.0.0/24",
            "udp 30000-32767 from 10.9.0.0/24");
    assertThat(managed().tcp(80).families(true, IpFamily.IPV4, IpFamily.IPV6).access())
        .containsExactly(
            "tcp 30000-32767 from 10.0.0.0/24",
            "tcp 30000-32767 from 2001:db8:1::/64",
            "udp 30000-32767 from 10.0.0.0/24",
            "udp 30000-32767 from 2001:db8:1::/64");
  }

  @Test
  void nodePortsOutsideOfTheUsualRangeAreLetInOneByOne() {
    assertThat(
            managed()
                .port(Protocol.UDP, 90, OptionalInt.of(20090))
                .port(Protocol.TCP, 80, OptionalInt.of(32768))
                .access())
        .containsExactly(
            "tcp 30000-32767 from 10.0.0.0/24",
            "tcp 32768-32768 from 10.0.0.0/24",
            "udp 20090-20090 from 10.0.0.0/24",
            "udp 30000-32767 from 10.0.0.0/24");
  }

  @Test
  void withOvnClientsAreLetInToTheNodePortsOfTheService() {
    var wish = managed().tcp(80).udp(90).ovn();

    assertThat(wish.access())
        .containsExactly("tcp 30080-30080 from 0.0.0.0/0", "udp 30090-30090 from 0.0.0.0/0");
    assertThat(wish.families(true, IpFamily.IPV4, IpFamily.IPV6).access())
        .containsExactly(
            "tcp 30080-30080 from 0.0.0.0/0",
            "tcp 30080-30080 from ::/0",
            "udp 30090-30090 from 0.0.0.0/0",
            "udp 30090-30090 from ::/0");
    assertThat(wish.local().from("192.0.2.0/24", "10.0.0.0/8").access())
        .containsExactly(
            "tcp 30080-30080 from 10.0.0.0/8",
            "tcp 30080-30080 from 192.0.2.0/24",
            "udp 30090-30090 from 10.0.0.0/8",
            "udp 30090-30090 from 192.0.2.0/24");
  }

  @Test
  void aSubnetThatCannotBeSeenCannotBeLetIn() {
    assertThat(managed().tcp(80).option("subnetId", Optional.of(Cloud.id("77"))).notes())
        .containsExactly(
            "BLOCKING SubnetUnknown: subnet %s cannot be seen, so that its addresses cannot be let in by the security group of the nodes; name one that can be seen in annotation loadbalancer.openstack.org/member-subnet-id, or set manage-security-groups to false"
                .formatted(Cloud.id("77")));
    assertThat(
            managed()
                .tcp(80)
                .with("port-id", Cloud.id("d3"))
                .nodes(Wish.node("a", "172.16.0.1"))
                .notes())
        .containsExactly(
            "BLOCKING SubnetUnknown: the subnet of the nodes cannot be seen, so that its addresses cannot be let in by the security group of the nodes; name one that can be seen in annotation loadbalancer.openstack.org/member-subnet-id, or set manage-security-groups to false");
  }
}
