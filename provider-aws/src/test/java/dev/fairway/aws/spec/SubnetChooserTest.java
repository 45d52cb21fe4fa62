// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Wish.full;
import static dev.fairway.aws.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.model.SubnetView;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubnetChooserTest {
  private static final String ELB = "kubernetes.io/role/elb";
  private static final String INTERNAL_ELB = "kubernetes.io/role/internal-elb";

  /// `a1`: the first subnet of zone a, 10.A.1.0/24 where A counts the zones from 1.
  private static SubnetView subnet(String name, boolean isPublic, String... tags) {
    return subnet(name, isPublic, 100, true, tags);
  }

  private static SubnetView subnet(
      String name, boolean isPublic, int free, boolean ipv6, String... tags) {
    var map = new HashMap<String, String>();
    for (var i = 0; i < tags.length; i += 2) {
      map.put(tags[i], tags[i + 1]);
    }
    var zone = name.charAt(0);
    return new SubnetView(
        "subnet-" + name,
        "eu-west-1" + zone,
        "10.%d.%c.0/24".formatted(zone - 'a' + 1, name.charAt(1)),
        ipv6,
        free,
        isPublic,
        map);
  }

  private static SubnetChooser.Choice choose(
      Wish wish, Scheme scheme, AddressType type, SubnetView... subnets) {
    return SubnetChooser.choose(wish.spec(), scheme, type, "prod", List.of(subnets));
  }

  private static List<String> found(Scheme scheme, SubnetView... subnets) {
    return ids(choose(wish().tcp(80), scheme, AddressType.IPV4, subnets));
  }

  private static List<String> ids(SubnetChooser.Choice choice) {
    assertThat(choice.notes()).isEmpty();
    return choice.mappings().orElseThrow().stream().map(SubnetMapping::subnetId).toList();
  }

  private static List<String> notes(SubnetChooser.Choice choice) {
    assertThat(choice.mappings()).isEmpty();
    return choice.notes().stream().map(Wish::line).toList();
  }

  @Test
  void subnetsWithTheTagOfTheirRoleAreTaken() {
    var subnets =
        new SubnetView[] {
          subnet("b1", false, ELB, "1"),
          subnet("a1", true, ELB, ""),
          subnet("a2", true, INTERNAL_ELB, "1"),
          subnet("c1", true, ELB, "0"),
          subnet("d1", true)
        };

    assertThat(found(Scheme.INTERNET_FACING, subnets)).containsExactly("subnet-a1", "subnet-b1");
    assertThat(found(Scheme.INTERNAL, subnets)).containsExactly("subnet-a2");
  }

  @Test
  void withoutSuchTagsReachabilityCounts() {
    var subnets = new SubnetView[] {subnet("a1", true), subnet("a2", false), subnet("b1", true)};

    assertThat(found(Scheme.INTERNET_FACING, subnets)).containsExactly("subnet-a1", "subnet-b1");
    assertThat(found(Scheme.INTERNAL, subnets)).containsExactly("subnet-a2");
    assertThat(found(Scheme.INTERNAL, subnet("a1", true), subnet("b1", true)))
        .containsExactly("subnet-a1", "subnet-b1");
  }

  @Test
  void subnetsOfOtherClustersAreLeftAlone() {
    assertThat(
            found(
                Scheme.INTERNAL,
                subnet("a1", false, "kubernetes.io/cluster/other", "shared"),
                subnet(
                    "b1",
                    false,
                    "kubernetes.io/cluster/other",
                    "shared",
                    "kubernetes.io/cluster/prod",
                    "shared"),
                subnet("c1", false)))
        .containsExactly("subnet-b1", "subnet-c1");
  }

  @Test
  void ofOneZoneThatOfTheClusterIsTakenAndThenThatWithTheLowestId() {
    assertThat(
            found(
                Scheme.INTERNAL,
                subnet("a2", false),
                subnet("a1", false),
                subnet("b1", false),
                subnet("b2", false, "kubernetes.io/cluster/prod", "owned")))
        .containsExactly("subnet-a1", "subnet-b2");
  }

  @Test
  void subnetsThatAreFullOrWithoutIpv6AreNotTaken() {
    assertThat(
            ids(
                choose(
                    wish().tcp(80),
                    Scheme.INTERNAL,
                    AddressType.DUALSTACK,
                    subnet("a1", false, 7, true),
                    subnet("a2", false, 8, true),
                    subnet("b1", false, 100, false))))
        .containsExactly("subnet-a2");
    assertThat(found(Scheme.INTERNAL, subnet("b1", false, 100, false)))
        .containsExactly("subnet-b1");
  }

  @Test
  void noSubnetIsToldWithTheTagToSet() {
    assertThat(
            notes(
                choose(
                    wish().tcp(80),
                    Scheme.INTERNET_FACING,
                    AddressType.IPV4,
                    subnet("a1", false),
                    subnet("b1", false))))
        .containsExactly(
            "BLOCKING NoSubnet: there is no subnet for an internet-facing load balancer: none of 2"
                + " subnets of the VPC is one for it; tag one of each zone with"
                + " kubernetes.io/role/elb: 1, or name them in annotation "
                + full("subnets"));
    assertThat(
            notes(
                choose(
                    wish().tcp(80),
                    Scheme.INTERNAL,
                    AddressType.DUALSTACK,
                    subnet("b1", false, 3, true),
                    subnet("a1", false, 100, false))))
        .containsExactly(
            "BLOCKING NoSubnet: there is no subnet for an internal load balancer: [subnet-a1,"
                + " subnet-b1] have too few free addresses (8 are needed) or no IPv6 range; tag one"
                + " of each zone with kubernetes.io/role/internal-elb: 1, or name them in"
                + " annotation "
                + full("subnets"));
  }

  @Test
  void namedSubnetsAreTakenInTheirOrderByIdOrName() {
    var wish = wish().tcp(80).with("subnets", "shop b, subnet-a1");

    assertThat(
            ids(
                choose(
                    wish,
                    Scheme.INTERNAL,
                    AddressType.IPV4,
                    subnet("a1", true, 1, false),
                    subnet("b1", true, "Name", "shop b"),
                    subnet("c1", false, INTERNAL_ELB, "1"))))
        .containsExactly("subnet-b1", "subnet-a1");
  }

  @Test
  void namedSubnetsThatCannotBeUsedAreAllTold() {
    var start =
        "BLOCKING InvalidAnnotation: annotation %s, or settings.subnets: "
            .formatted(full("subnets"));
    var fix = "; write ids or names of subnets, one of each zone";
    var wish = wish().tcp(80).with("subnets", "subnet-x,twin,subnet-a1,subnet-a2");

    assertThat(
            notes(
                choose(
                    wish,
                    Scheme.INTERNAL,
                    AddressType.DUALSTACK,
                    subnet("a1", false, 100, false),
                    subnet("a2", false),
                    subnet("b1", false, "Name", "twin"),
                    subnet("c1", false, "Name", "twin"))))
        .containsExactly(
            start + "names subnet 'subnet-x', which is not in the VPC" + fix,
            start + "names subnet 'twin', of which there are [subnet-b1, subnet-c1]" + fix,
            start + "names [subnet-a1, subnet-a2], which are all in zone eu-west-1a" + fix,
            start + "names subnet subnet-a1, which has no IPv6 range" + fix);
  }

  @Test
  void elasticIpsAndIpv6AddressesFollowTheOrderOfTheSubnets() {
    var wish =
        wish()
            .tcp(80)
            .with("scheme", "internet-facing")
            .with("ip-address-type", "dualstack")
            .with("subnets", "subnet-b1,subnet-a1")
            .with("eip-allocations", "eipalloc-1,eipalloc-2")
            .with("ipv6-addresses", "2001:db8::b,2001:db8::a");

    assertThat(
            choose(
                    wish,
                    Scheme.INTERNET_FACING,
                    AddressType.DUALSTACK,
                    subnet("a1", true),
                    subnet("b1", true))
                .mappings())
        .contains(
            List.of(
                new SubnetMapping(
                    "subnet-b1",
                    Optional.of("eipalloc-1"),
                    Optional.empty(),
                    Optional.of("2001:db8::b")),
                new SubnetMapping(
                    "subnet-a1",
                    Optional.of("eipalloc-2"),
                    Optional.empty(),
                    Optional.of("2001:db8::a"))));
  }

  @Test
  void privateAddressesAreGivenToTheSubnetsThatHoldThem() {
    var wish = wish().tcp(80).with("private-ipv4-addresses", "10.2.1.9,10.1.1.9");

    assertThat(
            choose(
                    wish,
                    Scheme.INTERNAL,
                    AddressType.IPV4,
                    subnet("a1", false),
                    subnet("b1", false))
                .mappings())
        .contains(
            List.of(
                new SubnetMapping(
                    "subnet-a1", Optional.empty(), Optional.of("10.1.1.9"), Optional.empty()),
                new SubnetMapping(
                    "subnet-b1", Optional.empty(), Optional.of("10.2.1.9"), Optional.empty())));
  }

  @Test
  void asManyAddressesAreNeededAsSubnetsAreFound() {
    var wish =
        wish().tcp(80).with("scheme", "internet-facing").with("eip-allocations", "eipalloc-1");

    assertThat(
            notes(
                choose(
                    wish,
                    Scheme.INTERNET_FACING,
                    AddressType.IPV4,
                    subnet("a1", true),
                    subnet("b1", true))))
        .containsExactly(
            "BLOCKING InvalidAnnotation: annotation %s: has 1 for 2 subnets: subnet-a1, subnet-b1; write one for each, or name the subnets in annotation %s"
                .formatted(full("eip-allocations"), full("subnets")));
  }

  @Test
  void privateAddressesOutsideOfTheSubnetsOrTwoInOneAreTold() {
    var start = "BLOCKING InvalidAnnotation: annotation " + full("private-ipv4-addresses") + ": ";
    var ranges = "subnet-a1 10.1.1.0/24, subnet-b1 10.2.1.0/24";
    var subnets = new SubnetView[] {subnet("a1", false), subnet("b1", false)};

    assertThat(
            notes(
                choose(
                    wish().tcp(80).with("private-ipv4-addresses", "10.1.1.9,10.3.1.9"),
                    Scheme.INTERNAL,
                    AddressType.IPV4,
                    subnets)))
        .containsExactly(
            start
                + "10.3.1.9 is in none of the subnets: %s; write one address of each"
                    .formatted(ranges));
    assertThat(
            notes(
                choose(
                    wish().tcp(80).with("private-ipv4-addresses", "10.1.1.9,10.1.1.10"),
                    Scheme.INTERNAL,
                    AddressType.IPV4,
                    subnets)))
        .containsExactly(
            start
                + "10.1.1.10 is the second one in subnet subnet-a1; write one address of each of "
                + ranges);
  }
}
