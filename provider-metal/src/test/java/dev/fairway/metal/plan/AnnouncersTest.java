// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.AnnouncementView;
import dev.fairway.metal.model.AnnouncementView.Preference;
import dev.fairway.metal.model.InterfaceSelector;
import dev.fairway.metal.model.NodeLink;
import dev.fairway.metal.model.Selector;
import dev.fairway.metal.model.Surroundings;
import dev.fairway.metal.model.Terms;
import dev.fairway.metal.model.Terrain;
import dev.fairway.metal.owner.OwnerLoads;
import dev.fairway.metal.pool.AddressMap;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.testkit.conformance.Examples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Which nodes may announce 192.0.2.7, and on which interfaces. There are node-1 to node-3.
class AnnouncersTest {
  private static final IpAddress VIP = IpAddress.of("192.0.2.7");
  private static final List<NodeLink> WITH_SUBNET =
      List.of(new NodeLink("eth0", List.of(IpRange.ofPrefix(VIP, 24))));
  private static final List<NodeLink> ELSEWHERE =
      List.of(
          new NodeLink("eth0", List.of(IpRange.ofPrefix(IpAddress.of("10.0.0.0"), 8))),
          new NodeLink("ens3", List.of()));

  private final Present web =
      Examples.with(LoadBalancerKey.ofService("shop", "web"), List.of("TCP/80@30080"), 3);

  @Test
  void aNodeWithoutTheSubnetDoesNotAnnounceAndOneThatHasNotToldMay() {
    var terrain = new Terrain(Map.of("node-1", ELSEWHERE, "node-2", WITH_SUBNET), Set.of());

    assertThat(of(everywhere(), terrain).owners()).containsExactlyInAnyOrder("node-2", "node-3");
  }

  @Test
  void ifNoNodeHasTheSubnetThatIsTold() {
    var terrain =
        new Terrain(
            Map.of("node-1", ELSEWHERE, "node-2", ELSEWHERE, "node-3", List.of()), Set.of());

    var announcers = of(everywhere(), terrain);

    assertThat(announcers.owners()).isEmpty();
    assertThat(announcers.note()).map(Note::code).contains("NoInterface");
  }

  @Test
  void ifAllHaveLostTheSubnetTheOwnersStayInTheirOrder() {
    var terrain =
        new Terrain(
            Map.of("node-1", ELSEWHERE, "node-2", ELSEWHERE, "node-3", List.of()), Set.of());

    var announcers = of(everywhere(), terrain, List.of("node-2", "node-9", "node-1"));

    assertThat(announcers.owners()).containsExactly("node-2", "node-1");
    assertThat(announcers.note()).map(Note::code).contains("NoInterface");
  }

  @Test
  void interfacesThatAreNamedNeedNoSubnet() {
    var terrain =
        new Terrain(
            Map.of("node-1", ELSEWHERE, "node-2", WITH_SUBNET, "node-3", List.of()), Set.of());
    var named = with(InterfaceSelector.named(List.of("ens3")), List.of());

    assertThat(of(named, terrain).owners()).containsExactly("node-1");
    assertThat(of(named, terrain).interfaces()).containsExactly("ens3");
  }

  @Test
  void aPatternBecomesTheNamesThatTheOwnersHave() {
    var terrain =
        new Terrain(
            Map.of("node-1", ELSEWHERE, "node-2", WITH_SUBNET, "node-3", List.of()), Set.of());
    var pattern =
        with(
            new InterfaceSelector(false, List.of(), List.of(Pattern.compile("en.*|eth[0-9]"))),
            List.of());

    assertThat(of(pattern, terrain).owners()).containsExactlyInAnyOrder("node-1", "node-2");
    assertThat(of(pattern, terrain).interfaces()).containsExactly("ens3", "eth0");
    assertThat(of(pattern, Terrain.UNKNOWN).owners()).isEmpty();
  }

  @Test
  void aDrainedNodeAnnouncesOnlyWhileNoOtherCan() {
    assertThat(of(everywhere(), new Terrain(Map.of(), Set.of("node-1", "node-2"))).owners())
        .containsExactly("node-3");
    assertThat(
            of(everywhere(), new Terrain(Map.of(), Set.of("node-1", "node-2", "node-3"))).owners())
        .hasSize(3);
  }

  @Test
  void preferencesAddUpAndGiveTheOrder() {
    var preferring =
        with(
            InterfaceSelector.BY_SUBNET,
            List.of(
                new Preference(10, host("node-2")),
                new Preference(10, host("node-3")),
                new Preference(5, host("node-3"))));

    assertThat(of(preferring, Terrain.UNKNOWN).owners())
        .containsExactly("node-3", "node-2", "node-1");
  }

  @Test
  void anAnnouncementOfOtherServicesDoesNotCount() {
    var others =
        new AnnouncementView(
            "others",
            Set.of(),
            Selector.EVERYTHING,
            List.of(new Selector(Map.of("app", "other"), List.of())),
            InterfaceSelector.BY_SUBNET,
            List.of());

    var announcers = of(others, Terrain.UNKNOWN);

    assertThat(announcers.owners()).isEmpty();
    assertThat(announcers.note()).map(Note::text).get().asString().contains("serviceSelectors");
  }

  @Test
  void nobodyAnnouncesBesideOtherSpeakersAlsoWhoDidBefore() {
    var beside = new Terrain(Map.of(), Set.of(), Optional.of("metallb-system"));

    var announcers = of(everywhere(), beside, List.of("node-1"));

    assertThat(announcers.owners()).isEmpty();
    assertThat(announcers.note()).map(Note::code).contains("OtherSpeakers");
    assertThat(announcers.note()).map(Note::text).get().asString().contains("metallb-system");
  }

  @Test
  void whatElseStandsInTheWayIsToldBeforeTheOtherSpeakersGo() {
    var beside =
        new Terrain(
            Map.of("node-1", ELSEWHERE, "node-2", ELSEWHERE, "node-3", List.of()),
            Set.of(),
            Optional.of("metallb-system"));

    var announcers = of(everywhere(), beside, List.of("node-1"));

    assertThat(announcers.owners()).isEmpty();
    assertThat(announcers.note()).map(Note::code).contains("NoInterface");
  }

  private Announcers of(AnnouncementView announcement, Terrain terrain) {
    return of(announcement, terrain, List.of());
  }

  private Announcers of(AnnouncementView announcement, Terrain terrain, List<String> current) {
    return Announcers.of(
        web,
        VIP,
        "a",
        current,
        new Surroundings(
            List.of(),
            List.of(announcement),
            Set.of("node-1", "node-2", "node-3"),
            OwnerLoads.none(),
            AddressMap.empty(),
            terrain,
            Terms.NONE));
  }

  private static AnnouncementView everywhere() {
    return with(InterfaceSelector.BY_SUBNET, List.of());
  }

  private static AnnouncementView with(InterfaceSelector interfaces, List<Preference> preferred) {
    return new AnnouncementView(
        "a", Set.of(), Selector.EVERYTHING, List.of(), interfaces, preferred);
  }

  private static Selector host(String name) {
    return new Selector(Map.of("kubernetes.io/hostname", name), List.of());
  }
}
