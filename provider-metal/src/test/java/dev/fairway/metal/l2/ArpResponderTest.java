// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArpResponderTest {

  private static final MacAddress OURS = MacAddress.of("02:00:00:00:00:0b");
  private static final MacAddress CLIENT = MacAddress.of("02:00:00:00:00:64");
  private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:63");
  private static final IpAddress VIP = IpAddress.of("10.13.242.7");
  private static final IpAddress CLIENT_ADDRESS = IpAddress.of("10.13.240.100");
  private static final IpAddress NONE = IpAddress.of("0.0.0.0");

  @Test
  void broadcastRequestForAVipIsAnsweredToTheSender() {
    assertThat(reply(request(MacAddress.BROADCAST, CLIENT, CLIENT_ADDRESS, VIP)))
        .contains(
            new ArpFrame(
                CLIENT, OURS, new ArpPacket(Operation.REPLY, OURS, VIP, CLIENT, CLIENT_ADDRESS)));
  }

  @Test
  void unicastRequestByWhichANeighbourChecksItsEntryIsAnswered() {
    assertThat(reply(request(OURS, CLIENT, CLIENT_ADDRESS, VIP))).isPresent();
  }

  @Test
  void probeIsAnsweredSoThatNobodyElseTakesTheAddress() {
    assertThat(reply(request(MacAddress.BROADCAST, CLIENT, NONE, VIP)))
        .map(frame -> frame.arp().target())
        .contains(NONE);
  }

  @Test
  void allElseIsMetWithSilence() {
    IpAddress free = IpAddress.of("10.13.242.8");
    assertThat(reply(request(MacAddress.BROADCAST, CLIENT, CLIENT_ADDRESS, free))).isEmpty();
    assertThat(reply(request(OTHER, CLIENT, CLIENT_ADDRESS, VIP))).isEmpty();
    assertThat(
            reply(
                new ArpFrame(
                    MacAddress.BROADCAST,
                    CLIENT,
                    new ArpPacket(Operation.REPLY, CLIENT, CLIENT_ADDRESS, OURS, VIP))))
        .isEmpty();
  }

  @Test
  void announcementOfTheVipByAnotherIsNoQuestion() {
    assertThat(reply(request(MacAddress.BROADCAST, OTHER, VIP, VIP))).isEmpty();
  }

  @Test
  void ownFramesAreIgnored() {
    assertThat(reply(request(MacAddress.BROADCAST, OURS, CLIENT_ADDRESS, VIP))).isEmpty();
    for (int round = 0; round < 2; round++) {
      assertThat(reply((ArpFrame) GratuitousBurst.frame(VIP, OURS, round))).isEmpty();
    }
  }

  @Test
  void forgedSenderDoesNotMakeTheAnswerABroadcast() {
    assertThat(reply(request(MacAddress.BROADCAST, MacAddress.BROADCAST, CLIENT_ADDRESS, VIP)))
        .isEmpty();
    assertThat(reply(request(MacAddress.BROADCAST, MacAddress.ZERO, CLIENT_ADDRESS, VIP)))
        .isEmpty();
  }

  private static Optional<ArpFrame> reply(ArpFrame frame) {
    return ArpResponder.reply(frame, Set.of(VIP), OURS);
  }

  private static ArpFrame request(
      MacAddress to, MacAddress from, IpAddress sender, IpAddress target) {
    return new ArpFrame(
        to, from, new ArpPacket(Operation.REQUEST, from, sender, MacAddress.ZERO, target));
  }
}
