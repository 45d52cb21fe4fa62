// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.NdpMessage.Advertisement;
import dev.fairway.metal.l2.NdpMessage.Solicitation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NdpResponderTest {

  private static final MacAddress OURS = MacAddress.of("02:00:00:00:00:0b");
  private static final MacAddress CLIENT = MacAddress.of("02:00:00:00:00:64");
  private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:63");
  private static final IpAddress VIP = IpAddress.of("fd00:13::7");
  private static final IpAddress GROUP = IpAddress.of("ff02::1:ff00:7");
  private static final MacAddress GROUP_MAC = MacAddress.of("33:33:ff:00:00:07");
  private static final IpAddress CLIENT_ADDRESS = IpAddress.of("fd00:13::100");
  private static final IpAddress UNSPECIFIED = IpAddress.of("::");

  private static final NdpFrame ANSWER =
      new NdpFrame(
          CLIENT,
          OURS,
          VIP,
          CLIENT_ADDRESS,
          new Advertisement(VIP, false, true, true, Optional.of(OURS)));

  @Test
  void questionToTheGroupIsAnsweredToTheSender() {
    assertThat(reply(toGroup(CLIENT_ADDRESS, Optional.of(CLIENT)))).contains(ANSWER);
  }

  @Test
  void questionToTheGroupByUnicastFrameIsAnswered() {
    assertThat(reply(ask(OURS, CLIENT, CLIENT_ADDRESS, GROUP, VIP, Optional.of(CLIENT))))
        .contains(ANSWER);
  }

  @Test
  void checkByUnicastIsAnsweredWithAndWithoutSourceOption() {
    assertThat(reply(ask(OURS, CLIENT, CLIENT_ADDRESS, VIP, VIP, Optional.of(CLIENT))))
        .contains(ANSWER);
    assertThat(reply(ask(OURS, CLIENT, CLIENT_ADDRESS, VIP, VIP, Optional.empty())))
        .contains(ANSWER);
  }

  @Test
  void probeIsAnsweredToAllNodesAndNotAsSolicited() {
    assertThat(reply(toGroup(UNSPECIFIED, Optional.empty())))
        .contains(
            new NdpFrame(
                MacAddress.of("33:33:00:00:00:01"),
                OURS,
                VIP,
                IpAddress.of("ff02::1"),
                new Advertisement(VIP, false, false, true, Optional.of(OURS))));
  }

  @Test
  void sourceOptionTellsWhereTheAnswerGoes() {
    assertThat(reply(toGroup(CLIENT_ADDRESS, Optional.of(OTHER))))
        .map(NdpFrame::destination)
        .contains(OTHER);
  }

  @Test
  void addressThatIsNotOursIsNotAnswered() {
    IpAddress sameGroup = IpAddress.of("fd00:14::7");

    assertThat(reply(ask(GROUP_MAC, CLIENT, CLIENT_ADDRESS, GROUP, sameGroup, Optional.of(CLIENT))))
        .isEmpty();
  }

  @Test
  void questionThatIsNotForUsIsNotAnswered() {
    assertThat(reply(ask(OTHER, CLIENT, CLIENT_ADDRESS, VIP, VIP, Optional.of(CLIENT)))).isEmpty();
    assertThat(reply(ask(OTHER, CLIENT, CLIENT_ADDRESS, GROUP, VIP, Optional.of(CLIENT))))
        .isEmpty();
    assertThat(reply(ask(GROUP_MAC, CLIENT, CLIENT_ADDRESS, VIP, VIP, Optional.of(CLIENT))))
        .isEmpty();
    IpAddress otherGroup = IpAddress.of("ff02::1:ff00:8");
    assertThat(
            reply(
                ask(
                    Ipv6Groups.mac(otherGroup),
                    CLIENT,
                    CLIENT_ADDRESS,
                    otherGroup,
                    VIP,
                    Optional.of(CLIENT))))
        .isEmpty();
  }

  @Test
  void advertisementsAreNoQuestions() {
    assertThat(
            reply(
                new NdpFrame(
                    OURS,
                    CLIENT,
                    CLIENT_ADDRESS,
                    VIP,
                    new Advertisement(VIP, false, true, true, Optional.of(CLIENT)))))
        .isEmpty();
  }

  @Test
  void ownFramesAreIgnored() {
    assertThat(reply(ask(GROUP_MAC, OURS, CLIENT_ADDRESS, GROUP, VIP, Optional.of(OURS))))
        .isEmpty();
    assertThat(reply(toGroup(CLIENT_ADDRESS, Optional.of(OURS)))).isEmpty();
  }

  @Test
  void whoeverSpeaksAsTheVipIsNotAnswered() {
    assertThat(reply(toGroup(VIP, Optional.of(CLIENT)))).isEmpty();
  }

  @Test
  void forgedSenderDoesNotMakeTheAnswerAMulticast() {
    assertThat(reply(toGroup(CLIENT_ADDRESS, Optional.of(MacAddress.BROADCAST)))).isEmpty();
    assertThat(reply(toGroup(CLIENT_ADDRESS, Optional.of(MacAddress.ZERO)))).isEmpty();
    assertThat(
            reply(
                ask(GROUP_MAC, MacAddress.BROADCAST, CLIENT_ADDRESS, GROUP, VIP, Optional.empty())))
        .isEmpty();
  }

  private static Optional<NdpFrame> reply(NdpFrame frame) {
    // As it arrives: what is not valid on the wire never gets to the responder.
    byte[] bytes = frame.encode();
    assertThat(NdpFrame.parse(bytes, bytes.length)).contains(frame);
    return NdpResponder.reply(frame, Set.of(VIP), OURS);
  }

  private static NdpFrame toGroup(IpAddress from, Optional<MacAddress> option) {
    return ask(GROUP_MAC, CLIENT, from, GROUP, VIP, option);
  }

  private static NdpFrame ask(
      MacAddress destination,
      MacAddress source,
      IpAddress from,
      IpAddress to,
      IpAddress target,
      Optional<MacAddress> option) {
    return new NdpFrame(destination, source, from, to, new Solicitation(target, option));
  }
}
