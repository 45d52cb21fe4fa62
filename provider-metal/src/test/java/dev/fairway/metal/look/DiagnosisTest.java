// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import static dev.fairway.metal.look.Scene.HOST;
import static dev.fairway.metal.look.Scene.healthy;
import static dev.fairway.metal.look.Scene.mac;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.Detail.State;
import dev.fairway.metal.look.VipCause.CannotAnnounce;
import dev.fairway.metal.look.VipCause.HostAnswers;
import dev.fairway.metal.look.VipCause.KernelAnswers;
import dev.fairway.metal.look.VipCause.NoWayBack;
import dev.fairway.metal.look.VipCause.NodeAnswers;
import dev.fairway.metal.look.VipCause.NotYetAnnounced;
import dev.fairway.metal.look.VipCause.ReversePathFilter;
import dev.fairway.metal.look.VipCause.SpeakerSilent;
import dev.fairway.metal.look.VipCause.Taken;
import dev.fairway.metal.look.VipCause.TwoAnnounce;
import dev.fairway.metal.look.VipCause.Unheard;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One scene for each fault; the first cause is the true one.
class DiagnosisTest {
  private static final List<String> LAN = List.of("10.13.240.0/22");

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void eachFaultIsNamed(String fault, Scene scene, VipCause cause) {
    var causes = Diagnosis.causes(scene.evidence());

    assertThat(causes).as(fault).startsWith(cause);
    assertThat(causes.getFirst().text()).doesNotContain("\n").doesNotEndWith(".");
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "a host had the address before its first use",
            healthy().notAnnounced("", "left it to the host").conflict(HOST),
            new Taken(HOST)),
        fault(
            "a host answers beside the owner",
            healthy().hears(3, mac(1), HOST),
            new HostAnswers(HOST, false, "node-1")),
        fault(
            "a host answers and the owner is not heard",
            healthy().hears(2, HOST).hears(3, HOST),
            new HostAnswers(HOST, true, "node-1")),
        fault(
            "only the owner hears the host",
            healthy().hears(1, HOST),
            new HostAnswers(HOST, false, "node-1")),
        fault(
            "a host answers and no node announces",
            healthy().notAnnounced("", "").hears(2, HOST),
            new HostAnswers(HOST, true, "node-1")),
        fault(
            "the kernel of another node has it on lo",
            healthy().kernelHolds(2, false, "lo").hears(3, mac(1), mac(2)),
            new KernelAnswers("node-2", mac(2), List.of("lo"), false)),
        fault(
            "strict ARP is off",
            healthy().kernelHolds(2, true, "kube-ipvs0").hears(1, mac(2)),
            new KernelAnswers("node-2", mac(2), List.of("kube-ipvs0"), true)),
        fault(
            "a node comes before a host, as one knows where it is",
            healthy().kernelHolds(2, false, "lo").hears(3, mac(1), HOST, mac(2)),
            new KernelAnswers("node-2", mac(2), List.of("lo"), false)),
        fault(
            "a node answers by something else",
            healthy().hears(3, mac(1), mac(2)),
            new NodeAnswers("node-2", mac(2))),
        fault(
            "a node answers that was not asked",
            healthy().hears(3, mac(1), HOST).station("node-9", HOST),
            new NodeAnswers("node-9", HOST)),
        fault(
            "two speakers announce it",
            healthy().alsoAnnouncedBy(2).hears(3, mac(1), mac(2)),
            new TwoAnnounce(List.of("node-1", "node-2"))),
        fault(
            "the owner has no interface for it",
            healthy().notAnnounced("no interface of this node has a subnet with it", ""),
            new CannotAnnounce("node-1", "no interface of this node has a subnet with it")),
        fault(
            "the owner does not announce it yet",
            healthy().notAnnounced("", "gave it up, as the process stood still for 900 ms"),
            new NotYetAnnounced("node-1", "gave it up, as the process stood still for 900 ms")),
        fault(
            "the speaker of the owner is dead",
            healthy().notAnnounced("", "").silent(1),
            new SpeakerSilent("node-1", "no answer from its port 7472 (refused)")),
        fault(
            "its speaker died and its status remains",
            healthy().silent(1).hears(2).hears(3),
            new SpeakerSilent("node-1", "no answer from its port 7472 (refused)")),
        fault(
            "nobody hears the owner",
            healthy().hears(2).hears(3),
            new Unheard("node-1", List.of("node-2", "node-3"))),
        fault(
            "the strict filter drops what comes from afar",
            healthy().routes(1, 1, List.of("pods"), 17, 0),
            new ReversePathFilter("node-1", "eth0", 1, LAN, 17)),
        fault(
            "the loose filter drops where there is no route at all",
            healthy().routes(1, 2, List.of(), 4, 0),
            new ReversePathFilter("node-1", "eth0", 2, LAN, 4)),
        fault(
            "there is no way back",
            healthy().routes(1, 0, List.of(), 0, 3),
            new NoWayBack("node-1", LAN, 3)));
  }

  private static Arguments fault(String fault, Scene scene, VipCause cause) {
    return Arguments.of(fault, scene, cause);
  }

  @Test
  void whatIsHealthyHasNoCause() {
    assertThat(Diagnosis.causes(healthy().evidence())).isEmpty();
  }

  @Test
  void anOwnerWhosePortIsClosedButWhichIsHeardIsWell() {
    assertThat(Diagnosis.causes(healthy().silent(1).evidence())).isEmpty();
  }

  @Test
  void oneWitnessThatHearsTheOwnerIsEnough() {
    assertThat(Diagnosis.causes(healthy().hears(2).evidence())).isEmpty();
  }

  @Test
  void whoCouldNotAskIsNoWitness() {
    var scene =
        healthy().cannotAsk(2, "it has no interface for it").cannotAsk(3, "its interface is down");

    assertThat(Diagnosis.causes(scene.evidence())).isEmpty();
  }

  @Test
  void aKernelThatHasTheAddressAndKeepsSilentIsWell() {
    assertThat(Diagnosis.causes(healthy().kernelHolds(2, true, "kube-ipvs0").evidence())).isEmpty();
  }

  @Test
  void theOwnersOwnKernelMayAnswerTooWithTheSameEthernetAddress() {
    assertThat(Diagnosis.causes(healthy().kernelHolds(1, true, "kube-ipvs0").evidence())).isEmpty();
  }

  @Test
  void aFilterThatHasDroppedNothingIsOnlyMentioned() {
    var causes = Diagnosis.causes(healthy().routes(1, 1, List.of("pods"), 0, 0).evidence());

    assertThat(causes)
        .singleElement()
        .satisfies(cause -> assertThat(cause.state()).isEqualTo(State.OK));
  }

  @Test
  void theRoutesOfNodesThatDoNotAnnounceDoNotMatter() {
    assertThat(Diagnosis.causes(healthy().routes(2, 1, List.of("pods"), 17, 0).evidence()))
        .isEmpty();
  }

  @Test
  void nodesThatWereHeardAndNotAskedAreToBeAsked() {
    var heard = healthy().hears(3, mac(1), HOST).station("node-9", HOST);

    assertThat(heard.evidence().heardWithoutLook()).containsExactly("node-9");
    assertThat(healthy().evidence().heardWithoutLook()).isEmpty();
  }

  @Test
  void whoWasHeardByWhomIsTheLastThatIsSaid() {
    var details = Diagnosis.of(healthy().silent(2).hears(3, mac(1), HOST).evidence());

    assertThat(details).hasSize(2);
    assertThat(details.getFirst().state()).isEqualTo(State.FAILING);
    assertThat(details.getLast().state()).isEqualTo(State.OK);
    assertThat(details.getLast().text())
        .isEqualTo(
            "node-1 announces it and heard nobody else; node-3 heard node-1 (02:00:0a:0d:f0:01) after"
                + " 0.4 ms and a host that is no node (52:54:00:00:00:99) after 0.4 ms; node-2 could"
                + " not be asked: no answer from its port 7472 (refused)");
  }

  @Test
  void whatASpeakerTellsIsUnderstoodAtTheOtherEnd() {
    var look = healthy().kernelHolds(2, true, "kube-ipvs0").evidence().looks().get(1);

    assertThat(LookJson.parse(LookJson.of(look))).contains(look);
    assertThat(LookJson.parse("{\"node\": \"node-1\"}")).isEmpty();
    assertThat(LookJson.parse("no JSON")).isEmpty();
    assertThat(LookJson.message(LookJson.failure("why"))).contains("why");
    assertThat(LookJson.message("no JSON")).isEmpty();
  }
}
