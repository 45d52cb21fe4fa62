// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.metal.model.AnnouncementView;
import dev.fairway.metal.model.Hold;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.PoolView;
import dev.fairway.metal.model.Selector;
import dev.fairway.metal.model.Surroundings;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.owner.OwnerLoads;
import dev.fairway.metal.pool.AddressMap;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.metal.pool.PoolState;
import dev.fairway.testkit.conformance.Examples;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which address a load balancer keeps, gets back, or leaves to somebody else. There is one pool,
/// 192.0.2.0/24, which offers 192.0.2.7.
class KeptAddressTest {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private static final LoadBalancerKey OTHER = LoadBalancerKey.ofService("shop", "web-2");
  private static final LoadBalancerKey GROUP = LoadBalancerKey.ofShareKey("default", "front");
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private static final Hold DAY = new Hold(Duration.ofDays(1), Optional.empty());
  private static final Hold FOR_OTHER = new Hold(Duration.ofHours(1), Optional.of(OTHER));

  private final Present web = Examples.with(WEB, List.of("TCP/80@30080"), 1);

  @Test
  void anAddressThatUsersKnowIsTakenWhenItIsFree() {
    assertThat(summaries(plan(preferring(web, "192.0.2.9"), nothing(WEB))))
        .containsExactly("give 192.0.2.9 of pool a to default/web, announced by node-1");
  }

  @Test
  void anAddressThatUsersKnowIsNotWaitedFor() {
    var seen = around(nothing(WEB), inUse("192.0.2.9", OTHER));

    assertThat(summaries(plan(preferring(web, "192.0.2.9"), seen)))
        .containsExactly("give 192.0.2.7 of pool a to default/web, announced by node-1");
    assertThat(summaries(plan(preferring(web, "198.51.100.1"), nothing(WEB))))
        .containsExactly("give 192.0.2.7 of pool a to default/web, announced by node-1");
  }

  @Test
  void aWishForAPoolComesBeforeAnAddressThatUsersKnow() {
    var elsewhere = annotated(preferring(web, "192.0.2.9"), "fairway.dev/address-pool", "b");

    assertThat(codes(plan(elsewhere, nothing(WEB)))).containsExactly("UnknownPool");
  }

  @Test
  void anAddressInUseIsToldWithItsHolderAndHowToShareIt() {
    var plan = plan(requesting("192.0.2.9"), around(nothing(WEB), inUse("192.0.2.9", OTHER)));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.notes().getFirst())
        .returns("AddressInUse", Note::code)
        .returns(Note.Severity.BLOCKING, Note::severity);
    assertThat(plan.notes().getFirst().text())
        .isEqualTo(
            "address 192.0.2.9 belongs to shop/web-2; ask for another one, or share it: annotate"
                + " that Service with fairway.dev/share: web-2 and this one with"
                + " fairway.dev/share: shop/web-2, and fairway.dev/share-with: default there");
  }

  @Test
  void anAddressThatIsSharedIsToldWithTheGroupToJoin() {
    var plan = plan(requesting("192.0.2.9"), around(nothing(WEB), inUse("192.0.2.9", GROUP)));

    assertThat(plan.notes().getFirst().text())
        .startsWith(
            "address 192.0.2.9 belongs to the Services of namespace default that share front")
        .endsWith("annotate this Service with fairway.dev/share: front");
  }

  @Test
  void whoAsksForATakenAddressKeepsTheOneItHas() {
    var seen = around(having("192.0.2.5", Optional.empty()), inUse("192.0.2.9", OTHER));

    var plan = plan(requesting("192.0.2.9"), seen);

    assertThat(plan.actions()).isEmpty();
    assertThat(codes(plan)).containsExactly("AddressInUse");
  }

  @Test
  void theTimeToHoldStandsWithTheVipFromItsCreationOn() {
    var plan = plan(annotated(web, "fairway.dev/hold-address", "24h"), nothing(WEB));

    assertThat(((MetalAction.CreateVip) plan.actions().getFirst()).vip().hold()).contains(DAY);
  }

  @Test
  void anotherTimeToHoldIsOneUpdate() {
    var plan =
        plan(
            annotated(web, "fairway.dev/hold-address", "90m"),
            having("192.0.2.5", Optional.of(DAY)));

    assertThat(summaries(plan))
        .containsExactly(
            "note that 192.0.2.5 is to be held for default/web, 90m when default/web lets go of it");
    assertThat(summaries(plan(web, having("192.0.2.5", Optional.of(DAY)))))
        .containsExactly("note that 192.0.2.5 need not be held for default/web");
  }

  @Test
  void whatGoesIsHeldWhenItsServiceAskedForThat() {
    assertThat(summaries(absent(having("192.0.2.5", Optional.of(DAY)))))
        .containsExactly("take 192.0.2.5 from default/web and hold it for default/web, 1d");
    assertThat(summaries(absent(having("192.0.2.5", Optional.of(FOR_OTHER)))))
        .containsExactly("take 192.0.2.5 from default/web and hold it for shop/web-2, 1h");
    assertThat(absent(having("192.0.2.5", Optional.of(DAY))).actions().getFirst().effect())
        .isEqualTo(Effect.DELETE);
  }

  @Test
  void whatIsHeldIsNothingThatExists() {
    var seen = reserving(nothing(WEB), held("192.0.2.5", WEB, WEB));

    assertThat(seen.exists()).isFalse();
    assertThat(absent(seen).actions()).isEmpty();
  }

  @Test
  void whoIsMadeAgainGetsWhatIsHeldForItWhateverBecameOfThePool() {
    var seen = reserving(nothing(WEB), held("203.0.113.1", WEB, WEB));

    var plan = plan(web, seen);

    assertThat(summaries(plan))
        .containsExactly(
            "give 203.0.113.1, which was held for default/web, to default/web, announced by"
                + " node-1");
    assertThat(plan.actions().getFirst().effect()).isEqualTo(Effect.CREATE);
  }

  @Test
  void whoHasAnAddressTakesNoOtherThatIsHeldForItUnlessItAsks() {
    var seen = reserving(having("192.0.2.5", Optional.empty()), held("192.0.2.9", OTHER, WEB));

    assertThat(plan(web, seen).actions()).isEmpty();
    assertThat(summaries(plan(requesting("192.0.2.9"), seen)))
        .containsExactly(
            "give 192.0.2.9, which was held for default/web, to default/web, announced by node-1",
            "take 192.0.2.5 from default/web");
  }

  @Test
  void nobodyElseGetsAHeldAddressAndIsToldForWhomAndUntilWhen() {
    var seen = around(nothing(WEB), held("192.0.2.9", GROUP, OTHER));

    var plan = plan(requesting("192.0.2.9"), seen);

    assertThat(plan.actions()).isEmpty();
    assertThat(codes(plan)).containsExactly("AddressHeld");
    assertThat(plan.notes().getFirst().message())
        .isEqualTo("address 192.0.2.9 is held for shop/web-2 until 2026-01-01T00:00:00Z");
    assertThat(summaries(plan(preferring(web, "192.0.2.9"), seen)))
        .containsExactly("give 192.0.2.7 of pool a to default/web, announced by node-1");
  }

  @Test
  void aSuccessorThatSharesALoadBalancerMayHaveTheAddressToo() {
    var group = Examples.with(LoadBalancerKey.ofService("shop", "web-2"), List.of("TCP/80@1"), 1);
    var present =
        new Present(
            GROUP,
            group.services(),
            group.frontends(),
            new AddressRequest(List.of(IpFamily.IPV4), false, List.of("192.0.2.9"), List.of()),
            group.backends(),
            Map.of());

    var plan = plan(present, around(nothing(GROUP), held("192.0.2.9", WEB, OTHER)));

    assertThat(plan.actions().getFirst()).isInstanceOf(MetalAction.ClaimVip.class);
  }

  @Test
  void whoLeavesAGroupWhoseAddressIsHeldKeepsTheAddressItsUsersKnow() {
    var seen = around(nothing(WEB), held("192.0.2.9", GROUP, GROUP));

    assertThat(plan(preferring(web, "192.0.2.9"), seen).actions().getFirst())
        .isInstanceOf(MetalAction.ClaimVip.class);
  }

  @Test
  void whoAsksForAnotherAddressLeavesTheOldOneToItsSuccessorOnly() {
    var handingOver =
        annotated(requesting("192.0.2.9"), "fairway.dev/hand-over-address-to", "shop/web-2");
    var holding = annotated(requesting("192.0.2.9"), "fairway.dev/hold-address", "24h");

    assertThat(summaries(plan(handingOver, having("192.0.2.5", Optional.empty()))))
        .last()
        .isEqualTo("take 192.0.2.5 from default/web and hold it for shop/web-2, 1h");
    assertThat(summaries(plan(holding, having("192.0.2.5", Optional.of(DAY)))))
        .last()
        .isEqualTo("take 192.0.2.5 from default/web");
  }

  @Test
  void aSuccessorWithoutNamespaceIsOfTheSameOne() {
    var plan = plan(annotated(web, "fairway.dev/hand-over-address-to", "next"), nothing(WEB));

    assertThat(((MetalAction.CreateVip) plan.actions().getFirst()).vip().hold())
        .contains(
            new Hold(
                Duration.ofHours(1), Optional.of(LoadBalancerKey.ofService("default", "next"))));
  }

  @ParameterizedTest
  @CsvSource({"30s, 30", "15m, 900", "24h, 86400", "7d, 604800", "365d, 31536000"})
  void timesAreReadWithTheirUnit(String text, long seconds) {
    var plan = plan(annotated(web, "fairway.dev/hold-address", text), nothing(WEB));

    assertThat(((MetalAction.CreateVip) plan.actions().getFirst()).vip().hold())
        .map(hold -> hold.time().toSeconds())
        .contains(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"24", "0s", "1w", "-1h", "366d", "", "1h30m"})
  void aTimeThatCannotBeReadStopsEverythingAndKeepsWhatIsHeldFor(String text) {
    var present = annotated(web, "fairway.dev/hold-address", text);

    assertThat(codes(plan(present, nothing(WEB)))).containsExactly("InvalidAnnotation");
    assertThat(plan(present, nothing(WEB)).actions()).isEmpty();
    assertThat(plan(present, having("192.0.2.5", Optional.of(DAY))).actions()).isEmpty();
  }

  private static Plan<MetalAction> plan(Present present, MetalObserved seen) {
    return MetalPlanner.plan(present, seen);
  }

  private static Plan<MetalAction> absent(MetalObserved seen) {
    return MetalPlanner.plan(new Desired.Absent(seen.key()), seen);
  }

  private static List<String> summaries(Plan<MetalAction> plan) {
    return plan.actions().stream().map(MetalAction::summary).toList();
  }

  private static List<String> codes(Plan<MetalAction> plan) {
    return plan.notes().stream().map(Note::code).toList();
  }

  private static MetalObserved nothing(LoadBalancerKey key) {
    var pool =
        new PoolView(
            "a",
            new PoolState.Usable(List.of(IpRange.ofPrefix(IpAddress.of("192.0.2.0"), 24))),
            true,
            BigInteger.valueOf(256),
            BigInteger.TEN,
            List.of(IpAddress.of("192.0.2.7")));
    var everywhere = new AnnouncementView("all", Set.of(), Selector.EVERYTHING, List.of());
    return new MetalObserved(
        key,
        List.of(),
        List.of(),
        new Surroundings(
            List.of(pool),
            List.of(everywhere),
            Set.of("node-1"),
            OwnerLoads.none(),
            AddressMap.empty()));
  }

  private static MetalObserved having(String address, Optional<Hold> hold) {
    var vip = vip(address, hold);
    return around(nothing(WEB).with(vip), new Holding.InUse(WEB, vip));
  }

  private static MetalObserved reserving(MetalObserved seen, Holding.Held held) {
    var around = around(seen, held);
    return new MetalObserved(around.key(), around.vips(), List.of(held), around.surroundings());
  }

  private static MetalObserved around(MetalObserved seen, Holding holding) {
    var s = seen.surroundings();
    return new MetalObserved(
        seen.key(),
        seen.vips(),
        seen.held(),
        new Surroundings(
            s.pools(),
            s.announcements(),
            s.speakers(),
            s.load(),
            s.holdings().with(holding.address(), holding)));
  }

  private static Holding inUse(String address, LoadBalancerKey by) {
    return new Holding.InUse(by, vip(address, Optional.empty()));
  }

  private static Holding.Held held(
      String address, LoadBalancerKey formerly, LoadBalancerKey reservedFor) {
    return new Holding.Held(IpAddress.of(address), "a", formerly, reservedFor, END);
  }

  private static VipView vip(String address, Optional<Hold> hold) {
    return new VipView(
        IpAddress.of(address), "a", List.of("node-1"), List.of("192.0.2.1"), 0, List.of(), hold);
  }

  private Present requesting(String address) {
    return with(
        web, new AddressRequest(List.of(IpFamily.IPV4), false, List.of(address), List.of()));
  }

  private static Present preferring(Present present, String address) {
    return with(
        present, new AddressRequest(List.of(IpFamily.IPV4), false, List.of(), List.of(address)));
  }

  private static Present with(Present present, AddressRequest addresses) {
    return new Present(
        present.key(),
        present.services(),
        present.frontends(),
        addresses,
        present.backends(),
        present.annotations());
  }

  private static Present annotated(Present present, String key, String value) {
    return new Present(
        present.key(),
        present.services(),
        present.frontends(),
        present.addresses(),
        present.backends(),
        Map.of(key, value));
  }
}
