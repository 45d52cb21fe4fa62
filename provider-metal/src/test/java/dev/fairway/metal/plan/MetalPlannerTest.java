// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.metal.model.AnnouncementView;
import dev.fairway.metal.model.Answering;
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
import dev.fairway.metal.pool.PoolAddresses;
import dev.fairway.metal.pool.PoolState;
import dev.fairway.testkit.conformance.Examples;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetalPlannerTest {
  private static final String FOREIGN = "02:00:00:00:00:0a";
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("default", "web");
  private static final Set<String> ALL_NODES = Set.of("node-1", "node-2", "node-3");
  private static final AnnouncementView EVERYWHERE =
      new AnnouncementView("all", Set.of(), Selector.EVERYTHING, List.of());

  private final Present web = Examples.with(KEY, List.of("TCP/80@30080"), 3);

  @Test
  void aNewServiceGetsTheOfferedAddressAnnouncedByOneNode() {
    var plan = plan(web, surroundings(pool("a", "192.0.2.7")));

    assertThat(summaries(plan))
        .singleElement()
        .asString()
        .startsWith("give 192.0.2.7 of pool a to default/web, announced by node-");
    assertThat(plan.notes()).isEmpty();
    assertThat(created(plan).owners()).hasSize(3);
  }

  @Test
  void anExhaustedPoolIsNamedWithItsSize() {
    var plan = plan(web, surroundings(exhausted("a")));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.notes().getFirst().code()).isEqualTo("PoolExhausted");
    assertThat(plan.notes().getFirst().text())
        .contains("pool a has no free IPv4 address: 0 of the 4 addresses of a are free");
  }

  @Test
  void aServiceKeepsItsAddressWhateverBecomesOfThePool() {
    var vip = vip("192.0.2.7", "gone", "node-1", "node-2", "node-3");

    var plan = plan(web, surroundings(pool("a", "198.51.100.1")), vip);

    assertThat(plan.actions().stream().filter(a -> !(a instanceof MetalAction.UpdateVip)))
        .isEmpty();
  }

  @Test
  void noPoolAtAllIsTold() {
    assertThat(codes(plan(web, surroundings()))).containsExactly("NoPool");
    assertThat(codes(plan(web, surroundings(manual("a", "192.0.2.7"))))).containsExactly("NoPool");
  }

  @Test
  void aPoolThatIsNotAutomaticIsUsedWhenItIsNamed() {
    var plan = plan(inPool("a"), surroundings(manual("a", "192.0.2.7")));

    assertThat(created(plan).address()).hasToString("192.0.2.7");
  }

  @Test
  void aMisspeltPoolIsToldWithTheNearestName() {
    var plan = plan(inPool("publik"), surroundings(pool("public", "192.0.2.7")));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.notes().getFirst().text())
        .isEqualTo("there is no AddressPool 'publik'; did you mean public?");
  }

  @Test
  void anInvalidPoolIsToldWithItsReason() {
    var invalid =
        new PoolView(
            "a",
            new PoolState.Malformed(
                List.of(
                    new PoolAddresses.Problem(0, "10.0.0.5/24", "has host bits set", "write x"))),
            true,
            BigInteger.ZERO,
            BigInteger.ZERO,
            List.of());

    assertThat(plan(inPool("a"), surroundings(invalid)).notes().getFirst().text())
        .contains("pool a cannot be used")
        .contains("10.0.0.5/24");
  }

  @Test
  void theNextPoolServesWhenTheFirstIsFull() {
    var plan = plan(web, surroundings(exhausted("a"), pool("b", "198.51.100.1")));

    assertThat(created(plan).pool()).isEqualTo("b");
  }

  @Test
  void anotherPoolMovesTheServiceAndTheOldAddressGoesLast() {
    var plan =
        plan(
            inPool("b"),
            surroundings(pool("a", "192.0.2.8"), pool("b", "198.51.100.1")),
            vip("192.0.2.7", "a", "node-1"));

    assertThat(plan.actions().stream().map(MetalAction::effect))
        .containsExactly(Effect.CREATE, Effect.DISRUPT);
    assertThat(summaries(plan).getLast()).isEqualTo("take 192.0.2.7 from default/web");
  }

  @Test
  void aRequestedAddressIsTakenFromThePoolThatHoldsIt() {
    var plan = plan(requesting("192.0.2.9"), surroundings(pool("a", "192.0.2.7")));

    assertThat(plan.actions().getFirst())
        .isInstanceOfSatisfying(
            MetalAction.CreateVip.class,
            create -> {
              assertThat(create.vip().address()).hasToString("192.0.2.9");
            });
  }

  @Test
  void aRequestedAddressOutsideAllPoolsIsRefusedAndThePresentOneKept() {
    var plan =
        plan(
            requesting("203.0.113.1"),
            surroundings(pool("a", "192.0.2.7")),
            vip("192.0.2.7", "a", "node-1", "node-2", "node-3"));

    assertThat(codes(plan)).containsExactly("AddressOutsidePools");
    assertThat(plan.actions()).noneMatch(action -> action instanceof MetalAction.DeleteVip);
  }

  @Test
  void theOwnerStaysWhileItIsAliveAndTheNextOneFollowsWhenItIsNot() {
    var vip = vip("192.0.2.7", "a", "node-2", "node-3", "node-1");
    var pool = pool("a", "192.0.2.8");

    assertThat(plan(web, surroundings(pool), vip).actions()).isEmpty();
    var moved = plan(web, around(Set.of("node-1", "node-3"), List.of(EVERYWHERE), pool), vip);

    assertThat(summaries(moved))
        .containsExactly(
            "move 192.0.2.7 of default/web: announced by node-3, before announced by node-2");
  }

  @Test
  void whoTookOverStaysTheOwner() {
    var vip = vip("192.0.2.7", "a", "node-2", "node-3", "node-1");

    var moved = owners(answered(vip, "node-3", true));

    assertThat(moved.owners()).containsExactly("node-3", "node-2", "node-1");
    assertThat(moved.ownerAddresses()).containsExactly("192.0.2.3", "192.0.2.2", "192.0.2.1");
    assertThat(moved.ownersVersion()).isEqualTo(vip.ownersVersion() + 1);
  }

  @Test
  void whoAnswersByAnOlderListDoesNotStayForThat() {
    var vip = vip("192.0.2.7", "a", "node-2", "node-3", "node-1");

    assertThat(answered(vip, "node-3", false).actions()).isEmpty();
  }

  @Test
  void whoIsNoOwnerDoesNotBecomeOneByAnswering() {
    var vip = vip("192.0.2.7", "a", "node-2", "node-3", "node-1");

    assertThat(answered(vip, "node-9", true).actions()).isEmpty();
  }

  @Test
  void theVersionOfTheOwnersStaysWhileTheyDo() {
    var vip = vip("192.0.2.7", "a", "node-2", "node-3", "node-1");
    var moved =
        new VipView(
            vip.address(),
            vip.pool(),
            vip.owners(),
            List.of("192.0.2.2", "192.0.2.30", "192.0.2.1"),
            4,
            vip.interfaces(),
            vip.hold());

    var plan = plan(web, surroundings(pool("a", "192.0.2.8")), moved);

    assertThat(owners(plan).ownersVersion()).isEqualTo(4);
    assertThat(summaries(plan))
        .containsExactly(
            "note that the owners of 192.0.2.7 of default/web are reached at [192.0.2.2, 192.0.2.3,"
                + " 192.0.2.1]");
  }

  private Plan<MetalAction> answered(VipView vip, String node, boolean byPresentOwners) {
    return MetalPlanner.plan(
        web,
        new MetalObserved(
            KEY,
            List.of(vip),
            List.of(),
            surroundings(pool("a", "192.0.2.8")),
            Map.of(
                vip.address(),
                new Answering(node, "02:00:00:00:00:01", "eth0", "", byPresentOwners)),
            Map.of()));
  }

  @Test
  void whatAForeignHostHasIsReplacedAndGivenToNobody() {
    var vip = vip("192.0.2.7", "a", "node-1");
    var seen = contested(vip, Map.of(), pool("a", "192.0.2.8"));

    var plan = MetalPlanner.plan(web, seen);

    assertThat(created(plan).address()).isEqualTo(IpAddress.of("192.0.2.8"));
    assertThat(plan.actions().getLast())
        .isEqualTo(new MetalAction.QuarantineVip(KEY, vip.address(), FOREIGN));
    assertThat(plan.notes()).singleElement().asString().contains("AddressTaken", FOREIGN);
    assertThat(seen.ingress()).isEmpty();
  }

  @Test
  void whatAForeignHostHasIsKeptWhileThereIsNothingElse() {
    var plan =
        MetalPlanner.plan(
            web, contested(vip("192.0.2.7", "a", "node-1"), Map.of(), exhausted("a")));

    assertThat(plan.actions()).noneMatch(MetalAction.QuarantineVip.class::isInstance);
    assertThat(plan.notes()).anySatisfy(note -> assertThat(note.text()).contains(FOREIGN));
    assertThat(codes(plan)).contains("AddressTaken");
  }

  @Test
  void whatIsAnnouncedStaysAlthoughAForeignHostClaimsItLater() {
    var vip = vip("192.0.2.7", "a", "node-1");
    var answering = new Answering("node-1", "02:00:00:00:00:01", "eth0", "", true);
    var seen = contested(vip, Map.of(vip.address(), answering), pool("a", "192.0.2.8"));

    var plan = MetalPlanner.plan(web, seen);

    assertThat(plan.actions()).noneMatch(MetalAction.CreateVip.class::isInstance);
    assertThat(plan.notes()).singleElement().asString().contains("stays announced", FOREIGN);
    assertThat(seen.ingress()).hasSize(1);
  }

  @Test
  void whoAnswersForAddressAfterAddressIsGivenNoFurtherOne() {
    var holdings = AddressMap.<Holding>empty();
    for (var n = 20; n < 23; n++) {
      var address = IpAddress.of("192.0.2." + n);
      holdings =
          holdings.with(
              address, new Holding.Quarantined(address, "a", KEY, FOREIGN, Instant.EPOCH));
    }
    var vip = vip("192.0.2.7", "a", "node-1");
    var around = surroundings(pool("a", "192.0.2.8"));
    var seen =
        new MetalObserved(
            KEY,
            List.of(vip),
            List.of(),
            new Surroundings(
                around.pools(),
                around.announcements(),
                around.speakers(),
                around.load(),
                holdings,
                around.terrain(),
                around.terms()),
            Map.of(),
            Map.of(vip.address(), FOREIGN));

    var plan = MetalPlanner.plan(web, seen);

    assertThat(plan.actions()).noneMatch(MetalAction.CreateVip.class::isInstance);
    assertThat(plan.actions()).noneMatch(MetalAction.QuarantineVip.class::isInstance);
  }

  @Test
  void ofTwoAddressesTheOneThatNoForeignHostHasIsKept() {
    var foreign = vip("192.0.2.7", "a", "node-1");
    var good = vip("192.0.2.8", "a", "node-1");
    var seen =
        new MetalObserved(
            KEY,
            List.of(foreign, good),
            List.of(),
            surroundings(pool("a", "192.0.2.9")),
            Map.of(),
            Map.of(foreign.address(), FOREIGN));

    var plan = MetalPlanner.plan(web, seen);

    assertThat(plan.actions()).noneMatch(MetalAction.CreateVip.class::isInstance);
    assertThat(plan.actions())
        .contains(new MetalAction.QuarantineVip(KEY, foreign.address(), FOREIGN));
  }

  private static MetalObserved contested(
      VipView vip, Map<IpAddress, Answering> answering, PoolView... pools) {
    return new MetalObserved(
        KEY,
        List.of(vip),
        List.of(),
        surroundings(pools),
        answering,
        Map.of(vip.address(), FOREIGN));
  }

  private static VipView owners(Plan<MetalAction> plan) {
    return ((MetalAction.UpdateVip) plan.actions().getFirst()).to();
  }

  @Test
  void aNodeThatReturnsTakesNothingBack() {
    var vip = vip("192.0.2.7", "a", "node-3", "node-1");

    var plan = plan(web, surroundings(pool("a", "192.0.2.8")), vip);

    assertThat(((MetalAction.UpdateVip) plan.actions().getFirst()).to().owners().getFirst())
        .isEqualTo("node-3");
  }

  @Test
  void withPolicyLocalOnlyNodesWithEndpointsAnnounce() {
    var local = Examples.local(web, Set.of("node-2"));

    assertThat(created(plan(local, surroundings(pool("a", "192.0.2.7")))).owners())
        .containsExactly("node-2");
  }

  @Test
  void withPolicyLocalAndNoEndpointNobodyAnnouncesAndTheReasonIsTold() {
    var plan = plan(Examples.local(web, Set.of()), surroundings(pool("a", "192.0.2.7")));

    assertThat(created(plan).owners()).isEmpty();
    assertThat(codes(plan)).containsExactly("NoLocalEndpoint");
  }

  @Test
  void withoutAnAnnouncementTheAddressIsReservedAndTheReasonTold() {
    var other = new AnnouncementView("x", Set.of("other"), Selector.EVERYTHING, List.of());

    var plan = plan(web, around(ALL_NODES, List.of(other), pool("a", "192.0.2.7")));

    assertThat(created(plan).owners()).isEmpty();
    assertThat(codes(plan)).containsExactly("NotAnnounced");
  }

  @Test
  void theNodeSelectorOfTheAnnouncementIsKept() {
    var onNode2 =
        new AnnouncementView(
            "x",
            Set.of(),
            new Selector(
                Map.of(),
                List.of(
                    new Selector.Expression(
                        "kubernetes.io/hostname", Selector.Operator.IN, Set.of("node-2")))),
            List.of("eth0"));

    var vip = created(plan(web, around(ALL_NODES, List.of(onNode2), pool("a", "192.0.2.7"))));

    assertThat(vip.owners()).containsExactly("node-2");
    assertThat(vip.interfaces()).containsExactly("eth0");
  }

  @Test
  void noLivingSpeakerIsTold() {
    var plan = plan(web, around(Set.of(), List.of(EVERYWHERE), pool("a", "192.0.2.7")));

    assertThat(codes(plan)).containsExactly("NoEligibleNode");
    assertThat(plan.notes().getFirst().text()).contains("3 nodes, 3 of them selected");
  }

  @Test
  void aNodeThatIsNotReadyAnnouncesOnlyWhenNoneIs() {
    assertThat(created(plan(ready("node-3"), surroundings(pool("a", "192.0.2.7")))).owners())
        .containsExactly("node-3");
    assertThat(created(plan(ready(), surroundings(pool("a", "192.0.2.7")))).owners()).hasSize(3);
  }

  @Test
  void aWishThatCannotBeReadStopsEverything() {
    var plan = plan(inPool("Not A Name"), surroundings(pool("a", "192.0.2.7")));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.notes().getFirst().severity()).isEqualTo(Note.Severity.BLOCKING);
  }

  @Test
  void aWishThatCannotBeReadDoesNotStopTheFailover() {
    var plan =
        plan(
            inPool("Not A Name"),
            around(Set.of("node-1", "node-3"), List.of(EVERYWHERE), pool("a", "192.0.2.8")),
            vip("192.0.2.7", "a", "node-2", "node-3", "node-1"));

    assertThat(summaries(plan))
        .containsExactly(
            "move 192.0.2.7 of default/web: announced by node-3, before announced by node-2");
  }

  @Test
  void anAddressOfAnotherFamilyThanTheServicesIsTold() {
    var plan = plan(requesting("2001:db8::1"), surroundings(pool("a", "192.0.2.7")));

    assertThat(codes(plan)).containsExactly("WrongFamily");
  }

  @Test
  void aServiceOfBothFamiliesGetsOneAddressOfEachFromTwoPools() {
    var plan =
        plan(
            of(IpFamily.IPV4, IpFamily.IPV6),
            surroundings(pool("a", "192.0.2.7"), pool("b", "fd00:13::7")));

    assertThat(plan.notes()).isEmpty();
    assertThat(plan.actions()).hasSize(2);
    MetalObserved after = nothing();
    for (var action : plan.actions()) {
      after = after.with(((MetalAction.CreateVip) action).vip());
    }
    assertThat(after.ingress())
        .containsExactlyInAnyOrder(
            new Ingress.Address("192.0.2.7", Ingress.Mode.VIP),
            new Ingress.Address("fd00:13::7", Ingress.Mode.VIP));
    assertThat(after.vips()).map(VipView::pool).containsExactlyInAnyOrder("a", "b");
    assertThat(after.vips()).allMatch(vip -> !vip.owners().isEmpty());
  }

  @Test
  void theSecondFamilyCanComeLaterAndLeavesTheFirstAlone() {
    var vip = plan(web, surroundings(pool("a", "192.0.2.7")));

    var plan =
        plan(
            of(IpFamily.IPV4, IpFamily.IPV6),
            surroundings(pool("a", "192.0.2.8"), pool("b", "fd00:13::7")),
            created(vip));

    assertThat(summaries(plan))
        .singleElement()
        .asString()
        .startsWith("give fd00:13::7 of pool b to default/web");
  }

  @Test
  void theFamilyThatLacksAnAddressIsTold() {
    var plan = plan(of(IpFamily.IPV4, IpFamily.IPV6), surroundings(pool("a", "192.0.2.7")));

    assertThat(summaries(plan)).singleElement().asString().startsWith("give 192.0.2.7");
    assertThat(plan.notes()).singleElement().asString().contains("IPv6");
  }

  @Test
  void theAddressOfAFamilyThatIsGivenUpGoesBack() {
    var both = surroundings(pool("a", "192.0.2.7"), pool("b", "fd00:13::7"));
    var vips =
        plan(of(IpFamily.IPV4, IpFamily.IPV6), both).actions().stream()
            .map(action -> ((MetalAction.CreateVip) action).vip())
            .toArray(VipView[]::new);

    assertThat(plan(of(IpFamily.IPV4), both, vips).actions())
        .containsExactly(new MetalAction.DeleteVip(KEY, IpAddress.of("fd00:13::7"), true));
  }

  @Test
  void absentGivesEverythingBack() {
    var seen =
        new MetalObserved(
            KEY,
            List.of(vip("192.0.2.7", "a", "node-1")),
            List.of(),
            surroundings(pool("a", "192.0.2.8")));

    assertThat(summaries(MetalPlanner.plan(new Desired.Absent(KEY), seen)))
        .containsExactly("take 192.0.2.7 from default/web");
  }

  private static Plan<MetalAction> plan(Present present, Surroundings around, VipView... vips) {
    return MetalPlanner.plan(present, new MetalObserved(KEY, List.of(vips), List.of(), around));
  }

  private static List<String> summaries(Plan<MetalAction> plan) {
    return plan.actions().stream().map(MetalAction::summary).toList();
  }

  private static List<String> codes(Plan<MetalAction> plan) {
    return plan.notes().stream().map(Note::code).toList();
  }

  private static VipView created(Plan<MetalAction> plan) {
    return ((MetalAction.CreateVip) plan.actions().getFirst()).vip();
  }

  private static Surroundings surroundings(PoolView... pools) {
    return around(ALL_NODES, List.of(EVERYWHERE), pools);
  }

  private static Surroundings around(
      Set<String> speakers, List<AnnouncementView> announcements, PoolView... pools) {
    return new Surroundings(
        List.of(pools), announcements, speakers, OwnerLoads.none(), AddressMap.empty());
  }

  private static PoolView pool(String name, String offer) {
    return view(name, true, List.of(IpAddress.of(offer)), IpAddress.of(offer));
  }

  private static PoolView manual(String name, String offer) {
    return view(name, false, List.of(IpAddress.of(offer)), IpAddress.of(offer));
  }

  private static PoolView exhausted(String name) {
    return new PoolView(
        name,
        new PoolState.Usable(List.of(IpRange.ofPrefix(IpAddress.of("192.0.2.0"), 30))),
        true,
        BigInteger.valueOf(4),
        BigInteger.ZERO,
        List.of());
  }

  private static PoolView view(
      String name, boolean automatic, List<IpAddress> offers, IpAddress member) {
    return new PoolView(
        name,
        new PoolState.Usable(List.of(IpRange.ofPrefix(member, member.family().bits() - 8))),
        automatic,
        BigInteger.valueOf(256),
        BigInteger.TEN,
        offers);
  }

  private static VipView vip(String address, String pool, String... owners) {
    return new VipView(
        IpAddress.of(address),
        pool,
        List.of(owners),
        addressesOf(owners),
        0,
        List.of(),
        Optional.empty());
  }

  private static List<String> addressesOf(String... nodes) {
    return Stream.of(nodes).map(node -> node.replace("node-", "192.0.2.")).toList();
  }

  private Present inPool(String name) {
    return new Present(
        KEY,
        web.services(),
        web.frontends(),
        web.addresses(),
        web.backends(),
        Map.of("fairway.dev/address-pool", name));
  }

  private static MetalObserved nothing() {
    return new MetalObserved(KEY, List.of(), List.of(), surroundings());
  }

  private Present of(IpFamily... families) {
    return new Present(
        KEY,
        web.services(),
        web.frontends(),
        new AddressRequest(List.of(families), false, List.of(), List.of()),
        web.backends(),
        Map.of());
  }

  private Present requesting(String address) {
    return new Present(
        KEY,
        web.services(),
        web.frontends(),
        new AddressRequest(List.of(IpFamily.IPV4), false, List.of(address), List.of()),
        web.backends(),
        Map.of());
  }

  private Present ready(String... names) {
    var targets = new ArrayList<Target>();
    for (var t : web.backends().targets()) {
      targets.add(
          new Target(
              t.node(),
              t.addresses(),
              t.providerId(),
              Set.of(names).contains(t.node()),
              t.labels()));
    }
    return new Present(
        KEY, web.services(), web.frontends(), web.addresses(), Backends.of(targets), Map.of());
  }
}
