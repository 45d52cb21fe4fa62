// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Cloud.id;
import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.IpFamily;
import dev.fairway.openstack.model.Surroundings;
import java.util.List;
import org.junit.jupiter.api.Test;

class DualStackTest {
  private static Wish dual(boolean requireAll) {
    return wish().tcp(80).udp(90).families(requireAll, IpFamily.IPV4, IpFamily.IPV6);
  }

  private static Surroundings without(Surroundings around, Surroundings.Subnet one) {
    return Records.with(
        around,
        "subnets",
        around.subnets().stream().filter(subnet -> !subnet.equals(one)).toList());
  }

  @Test
  void oneLoadBalancerHasBothAddressesWhereOctaviaCan() {
    assertThat(dual(true).notes()).isEmpty();
    assertThat(Lines.of(dual(true).spec()))
        .contains("vip subnet c1 -", "more vips [subnet c2 -]", "floating e1 [] -");
  }

  @Test
  void transportsThatAreOnlyForwardedNeedMembersOfBothFamilies() {
    assertThat(Lines.of(dual(true).spec()).stream().filter(line -> line.contains("member")))
        .containsExactly(
            "TCP/80 member a 10.0.0.11:30080 in c1",
            "UDP/90 member a 10.0.0.11:30090 in c1",
            "UDP/90 member a 2001:db8:1::11:30090 in c2");
  }

  @Test
  void olderOctaviaAndOvnHaveALoadBalancerForEachFamily() {
    for (var wish : List.of(dual(true).octavia(25), dual(true).ovn())) {
      assertThat(wish.specs()).extracting(Spec::half).containsExactly(Half.MAIN, Half.SECOND);
      assertThat(Lines.of(wish.specs()))
          .contains(
              "vip subnet c1 -",
              "more vips []",
              "floating e1 [] -",
              "TCP/80 member a 10.0.0.11:30080 in c1",
              "UDP/90 member a 10.0.0.11:30090 in c1",
              "second vip subnet c2 -",
              "second more vips []",
              "second internal",
              "second TCP/80 member a 2001:db8:1::11:30080 in c2",
              "second UDP/90 member a 2001:db8:1::11:30090 in c2")
          .doesNotContain("second TCP/80 member a 10.0.0.11:30080 in c1");
    }
  }

  @Test
  void withIpv6FirstTheFloatingAddressIsStillThatOfIpv4() {
    var wish = wish().tcp(80).families(true, IpFamily.IPV6, IpFamily.IPV4);

    assertThat(Lines.of(wish.spec()))
        .contains("vip subnet c2 -", "more vips [subnet c1 -]", "floating e1 [] -");
    assertThat(Lines.of(wish.octavia(25).specs()))
        .contains(
            "vip subnet c2 -", "internal", "second vip subnet c1 -", "second floating e1 [] -");
  }

  @Test
  void addressesThatAreAskedForGoToTheirFamilies() {
    var wish = dual(true).address("10.0.0.99", "2001:db8:1::99").internal();

    assertThat(Lines.of(wish.spec()))
        .contains("vip subnet c1 10.0.0.99", "more vips [subnet c2 2001:db8:1::99]");
  }

  @Test
  void ofSeveralSubnetsThatOfTheNodesIsTakenAndOthersMustBeNamed() {
    var more = Cloud.subnet("c9", "more6", Cloud.NODES_NETWORK, "2001:db8:9::/64");
    var two = dual(true).around(Cloud.cloud(Cloud.NEW, more));

    assertThat(Lines.of(two.spec())).contains("more vips [subnet c2 -]");
    var strangers = two.nodes(Wish.node("a", "10.0.0.11", "2001:db8:7::11"));
    assertThat(strangers.notes())
        .containsExactly(
            "BLOCKING SubnetUnknown: there are several subnets of family IPv6: %s (nodes6, 2001:db8:1::/64), %s (more6, 2001:db8:9::/64); name one in annotation fairway.dev/openstack-additional-vip-subnet"
                .formatted(id("c2"), id("c9")));
    assertThat(
            Lines.of(
                strangers.with("fairway.dev/openstack-additional-vip-subnet", more.id()).spec()))
        .contains("more vips [subnet c9 -]");
  }

  @Test
  void aSubnetOfAnotherNetworkNeedsALoadBalancerOfItsOwn() {
    var elsewhere = Cloud.subnet("c8", "elsewhere", id("a8"), "2001:db8:8::/64");
    var wish =
        dual(true)
            .around(Cloud.cloud(Cloud.NEW, elsewhere))
            .with("fairway.dev/openstack-additional-vip-subnet", elsewhere.id());

    assertThat(wish.specs()).extracting(Spec::half).containsExactly(Half.MAIN, Half.SECOND);
    assertThat(Lines.of(wish.specs())).contains("second vip subnet c8 -");
  }

  @Test
  void withoutASubnetTheSecondFamilyIsLeftOutOnlyIfItMay() {
    var none = without(Cloud.cloud(Cloud.NEW), Cloud.NODES_6);

    assertThat(dual(false).around(none).notes())
        .containsExactly(
            "INFO UnsupportedIpFamily: no subnet of family IPv6 is in the network of the load balancer");
    assertThat(Lines.of(dual(false).around(none).spec()))
        .contains("vip subnet c1 -", "more vips []");
    assertThat(dual(true).around(none).notes())
        .containsExactly(
            "BLOCKING UnsupportedIpFamily: no subnet of family IPv6 is in the network of the load balancer; name one in annotation fairway.dev/openstack-additional-vip-subnet, or set spec.ipFamilyPolicy to PreferDualStack");
  }

  @Test
  void aSecondSubnetMustBeThereAndOfThatFamily() {
    var key = "fairway.dev/openstack-additional-vip-subnet";

    assertThat(dual(true).with(key, id("77")).notes())
        .singleElement()
        .asString()
        .startsWith(
            "BLOCKING InvalidAnnotation: annotation %s: '%s' is none of the subnets that can be seen; write one of "
                .formatted(key, id("77")));
    assertThat(dual(true).with(key, Cloud.STORAGE.id()).notes())
        .containsExactly(
            "BLOCKING InvalidAnnotation: annotation %s: '%s' is not of family IPv6, the second in spec.ipFamilies; name a subnet of that family"
                .formatted(key, id("c3")));
  }

  @Test
  void onlyTheFirstLoadBalancerTakesOneOver() {
    var wish = dual(true).octavia(25).with("fairway.dev/openstack-adopt", id("d2"));

    assertThat(Lines.of(wish.specs())).contains("adopt " + id("d2"), "second adopt -");
  }

  @Test
  void whatAddressesSomebodyElsesLoadBalancerHasIsNotForTheServiceToSay() {
    var none = without(Cloud.cloud(Cloud.NEW), Cloud.NODES_6);
    var wish = dual(true).around(none).with("fairway.dev/openstack-load-balancer", "edge");

    assertThat(Lines.of(wish.spec())).contains("attach edge", "more vips []");
  }
}
