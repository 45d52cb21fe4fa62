// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import static dev.fairway.metal.migrate.Theirs.found;
import static dev.fairway.metal.migrate.Theirs.move;
import static dev.fairway.metal.migrate.Theirs.moveServices;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.migration.Migration;
import dev.fairway.cloud.migration.Move;
import dev.fairway.cloud.migration.Move.Step;
import dev.fairway.cloud.migration.Move.Verdict;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetalLbMigrationTest {
  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(Migration.class).stream().map(one -> one.get().name()))
        .containsExactly("metallb");
  }

  @ParameterizedTest
  @CsvSource({
    "BGPAdvertisement, aggregationLength",
    "BGPPeer, vrf",
    "BGPPeer, password",
    "BFDProfile, echoMode",
    "Community, communities"
  })
  void whatNeedsBgpIsRefusedByFieldAndItsValueIsNotRepeated(String kind, String field) {
    var move = move(Theirs.of(kind, "x", Map.of(field, "hush-hush")));

    assertThat(move.objects()).isEmpty();
    assertThat(found(move, Verdict.REFUSED, "")).contains("BGP");
    found(move, Verdict.REFUSED, "spec." + field);
    assertThat(move.toString()).doesNotContain("hush-hush");
  }

  @Test
  void rawTextForFrrIsRefused() {
    var extras =
        Theirs.object(
            "v1", "ConfigMap", Theirs.NAMESPACE, "bgpextras", Map.of("data", Map.of("a", "b")));

    assertThat(found(move(extras), Verdict.REFUSED, "data")).contains("FRR");
  }

  @Test
  void anOldPoolAndAKindThatNobodyKnowsAreRefused() {
    assertThat(found(move(Theirs.of("AddressPool", "x", Map.of())), Verdict.REFUSED, ""))
        .contains("IPAddressPool");
    assertThat(found(move(Theirs.of("Novelty", "x", Map.of())), Verdict.REFUSED, ""))
        .contains("not known");
  }

  @Test
  void whatMetalLbWritesItselfIsNotLookedAt() {
    assertThat(move(Theirs.of("ServiceL2Status", "x", Map.of())).findings()).isEmpty();
  }

  @Test
  void poolsComeBeforeReservationsAndThoseBeforeAnnouncements() {
    var move = moveServices(Theirs.service("web", "192.0.2.7"));

    assertThat(move.objects().stream().map(object -> object.get("kind")))
        .containsExactly("AddressPool", "AddressReservation", "Announcement");
    assertThat(move.objects())
        .allSatisfy(object ->
            assertThat(new Manifest(object).labels())
                .containsEntry("fairway.dev/migrated-from", "metallb"));
  }

  @Test
  void theGuideNamesTheWorkloadsAndWhatFairwayHasToServe() {
    var move =
        moveServices(
            workload("Deployment", "metallb-controller", "controller", "--lb-class=example.com/lb"),
            workload("DaemonSet", "metallb-speaker", "speaker"),
            Theirs.spec(Theirs.service("web", "192.0.2.7"), "loadBalancerClass", "example.com/lb"),
            Theirs.service("other", "192.0.2.8"));

    assertThat(Theirs.ours(move, "AddressReservation")).hasSize(1);
    assertThat(text(move.handOver()))
        .contains(
            "kubectl -n metallb-system scale deployment/metallb-controller --replicas=0",
            "kubectl -n metallb-system patch daemonset metallb-speaker",
            "loadBalancerClasses: [fairway.dev/metal, example.com/lb] and serveClassless: false",
            "(1 that are pinned)");
    assertThat(text(move.wayBack()))
        .contains("scale deployment/metallb-controller --replicas=3", "fairway.dev~1moved-away");
  }

  @Test
  void theGuideHoldsForMetalLbAsItsManifestsInstallIt() {
    var move = moveServices();

    assertThat(text(move.handOver()))
        .contains(
            "deployment/controller --replicas=0", "daemonset speaker", "serveClassless: true");
    assertThat(text(move.wayBack())).contains("deployment/controller --replicas=1");
  }

  @Test
  void speakersOnSomeNodesAndLabelsThatTheyIgnoreAreTold() {
    var speaker = workload("DaemonSet", "speaker", "speaker", "--ignore-exclude-lb", "--port=7472");

    var move = moveServices(speaker);

    assertThat(found(move, Verdict.REFUSED, "--ignore-exclude-lb")).contains("control plane");
    assertThat(found(move, Verdict.DIFFERS, "spec.template.spec.nodeSelector")).contains("edge");
  }

  private static String text(List<Step> steps) {
    return steps.toString();
  }

  private static Map<String, Object> workload(
      String kind, String name, String component, String... arguments) {
    var pod =
        Map.of(
            "nodeSelector",
            Map.of("kubernetes.io/os", "linux", "edge", "true"),
            "containers",
            List.of(Map.of("name", "main", "args", List.of(arguments))));
    var workload =
        Theirs.object(
            "apps/v1",
            kind,
            Theirs.NAMESPACE,
            name,
            Map.of("spec", Map.of("replicas", 3, "template", Map.of("spec", pod))));
    return Theirs.with(
        workload,
        "labels",
        Map.of("app.kubernetes.io/name", "metallb", "app.kubernetes.io/component", component));
  }

  @Test
  void nothingIsMadeOfNothing() {
    Move move = move();

    assertThat(move.objects()).isEmpty();
    assertThat(move.findings()).isEmpty();
  }
}
