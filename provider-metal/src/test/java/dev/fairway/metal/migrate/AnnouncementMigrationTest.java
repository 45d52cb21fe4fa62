// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import static dev.fairway.metal.migrate.Theirs.found;
import static dev.fairway.metal.migrate.Theirs.ours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.migration.Move;
import dev.fairway.cloud.migration.Move.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnouncementMigrationTest {
  private static final Map<String, Object> RACK_A = Map.of("matchLabels", Map.of("rack", "a"));
  private static final Map<String, Object> RACK_B = Map.of("matchLabels", Map.of("rack", "b"));
  private static final Map<String, Object> GOLD_POOL =
      Theirs.with(Theirs.pool("gold", "198.51.100.0/24"), "labels", Map.of("tier", "gold"));
  private static final Map<String, Object> GOLD =
      Map.of(
          "matchExpressions",
          List.of(Map.of("key", "tier", "operator", "In", "values", List.of("gold"))));

  @Test
  void emptyMeansAllPoolsAndTheInterfacesWithTheSubnet() {
    var move = move(Map.of());

    assertThat(ours(move, "Announcement")).containsExactly("l2 {l2={}}");
    assertThat(found(move, Verdict.DIFFERS, "spec.interfaces")).contains("every interface");
    assertThat(move.complete()).isTrue();
  }

  @Test
  void poolsAreNamed() {
    var move = move(Map.of("ipAddressPools", List.of("gold")));

    assertThat(ours(move, "Announcement")).containsExactly("l2 {pools=[gold], l2={}}");
    found(move, Verdict.MAPS, "spec.ipAddressPools");
  }

  @Test
  void aPoolThatIsNotThereIsLeftOut() {
    var move = move(Map.of("ipAddressPools", List.of("gold", "gone")));

    assertThat(ours(move, "Announcement")).containsExactly("l2 {pools=[gold], l2={}}");
    assertThat(found(move, Verdict.DIFFERS, "spec.ipAddressPools")).contains("gone");
  }

  @Test
  void poolsThatAreSelectedByLabelsAreNamedAsTheyAreNow() {
    var move = move(Map.of("ipAddressPoolSelectors", List.of(GOLD)));

    assertThat(ours(move, "Announcement")).containsExactly("l2 {pools=[gold], l2={}}");
    assertThat(found(move, Verdict.DIFFERS, "spec.ipAddressPoolSelectors")).contains("[gold]");
  }

  @Test
  void namesAndLabelsSelectTogether() {
    var move =
        move(Map.of("ipAddressPools", List.of("public"), "ipAddressPoolSelectors", List.of(GOLD)));

    assertThat(ours(move, "Announcement")).containsExactly("l2 {pools=[gold, public], l2={}}");
  }

  @Test
  void whatSelectsNoPoolDoesNotBecomeAnAnnouncementOfAll() {
    var byLabel = move(Map.of("ipAddressPoolSelectors", List.of(RACK_A)));
    var byName = move(Map.of("ipAddressPools", List.of("gone")));

    assertThat(ours(byLabel, "Announcement")).isEmpty();
    assertThat(ours(byName, "Announcement")).isEmpty();
    assertThat(found(byLabel, Verdict.REFUSED, "")).contains("no pool");
  }

  @Test
  void oneNodeSelectorMaps() {
    var move = move(Map.of("nodeSelectors", List.of(RACK_A)));

    assertThat(ours(move, "Announcement"))
        .containsExactly("l2 {nodeSelector={matchLabels={rack=a}}, l2={}}");
    found(move, Verdict.MAPS, "spec.nodeSelectors");
  }

  @Test
  void eachOfSeveralNodeSelectorsGetsAnAnnouncement() {
    var move = move(Map.of("nodeSelectors", List.of(RACK_A, RACK_B)));

    assertThat(ours(move, "Announcement"))
        .containsExactly(
            "l2.1 {nodeSelector={matchLabels={rack=a}}, l2={}}",
            "l2.2 {nodeSelector={matchLabels={rack=b}}, l2={}}");
    assertThat(found(move, Verdict.DIFFERS, "spec.nodeSelectors")).contains("each of the 2");
  }

  @Test
  void interfacesMap() {
    var move = move(Map.of("interfaces", List.of("eth0", "bond1")));

    assertThat(ours(move, "Announcement")).containsExactly("l2 {l2={interfaces=[eth0, bond1]}}");
    found(move, Verdict.MAPS, "spec.interfaces");
  }

  @Test
  void moreInterfacesThanFitAreRefused() {
    var many = IntStream.range(0, 17).mapToObj("eth%d"::formatted).toList();

    assertThat(found(move(Map.of("interfaces", many)), Verdict.REFUSED, "spec.interfaces"))
        .contains("17", "interfacePatterns");
  }

  @Test
  void interfacesThatDifferByNodeAreTold() {
    var move =
        Theirs.move(
            Theirs.POOL,
            Theirs.of(
                "L2Advertisement",
                "a",
                Map.of("nodeSelectors", List.of(RACK_A), "interfaces", List.of("eth0"))),
            Theirs.of(
                "L2Advertisement",
                "b",
                Map.of("nodeSelectors", List.of(RACK_B), "interfaces", List.of("eth1"))));

    assertThat(found(move, Verdict.DIFFERS, "spec.interfaces")).contains("different interfaces");
  }

  @Test
  void servicesAreSelectedByTheOldestOfThoseThatShare() {
    var move = move(Map.of("serviceSelectors", List.of(GOLD)));

    assertThat(ours(move, "Announcement")).singleElement().asString().contains("serviceSelectors");
    assertThat(found(move, Verdict.DIFFERS, "spec.serviceSelectors")).contains("oldest");
  }

  @Test
  void preferredNodesTakeNothingBack() {
    var move =
        move(Map.of("preferredNodeSelectors", List.of(Map.of("weight", 7, "preference", RACK_A))));

    assertThat(ours(move, "Announcement"))
        .containsExactly(
            "l2 {preferredNodes=[{weight=7, nodeSelector={matchLabels={rack=a}}}], l2={}}");
    assertThat(found(move, Verdict.DIFFERS, "spec.preferredNodeSelectors")).contains("keeps it");
  }

  @Test
  void anUnknownFieldIsRefused() {
    assertThat(found(move(Map.of("colour", 1)), Verdict.REFUSED, "spec.colour"))
        .contains("not known");
  }

  private static Move move(Map<String, Object> spec) {
    return Theirs.move(Theirs.POOL, GOLD_POOL, Theirs.of("L2Advertisement", "l2", spec));
  }
}
