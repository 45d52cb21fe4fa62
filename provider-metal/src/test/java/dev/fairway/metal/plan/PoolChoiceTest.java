// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.metal.model.AnnouncementView;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.PoolRules;
import dev.fairway.metal.model.PoolView;
import dev.fairway.metal.model.Selector;
import dev.fairway.metal.model.Surroundings;
import dev.fairway.metal.model.Terms;
import dev.fairway.metal.model.Terrain;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.owner.OwnerLoads;
import dev.fairway.metal.pool.AddressMap;
import dev.fairway.metal.pool.Allocator.Offer;
import dev.fairway.metal.pool.Avoidance;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.metal.pool.PoolState;
import dev.fairway.metal.pool.Reservation;
import dev.fairway.metal.pool.Reservations;
import dev.fairway.testkit.conformance.Examples;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which pool serves which Service, both families, reservations, and pools that shrink.
class PoolChoiceTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("shop", "web");
  private static final AnnouncementView EVERYWHERE =
      new AnnouncementView("all", Set.of(), Selector.EVERYTHING, List.of());
  private static final Selector GOLD = new Selector(Map.of("tier", "gold"), List.of());

  private final Present web = Examples.with(KEY, List.of("TCP/80@30080"), 3);

  @Test
  void aLowerPriorityComesFirstAndZeroLast() {
    assertThat(
            given(
                plan(
                    web,
                    pool("a", "192.0.2.1", rules(0)),
                    pool("b", "198.51.100.1", rules(20)),
                    pool("c", "203.0.113.1", rules(10)))))
        .containsExactly("203.0.113.1 of c");
  }

  @Test
  void ofEqualPrioritiesThePoolThatIsForSomeComesBeforeTheOneForAll() {
    var forShop = new PoolRules(true, 0, Set.of("shop"), List.of(), List.of());

    assertThat(
            given(plan(web, pool("a", "192.0.2.1", rules(0)), pool("b", "198.51.100.1", forShop))))
        .containsExactly("198.51.100.1 of b");
  }

  @Test
  void namespaceAndServiceMustBothMatchAndOneOfEachListIsEnough() {
    var rules =
        new PoolRules(
            true,
            0,
            Set.of("other"),
            List.of(GOLD),
            List.of(new Selector(Map.of("app", "x"), List.of()), GOLD));

    assertThat(rules.admits("other", Map.of(), Map.of("tier", "gold"))).isTrue();
    assertThat(rules.admits("shop", Map.of("tier", "gold"), Map.of("app", "x"))).isTrue();
    assertThat(rules.admits("shop", Map.of(), Map.of("app", "x"))).isFalse();
    assertThat(rules.admits("other", Map.of(), Map.of())).isFalse();
    assertThat(PoolRules.forEverybody(true).admits("any", Map.of(), Map.of())).isTrue();
  }

  @Test
  void aNamespaceThatIsNotKnownYetMatchesNoSelector() {
    var unlabelled =
        new Selector(
            Map.of(),
            List.of(
                new Selector.Expression("restricted", Selector.Operator.DOES_NOT_EXIST, Set.of())));
    var rules = new PoolRules(true, 0, Set.of(), List.of(unlabelled), List.of());

    assertThat(rules.admits("shop", Map.of(), Map.of())).isFalse();
    assertThat(rules.admits("shop", Map.of("kubernetes.io/metadata.name", "shop"), Map.of()))
        .isTrue();
  }

  @Test
  void aPoolForOthersIsRefusedAlsoWhenItIsNamed() {
    var others = pool("a", "192.0.2.1", new PoolRules(true, 0, Set.of("x"), List.of(), List.of()));

    var byName = plan(annotated(web, "fairway.dev/address-pool", "a"), others);
    var byAddress = plan(asking(web, false, List.of("192.0.2.9"), IpFamily.IPV4), others);

    assertThat(byName.actions()).isEmpty();
    assertThat(codes(byName)).containsExactly("PoolNotPermitted");
    assertThat(codes(byAddress)).containsExactly("PoolNotPermitted");
    assertThat(codes(plan(web, others))).containsExactly("NoPool");
  }

  @Test
  void theLabelsOfTheNamespaceAndOfTheServiceCount() {
    var gold =
        pool("a", "192.0.2.1", new PoolRules(true, 0, Set.of(), List.of(GOLD), List.of(GOLD)));
    var terms = new Terms(Map.of("tier", "gold"), Reservations.NONE, List.of(), false);

    assertThat(given(plan(labelled(web), around(terms, gold)))).containsExactly("192.0.2.1 of a");
    assertThat(codes(plan(web, around(terms, gold)))).containsExactly("NoPool");
    assertThat(codes(plan(labelled(web), gold))).containsExactly("NoPool");
  }

  @Test
  void anAddressThatThePoolAvoidsIsNotGivenOnRequest() {
    var pool =
        view(
            "a",
            new PoolState.Usable(
                List.of(IpRange.ofPrefix(IpAddress.of("192.0.2.0"), 24)),
                new Avoidance(List.of(), true)),
            rules(0),
            "192.0.2.1");

    assertThat(codes(plan(asking(web, false, List.of("192.0.2.255"), IpFamily.IPV4), pool)))
        .containsExactly("AddressAvoided");
  }

  @Test
  void bothFamiliesMayComeFromTwoPools() {
    assertThat(given(plan(dual(true), pool("a", "192.0.2.1", rules(0)), v6Pool())))
        .containsExactly("192.0.2.1 of a", "2001:db8::1 of six");
  }

  @Test
  void whoNeedsBothFamiliesGetsNothingWhileOneIsLackingAndIsToldWhich() {
    var plan = plan(dual(true), pool("a", "192.0.2.1", rules(0)));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.notes()).singleElement().returns(Note.Severity.BLOCKING, Note::severity);
    assertThat(plan.notes().getFirst().text()).contains("IPv6").contains("RequireDualStack");
  }

  @Test
  void whoPrefersBothFamiliesGetsOneAndLaterTheOtherWithoutLosingTheFirst() {
    var first = plan(dual(false), pool("a", "192.0.2.1", rules(0)));
    assertThat(given(first)).containsExactly("192.0.2.1 of a");
    assertThat(first.notes()).singleElement().returns(Note.Severity.WARNING, Note::severity);

    var later =
        MetalPlanner.plan(
            dual(false),
            seen(around(Terms.NONE, pool("a", "192.0.2.7", rules(0)), v6Pool()), vip("192.0.2.1")));

    assertThat(given(later)).containsExactly("2001:db8::1 of six");
    assertThat(later.actions()).hasSize(1);
  }

  @Test
  void aFamilyThatIsTakenAwayFromTheServiceIsReleased() {
    var plan =
        MetalPlanner.plan(
            web,
            seen(
                around(Terms.NONE, pool("a", "192.0.2.7", rules(0)), v6Pool()),
                vip("192.0.2.1"),
                vip("2001:db8::1")));

    assertThat(summaries(plan)).containsExactly("take 2001:db8::1 from shop/web");
  }

  @Test
  void aFamilyThatIsTakenAwayIsKeptWhileTheOtherOneIsLacking() {
    var plan =
        MetalPlanner.plan(
            asking(web, false, List.of(), IpFamily.IPV6),
            seen(around(Terms.NONE, pool("a", "192.0.2.7", rules(0))), vip("192.0.2.1")));

    assertThat(plan.actions()).isEmpty();
  }

  @Test
  void anAddressThatNoPoolHoldsAnyMoreIsKeptAndTold() {
    var plan =
        MetalPlanner.plan(
            web, seen(around(Terms.NONE, pool("b", "198.51.100.1", rules(0))), vip("192.0.2.1")));

    assertThat(plan.actions()).isEmpty();
    assertThat(codes(plan)).containsExactly("AddressOutsidePools");
    assertThat(plan.notes().getFirst().severity()).isEqualTo(Note.Severity.WARNING);
  }

  @Test
  void whereThatIsThePolicyItMovesOnceThereIsAnother() {
    var leaves = new Terms(Map.of(), Reservations.NONE, List.of(), true);

    var moved =
        MetalPlanner.plan(
            web, seen(around(leaves, pool("b", "198.51.100.1", rules(0))), vip("192.0.2.1")));
    var alone = MetalPlanner.plan(web, seen(around(leaves), vip("192.0.2.1")));
    var broken =
        new PoolView(
            "a",
            new PoolState.Malformed(List.of()),
            true,
            BigInteger.ZERO,
            BigInteger.ZERO,
            List.of());
    var mended =
        MetalPlanner.plan(
            web,
            seen(around(leaves, broken, pool("b", "198.51.100.1", rules(0))), vip("192.0.2.1")));

    assertThat(given(moved)).containsExactly("198.51.100.1 of b");
    assertThat(summaries(moved).getLast()).isEqualTo("take 192.0.2.1 from shop/web");
    assertThat(alone.actions()).isEmpty();
    assertThat(mended.actions()).isEmpty();
  }

  @Test
  void aPoolOfAnotherNameThatHoldsTheAddressIsNotedAndNothingMoves() {
    var plan =
        MetalPlanner.plan(
            web, seen(around(Terms.NONE, pool("new", "192.0.2.7", rules(0))), vip("192.0.2.1")));

    assertThat(summaries(plan))
        .containsExactly("note that 192.0.2.1 of shop/web is in pool new, before in pool a");
  }

  @Test
  void whoNamesAPoolKeepsItsAddressWhenThatPoolIsSplit() {
    var named = annotated(web, "fairway.dev/address-pool", "a");
    var around =
        around(Terms.NONE, pool("a", "198.51.100.1", rules(0)), pool("b", "192.0.2.7", rules(0)));

    assertThat(MetalPlanner.plan(named, seen(around, vip("192.0.2.1"))).actions()).isEmpty();
  }

  @Test
  void anAddressIsAnnouncedOnWhenNoAnnouncementIsForThePoolThatHoldsItNow() {
    var around =
        new Surroundings(
            List.of(pool("new", "192.0.2.7", rules(0))),
            List.of(new AnnouncementView("old", Set.of("a"), Selector.EVERYTHING, List.of())),
            Set.of("node-1", "node-2", "node-3"),
            OwnerLoads.none(),
            AddressMap.empty(),
            Terrain.UNKNOWN,
            Terms.NONE);

    assertThat(MetalPlanner.plan(web, seen(around, vip("192.0.2.1"))).actions()).isEmpty();
  }

  @Test
  void noReservationGivesAwayWhatANodeHas() {
    var node =
        new Avoidance.Entry(
            IpRange.ofPrefix(IpAddress.of("192.0.2.50"), 32), "it belongs to node node-1", true);
    var pool =
        view(
            "a",
            new PoolState.Usable(
                List.of(IpRange.ofPrefix(IpAddress.of("192.0.2.0"), 24)),
                new Avoidance(List.of(node), false)),
            rules(0),
            "192.0.2.1");
    var terms = new Terms(Map.of(), reservations(reservation("web")), List.of(), false);

    var plan = plan(asking(web, false, List.of("192.0.2.50"), IpFamily.IPV4), around(terms, pool));

    assertThat(codes(plan)).containsExactly("AddressAvoided");
    assertThat(given(plan)).isEmpty();
  }

  @Test
  void whatIsReservedForAServiceComesBeforeWhatAnybodyCanHave() {
    var reservation = reservation("web");
    var offer = List.of(new Offer(IpAddress.of("192.0.2.50"), "a"));
    var terms = new Terms(Map.of(), reservations(reservation), offer, false);

    assertThat(given(plan(web, around(terms, pool("a", "192.0.2.1", rules(0))))))
        .containsExactly("192.0.2.50 of a");
    assertThat(
            given(
                plan(
                    asking(web, false, List.of("192.0.2.50"), IpFamily.IPV4),
                    around(terms, pool("a", "192.0.2.1", rules(0))))))
        .containsExactly("192.0.2.50 of a");
  }

  @Test
  void whatIsReservedForAnotherIsRefusedWithItsName() {
    var terms = new Terms(Map.of(), reservations(reservation("mail")), List.of(), false);

    var plan =
        plan(
            asking(web, false, List.of("192.0.2.50"), IpFamily.IPV4),
            around(terms, pool("a", "192.0.2.1", rules(0))));

    assertThat(plan.notes().getFirst().text())
        .startsWith("address 192.0.2.50 is reserved for shop/mail by AddressReservation r");
  }

  @Test
  void whatStandsInTheStatusIsGivenAtFirstSight() {
    assertThat(given(plan(showing("192.0.2.50"), pool("a", "192.0.2.1", rules(0)))))
        .containsExactly("192.0.2.50 of a");
  }

  @Test
  void aReservationGivesItAlsoWhereThePoolIsForOthers() {
    var forOthers = new PoolRules(true, 0, Set.of("blog"), List.of(), List.of());
    var pool = pool("a", "192.0.2.1", forOthers);
    var terms = new Terms(Map.of(), reservations(reservation("web")), List.of(), false);

    assertThat(given(plan(showing("192.0.2.50"), pool))).isEmpty();
    assertThat(given(plan(showing("192.0.2.50"), around(terms, pool))))
        .containsExactly("192.0.2.50 of a");
  }

  private Present showing(String address) {
    return new Present(
        KEY,
        web.services(),
        web.frontends(),
        new AddressRequest(List.of(IpFamily.IPV4), false, List.of(), List.of(address)),
        web.backends(),
        web.annotations());
  }

  private static Reservation reservation(String service) {
    return new Reservation(
        "r", Instant.EPOCH, List.of("192.0.2.50"), Optional.of("shop"), Optional.of(service));
  }

  private static Reservations reservations(Reservation one) {
    return Reservations.of(List.of(one), List.of(IpRange.ofPrefix(IpAddress.of("192.0.2.0"), 24)));
  }

  private static PoolRules rules(int priority) {
    return new PoolRules(true, priority, Set.of(), List.of(), List.of());
  }

  private static PoolView pool(String name, String offer, PoolRules rules) {
    return view(
        name,
        new PoolState.Usable(List.of(IpRange.ofPrefix(IpAddress.of(offer), 24))),
        rules,
        offer);
  }

  private static PoolView v6Pool() {
    return view(
        "six",
        new PoolState.Usable(List.of(IpRange.ofPrefix(IpAddress.of("2001:db8::"), 64))),
        rules(0),
        "2001:db8::1");
  }

  private static PoolView view(String name, PoolState state, PoolRules rules, String offer) {
    return new PoolView(
        name, state, rules, BigInteger.TEN, BigInteger.ONE, List.of(IpAddress.of(offer)));
  }

  private static Surroundings around(Terms terms, PoolView... pools) {
    return new Surroundings(
        List.of(pools),
        List.of(EVERYWHERE),
        Set.of("node-1", "node-2", "node-3"),
        OwnerLoads.none(),
        AddressMap.empty(),
        Terrain.UNKNOWN,
        terms);
  }

  private static VipView vip(String address) {
    return new VipView(
        IpAddress.of(address),
        address.contains(":") ? "six" : "a",
        List.of("node-1", "node-2", "node-3"),
        List.of("192.0.2.1", "192.0.2.2", "192.0.2.3"),
        0,
        List.of(),
        Optional.empty());
  }

  private static MetalObserved seen(Surroundings around, VipView... vips) {
    return new MetalObserved(KEY, List.of(vips), List.of(), around);
  }

  private static Plan<MetalAction> plan(Present present, PoolView... pools) {
    return plan(present, around(Terms.NONE, pools));
  }

  private static Plan<MetalAction> plan(Present present, Surroundings around) {
    return MetalPlanner.plan(present, seen(around));
  }

  private static List<String> summaries(Plan<MetalAction> plan) {
    return plan.actions().stream().map(MetalAction::summary).toList();
  }

  private static List<String> codes(Plan<MetalAction> plan) {
    return plan.notes().stream().map(Note::code).toList();
  }

  private static List<String> given(Plan<MetalAction> plan) {
    return plan.actions().stream()
        .flatMap(action ->
            action instanceof MetalAction.CreateVip(_, var vip)
                ? Stream.of(vip.address() + " of " + vip.pool())
                : Stream.<String>of())
        .toList();
  }

  private Present dual(boolean requireAll) {
    return asking(web, requireAll, List.of(), IpFamily.IPV4, IpFamily.IPV6);
  }

  private static Present asking(
      Present of, boolean requireAll, List<String> addresses, IpFamily... families) {
    return new Present(
        KEY,
        of.services(),
        of.frontends(),
        new AddressRequest(List.of(families), requireAll, addresses, List.of()),
        of.backends(),
        of.annotations());
  }

  private static Present annotated(Present of, String key, String value) {
    return new Present(
        KEY, of.services(), of.frontends(), of.addresses(), of.backends(), Map.of(key, value));
  }

  private static Present labelled(Present of) {
    return new Present(
        KEY,
        of.services(),
        of.frontends(),
        of.addresses(),
        of.backends(),
        of.annotations(),
        Map.of("tier", "gold"));
  }
}
