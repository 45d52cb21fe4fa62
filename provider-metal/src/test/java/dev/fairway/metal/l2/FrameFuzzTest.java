// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.NdpMessage.Advertisement;
import dev.fairway.metal.l2.NdpMessage.Solicitation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever arrives: nothing is thrown, and what is answered is a right answer to a right question.
class FrameFuzzTest {

  private static final MacAddress OURS = MacAddress.of("02:00:00:00:00:0b");
  private static final MacAddress CLIENT = MacAddress.of("02:00:00:00:00:64");
  private static final IpAddress VIP4 = IpAddress.of("10.13.242.7");
  private static final IpAddress VIP6 = IpAddress.of("fd00:13::7");
  private static final Set<IpAddress> VIPS = Set.of(VIP4, VIP6);
  private static final int CHECKSUM = 14 + 40 + 2;

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);
  private int answers;

  @BeforeEach
  void printSeed() {
    System.out.println("seed " + seed);
  }

  @Test
  void randomBytesOfEveryLengthAreNeverAnswered() {
    for (int length = 0; length <= 300; length++) {
      for (int i = 0; i < 200; i++) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (length >= 14 && i % 2 == 0) {
          ByteBuffer.wrap(bytes).putShort(12, i % 4 == 0 ? ArpFrame.TYPE : NdpFrame.TYPE);
        }
        hear(bytes, length);
      }
    }
    assertThat(answers).isZero();
  }

  @Test
  void questionsCutOffAtEveryLengthAreNotAnswered() {
    for (Frame question : questions()) {
      byte[] whole = question.encode();
      for (int length = 0; length < whole.length; length++) {
        hear(Arrays.copyOf(whole, length), length);
        hear(whole, length);
      }
      assertThat(answers).isZero();
      hear(whole, whole.length);
      assertThat(answers).isOne();
      answers = 0;
    }
  }

  @Test
  void questionsWithRandomChangesAreAnsweredRightlyOrNotAtAll() {
    List<Frame> questions = questions();
    for (int i = 0; i < 300_000; i++) {
      byte[] bytes = questions.get(random.nextInt(questions.size())).encode();
      byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(64));
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        longer[random.nextInt(longer.length)] = (byte) random.nextInt(256);
      }
      if (i % 2 == 0) {
        sum(longer);
      }
      hear(longer, longer.length);
    }
    assertThat(answers).isPositive();
  }

  private static List<Frame> questions() {
    IpAddress group = Ipv6Groups.solicitedNode(VIP6);
    IpAddress from = IpAddress.of("fd00:13::100");
    Solicitation plain = new Solicitation(VIP6, Optional.empty());
    Solicitation withSource = new Solicitation(VIP6, Optional.of(CLIENT));
    return List.of(
        new ArpFrame(
            MacAddress.BROADCAST,
            CLIENT,
            new ArpPacket(
                ArpPacket.Operation.REQUEST,
                CLIENT,
                IpAddress.of("10.13.240.100"),
                MacAddress.ZERO,
                VIP4)),
        new NdpFrame(Ipv6Groups.mac(group), CLIENT, from, group, withSource),
        new NdpFrame(OURS, CLIENT, from, VIP6, plain),
        ProbeFrame.of(VIP6, CLIENT),
        ProbeFrame.of(VIP4, CLIENT));
  }

  /// Makes the checksum right, if it is a packet that could have one, so that the checks behind it
  /// are reached.
  private static void sum(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int payload = buffer.getShort(18) & 0xFFFF;
    if (buffer.getShort(12) == NdpFrame.TYPE && payload >= 4 && 54 + payload <= bytes.length) {
      buffer.putShort(CHECKSUM, (short) 0);
      buffer.putShort(CHECKSUM, (short) Icmpv6Checksum.of(bytes, 14, payload));
    }
  }

  private void hear(byte[] bytes, int length) {
    Optional<Frame> parsed = Frame.parse(bytes, length);
    parsed.ifPresent(frame -> Sighting.in(frame).ifPresent(seen -> check(frame, seen)));
    parsed.ifPresent(frame -> {
      switch (frame) {
        case ArpFrame arp ->
            ArpResponder.reply(arp, VIPS, OURS).ifPresent(reply -> check(arp, reply));
        case NdpFrame ndp ->
            NdpResponder.reply(ndp, VIPS, OURS).ifPresent(reply -> check(ndp, reply));
      }
    });
  }

  private static void check(Frame frame, Sighting seen) {
    assertThat(seen.address().family())
        .isEqualTo(
            switch (frame) {
              case ArpFrame _ -> Family.IPV4;
              case NdpFrame _ -> Family.IPV6;
            });
  }

  private void check(ArpFrame question, ArpFrame answer) {
    answers++;
    assertThat(question.arp().operation()).isEqualTo(ArpPacket.Operation.REQUEST);
    assertThat(question.arp().target()).isEqualTo(VIP4);
    assertThat(answer.destination().isStation()).isTrue();
    assertThat(answer.source()).isEqualTo(OURS);
    assertThat(answer.arp().sender()).isEqualTo(VIP4);
    assertThat(answer.arp().senderMac()).isEqualTo(OURS);
    assertValid(answer);
  }

  private void check(NdpFrame question, NdpFrame answer) {
    answers++;
    assertThat(question.message()).isInstanceOf(Solicitation.class);
    assertThat(question.message().target()).isEqualTo(VIP6);
    boolean probe = question.from().equals(IpAddress.of("::"));
    assertThat(answer.destination().isStation()).isEqualTo(!probe);
    assertThat(answer.source()).isEqualTo(OURS);
    assertThat(answer.message())
        .isEqualTo(new Advertisement(VIP6, false, !probe, true, Optional.of(OURS)));
    assertValid(answer);
  }

  private static void assertValid(Frame answer) {
    byte[] bytes = answer.encode();
    assertThat(Frame.parse(bytes, bytes.length)).contains(answer);
  }
}
