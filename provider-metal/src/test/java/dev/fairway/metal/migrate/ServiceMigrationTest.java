// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import static dev.fairway.metal.migrate.Theirs.annotated;
import static dev.fairway.metal.migrate.Theirs.found;
import static dev.fairway.metal.migrate.Theirs.moveServices;
import static dev.fairway.metal.migrate.Theirs.ours;
import static dev.fairway.metal.migrate.Theirs.service;
import static dev.fairway.metal.migrate.Theirs.spec;
import static dev.fairway.metal.migrate.Theirs.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.migration.Move.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pool is 192.0.2.0/24, and everybody announces it.
class ServiceMigrationTest {
  private static final String SHARE = "metallb.io/allow-shared-ip";

  @Test
  void everyAddressIsKeptForItsService() {
    var move = moveServices(service("web", "192.0.2.7"), service("blog/web", "192.0.2.8"));

    assertThat(ours(move, "AddressReservation"))
        .containsExactly(
            "blog.web {addresses=[192.0.2.8], namespace=blog, service=web}",
            "shop.web {addresses=[192.0.2.7], namespace=shop, service=web}");
    assertThat(found(move, Verdict.MAPS, "status.loadBalancer 192.0.2.7")).contains("shop.web");
    assertThat(move.complete()).isTrue();
  }

  @Test
  void bothAddressesOfADualStackServiceAreKept() {
    var move = moveServices(service("web", "192.0.2.7", "2001:db8::7"));

    assertThat(ours(move, "AddressReservation"))
        .containsExactly(
            "shop.web {addresses=[192.0.2.7, 2001:db8::7], namespace=shop, service=web}");
  }

  @Test
  void aServiceWithoutAnAddressNeedsNone() {
    assertThat(ours(moveServices(service("web")), "AddressReservation")).isEmpty();
  }

  @Test
  void whatIsNoLoadBalancerIsLeftAlone() {
    var move = moveServices(spec(service("web", "192.0.2.7"), "type", "ClusterIP"));

    assertThat(ours(move, "AddressReservation")).isEmpty();
  }

  @Test
  void theOldestOfThoseThatShareKeepsTheAddress() {
    var younger =
        with(
            annotated(service("a", "192.0.2.7"), SHARE, "front"),
            "creationTimestamp",
            "2026-01-02T00:00:00Z");
    var older =
        with(
            annotated(service("b", "192.0.2.7"), SHARE, "front"),
            "creationTimestamp",
            "2026-01-01T00:00:00Z");

    var move = moveServices(younger, older);

    assertThat(ours(move, "AddressReservation"))
        .containsExactly("shop.b {addresses=[192.0.2.7], namespace=shop, service=b}");
    assertThat(move.complete()).isTrue();
  }

  @Test
  void whoSharesAcrossNamespacesHasToSaySo() {
    var move =
        moveServices(
            annotated(service("one/web", "192.0.2.7"), SHARE, "front"),
            annotated(service("two/web", "192.0.2.7"), SHARE, "front"));

    assertThat(found(move, Verdict.REFUSED, "status.loadBalancer 192.0.2.7"))
        .contains(
            "annotate one/web with fairway.dev/share: front and fairway.dev/share-with: two",
            "this one with fairway.dev/share: one/front");
  }

  @Test
  void twoOfOneKeyWithTwoAddressesHaveToBeParted() {
    var move =
        moveServices(
            annotated(service("a", "192.0.2.7"), SHARE, "front"),
            annotated(service("b", "192.0.2.8"), SHARE, "front"));

    assertThat(found(move, Verdict.REFUSED, "status.loadBalancer 192.0.2.8"))
        .contains("shop/a has another one", "fairway.dev/share: b");
    assertThat(ours(move, "AddressReservation")).hasSize(2);
  }

  @Test
  void theyMayBePartedByOurAnnotation() {
    var parted =
        with(
            service("b", "192.0.2.8"),
            "annotations",
            Map.of(SHARE, "front", "fairway.dev/share", "b"));

    var move = moveServices(annotated(service("a", "192.0.2.7"), SHARE, "front"), parted);

    assertThat(move.complete()).isTrue();
  }

  @Test
  void aKeyThatCannotBeReadIsRefused() {
    var move = moveServices(annotated(service("a", "192.0.2.7"), SHARE, "front door!"));

    assertThat(found(move, Verdict.REFUSED, "metadata.annotations " + SHARE))
        .contains("fairway.dev/share");
  }

  @Test
  void oneAddressOfTwoServicesThatDoNotShareIsRefused() {
    var move = moveServices(service("a", "192.0.2.7"), service("b", "192.0.2.7"));

    assertThat(found(move, Verdict.REFUSED, "status.loadBalancer 192.0.2.7"))
        .contains("shop/a has it too");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metallb.io/", "metallb.universe.tf/"})
  void annotationsAreReadAsTheyStand(String prefix) {
    var all =
        Map.of(
            prefix + "address-pool", "public",
            prefix + "loadBalancerIPs", "192.0.2.7",
            prefix + "allow-shared-ip", "front",
            prefix + "ip-allocated-from-pool", "public");

    var move = moveServices(with(service("web", "192.0.2.7"), "annotations", all));

    all.keySet().forEach(key -> found(move, Verdict.MAPS, "metadata.annotations " + key));
    assertThat(move.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "metallb.io/address-pool, other, no pool other",
    "metallb.io/loadBalancerIPs, 192.0.2.9, asks for 192.0.2.9",
    "metallb.io/loadBalancerIPs, 192.0.2, no IP address",
    "metallb.io/colour, blue, not known"
  })
  void whatWouldMoveTheServiceIsRefused(String key, String value, String why) {
    var move = moveServices(annotated(service("web", "192.0.2.7"), key, value));

    assertThat(found(move, Verdict.REFUSED, "metadata.annotations " + key)).contains(why);
  }

  @Test
  void aPoolThatDoesNotHoldTheAddressIsRefused() {
    var move =
        Theirs.move(
            Theirs.POOL,
            Theirs.pool("other", "198.51.100.0/24"),
            Theirs.EVERYWHERE,
            annotated(service("web", "192.0.2.7"), "metallb.io/address-pool", "other"));

    assertThat(found(move, Verdict.REFUSED, "metadata.annotations metallb.io/address-pool"))
        .contains("192.0.2.7 is not in pool other");
  }

  @Test
  void theFieldCountsUnlessTheAnnotationIsThere() {
    var asked = spec(service("web", "192.0.2.7"), "loadBalancerIP", "192.0.2.7");
    var moved = spec(service("web", "192.0.2.7"), "loadBalancerIP", "192.0.2.8");

    found(moveServices(asked), Verdict.MAPS, "spec.loadBalancerIP");
    assertThat(found(moveServices(moved), Verdict.REFUSED, "spec.loadBalancerIP"))
        .contains("192.0.2.8", "192.0.2.7");
    assertThat(
            found(
                moveServices(annotated(moved, "metallb.io/loadBalancerIPs", "192.0.2.7")),
                Verdict.DIFFERS,
                "spec.loadBalancerIP"))
        .contains("takes the annotation");
  }

  @Test
  void anAddressInNoPoolIsKeptByAPoolForNobodyElse() {
    var move = moveServices(service("web", "203.0.113.7"));

    assertThat(ours(move, "AddressPool"))
        .contains("metallb-leftover {addresses=[203.0.113.7/32], autoAssign=false}");
    assertThat(ours(move, "AddressReservation"))
        .containsExactly("shop.web {addresses=[203.0.113.7], namespace=shop, service=web}");
    found(move, Verdict.DIFFERS, "status.loadBalancer 203.0.113.7");
  }

  @Test
  void anAddressThatOnlyBgpAnnouncesIsRefused() {
    var move =
        Theirs.move(
            Theirs.POOL,
            Theirs.of("BGPAdvertisement", "all", Map.of()),
            service("web", "192.0.2.7"));

    assertThat(found(move, Verdict.REFUSED, "status.loadBalancer 192.0.2.7"))
        .contains("no L2Advertisement announces pool public");
  }

  @Test
  void anAddressOfANodeIsRefused() {
    var node =
        Theirs.object(
            "v1",
            "Node",
            "",
            "node-1",
            Map.of(
                "status",
                Map.of(
                    "addresses", List.of(Map.of("type", "InternalIP", "address", "192.0.2.7")))));

    assertThat(
            found(
                moveServices(service("web", "192.0.2.7"), node),
                Verdict.REFUSED,
                "status.loadBalancer 192.0.2.7"))
        .contains("node node-1");
  }

  @Test
  void aFamilyThatTheServiceIsNotToHaveIsRefused() {
    var move = moveServices(spec(service("web", "192.0.2.7"), "ipFamilies", List.of("IPv6")));

    assertThat(found(move, Verdict.REFUSED, "status.loadBalancer 192.0.2.7"))
        .contains("spec.ipFamilies");
  }

  @Test
  void aSecondFamilyMayComeFromAnyPool() {
    var dual =
        spec(
            spec(service("web", "192.0.2.7"), "ipFamilies", List.of("IPv4", "IPv6")),
            "ipFamilyPolicy",
            "PreferDualStack");

    assertThat(found(moveServices(dual), Verdict.DIFFERS, "spec.ipFamilyPolicy"))
        .contains("any pool");
  }

  @Test
  void sourceRangesInAnAnnotationAreTold() {
    var key = "service.beta.kubernetes.io/load-balancer-source-ranges";
    var move = moveServices(annotated(service("web", "192.0.2.7"), key, "10.0.0.0/8"));

    assertThat(found(move, Verdict.DIFFERS, "metadata.annotations " + key))
        .contains("loadBalancerSourceRanges");
  }

  @Test
  void aNameIsNotFromMetalLb() {
    var named =
        Theirs.object(
            "v1",
            "Service",
            "shop",
            "web",
            Map.of(
                "spec",
                Map.of("type", "LoadBalancer"),
                "status",
                Map.of(
                    "loadBalancer",
                    Map.of("ingress", List.of(Map.of("hostname", "lb.example.com"))))));

    assertThat(found(moveServices(named), Verdict.REFUSED, "status.loadBalancer"))
        .contains("lb.example.com");
  }

  @Test
  void anotherClassIsLeftAlone() {
    var move =
        moveServices(spec(service("web", "192.0.2.7"), "loadBalancerClass", "example.com/x"));

    assertThat(ours(move, "AddressReservation")).isEmpty();
    assertThat(found(move, Verdict.MAPS, "spec.loadBalancerClass")).contains("left alone");
  }

  @Test
  void aClassWithTheMarkOfMetalLbIsItsOwn() {
    var marked =
        annotated(
            spec(service("web", "192.0.2.7"), "loadBalancerClass", "example.com/x"),
            "metallb.io/ip-allocated-from-pool",
            "public");

    var move = moveServices(marked);

    assertThat(ours(move, "AddressReservation")).hasSize(1);
    assertThat(found(move, Verdict.MAPS, "spec.loadBalancerClass")).contains("loadBalancerClasses");
  }
}
