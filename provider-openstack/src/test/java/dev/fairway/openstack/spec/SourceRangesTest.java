// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.IpFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceRangesTest {
  private static final String ALLOW = "fairway.dev/openstack-allow-unenforced-source-ranges";

  private static List<String> cidrs(Wish wish) {
    return wish.listener().allowedCidrs();
  }

  @Test
  void rangesAreCanonicalSortedAndOnce() {
    assertThat(cidrs(wish().tcp(80).from("192.0.2.9/24", " 10.1.2.3/8 ", "192.0.2.0/24")))
        .containsExactly("10.0.0.0/8", "192.0.2.0/24");
  }

  @Test
  void everybodyIsNoRange() {
    assertThat(cidrs(wish().tcp(80))).isEmpty();
    assertThat(cidrs(wish().tcp(80).from("0.0.0.0/0"))).isEmpty();
    assertThat(cidrs(wish().tcp(80).from("10.0.0.0/8", "0.0.0.0/0", "::/0"))).isEmpty();
    assertThat(wish().tcp(80).from("0.0.0.0/0").ovn().notes()).isEmpty();
  }

  @Test
  void everybodyOfOneFamilyIsARangeWhereThereAreTwo() {
    var dual = wish().tcp(80).families(true, IpFamily.IPV4, IpFamily.IPV6);

    assertThat(cidrs(dual.from("0.0.0.0/0"))).containsExactly("0.0.0.0/0");
    assertThat(cidrs(dual.from("::/0", "0.0.0.0/0"))).isEmpty();
  }

  @Test
  void rangesOfTheOtherFamilyAreNotForThisAddress() {
    assertThat(cidrs(wish().tcp(80).from("10.0.0.0/8", "2001:db8::/32")))
        .containsExactly("10.0.0.0/8");
    assertThat(
            cidrs(
                wish().tcp(80).families(false, IpFamily.IPV6).from("10.0.0.0/8", "2001:db8::/32")))
        .containsExactly("2001:db8::/32");
  }

  @Test
  void withoutARangeOfItsFamilyAnAddressWouldBeOpenSoThereIsNone() {
    var told =
        "BLOCKING InvalidSourceRange: source ranges [%s] of Service shop/web are none of family %s, so that nobody could connect; add one of that family";

    assertThat(wish().tcp(80).from("2001:db8::/32").notes())
        .containsExactly(told.formatted("2001:db8::/32", "IPv4"));
    var dual = wish().tcp(80).families(true, IpFamily.IPV4, IpFamily.IPV6).from("10.0.0.0/8");
    assertThat(cidrs(dual)).containsExactly("10.0.0.0/8");
    assertThat(dual.octavia(25).notes()).containsExactly(told.formatted("10.0.0.0/8", "IPv6"));
  }

  @Test
  void aRangeThatIsMalformedStopsEverything() {
    assertThat(wish().tcp(80).from("10.0.0.0/8", "10.0.0.0/33").notes())
        .containsExactly(
            "BLOCKING InvalidSourceRange: source range '10.0.0.0/33' of Service shop/web is not a CIDR; write for example 192.0.2.0/24");
  }

  @Test
  void anOctaviaThatCannotEnforceThemGetsNothing() {
    var wish = wish().tcp(80).from("10.0.0.0/8");

    assertThat(cidrs(wish.octavia(12))).containsExactly("10.0.0.0/8");
    assertThat(wish.octavia(11).notes())
        .containsExactly(
            "BLOCKING SourceRangesNotEnforced: the source ranges of Service shop/web (10.0.0.0/8) cannot be enforced by provider amphora (Octavia API 2.11); have everybody let in with %s: true, or Octavia updated"
                .formatted(ALLOW));
  }

  @Test
  void ovnNeedsTheSecurityGroupsOfTheNodes() {
    var wish = wish().tcp(80).from("10.0.0.0/8").ovn();

    assertThat(wish.notes())
        .containsExactly(
            "BLOCKING SourceRangesNotEnforced: the source ranges of Service shop/web (10.0.0.0/8) cannot be enforced by provider ovn (Octavia API 2.30); set manage-security-groups in cloud.conf, choose another provider in fairway.dev/openstack-provider, or have everybody let in with %s: true"
                .formatted(ALLOW));
    var managed = wish.option("manageSecurityGroups", true);
    assertThat(managed.notes()).isEmpty();
    assertThat(cidrs(managed)).isEmpty();
    assertThat(managed.access()).containsExactly("tcp 30080-30080 from 10.0.0.0/8");
  }

  @Test
  void whoeverAgreesLetsInEverybodyAndIsWarned() {
    var wish = wish().tcp(80).from("10.0.0.0/8").ovn();
    var told =
        "WARNING SourceRangesNotEnforced: the source ranges of Service shop/web (10.0.0.0/8) cannot be enforced by provider ovn (Octavia API 2.30): everybody may connect; remove them, or annotation "
            + ALLOW;

    assertThat(cidrs(wish.with(ALLOW, "true"))).isEmpty();
    assertThat(wish.with(ALLOW, "true").notes()).containsExactly(told);
    assertThat(wish.option("allowUnenforcedSourceRanges", true).notes()).containsExactly(told);
    assertThat(wish.option("allowUnenforcedSourceRanges", true).with(ALLOW, "false").read().specs())
        .isEmpty();
    assertThat(cidrs(wish().tcp(80).from("10.0.0.0/8").with(ALLOW, "true")))
        .containsExactly("10.0.0.0/8");
  }
}
