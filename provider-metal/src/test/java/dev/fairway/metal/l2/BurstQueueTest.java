// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.l2.NdpMessage.Advertisement;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BurstQueueTest {

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final IpAddress VIP = IpAddress.of("10.13.242.7");
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:0b");

  private final FrameBudget budget = new FrameBudget(BurstQueue.PER_SECOND);
  private final BurstQueue queue = new BurstQueue(budget);

  @Test
  void vipIsAnnouncedSixTimesAndThenNoMore() {
    queue.begin(VIP, START);

    assertThat(timesOf(drain())).containsExactly(0L, 100L, 500L, 1_100L, 2_200L, 4_400L);
    assertThat(queue.next()).isEmpty();
  }

  @Test
  void nothingIsTakenBeforeItsTime() {
    queue.begin(VIP, START);
    queue.take(START);

    assertThat(queue.take(START.plusMillis(99))).isEmpty();
    assertThat(queue.next()).contains(START.plusMillis(100));
    assertThat(queue.take(START.plusMillis(100))).hasSize(1);
  }

  @Test
  void withdrawnVipIsNotAnnouncedAnyMore() {
    queue.begin(VIP, START);
    queue.take(START);

    queue.end(VIP);

    assertThat(queue.next()).isEmpty();
    assertThat(queue.take(START.plusSeconds(60))).isEmpty();
  }

  @Test
  void vipThatReturnsBeginsItsBurstAnewAndOnce() {
    queue.begin(VIP, START);
    queue.take(START);
    queue.end(VIP);

    queue.begin(VIP, START.plusMillis(50));

    assertThat(timesOf(drain())).containsExactly(50L, 150L, 550L, 1_150L, 2_250L, 4_450L);
  }

  @Test
  void twoHundredVipsThatArriveTogetherAreAllAnnouncedAtOnce() {
    Set<IpAddress> vips = begin(200, 0, START);

    List<Sent> sent = drain();

    assertThat(sent.subList(0, 200)).map(Sent::vip).containsExactlyInAnyOrderElementsOf(vips);
    assertThat(sent.get(199).at()).isEqualTo(START);
    assertThat(sent).hasSize(1_200);
  }

  @Test
  void neverMoreThanTwoHundredFramesLeaveInASecond() {
    begin(1_000, 0, START);

    List<Sent> sent = drain();

    assertThat(sent).hasSize(6_000);
    for (int i = BurstQueue.PER_SECOND; i < sent.size(); i++) {
      assertThat(Duration.between(sent.get(i - BurstQueue.PER_SECOND).at(), sent.get(i).at()))
          .as("frames %d to %d", i - BurstQueue.PER_SECOND, i)
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void eachComesOnceBeforeAnyComesAgain() {
    Set<IpAddress> vips = begin(1_000, 0, START);

    List<Sent> sent = drain();

    assertThat(sent.subList(0, 1_000)).map(Sent::vip).containsExactlyInAnyOrderElementsOf(vips);
    assertThat(sent.get(999).at()).isEqualTo(START.plusSeconds(4));
  }

  @Test
  void vipsThatArriveDuringRepetitionsDoNotWaitForThem() {
    begin(200, 0, START);
    drainUntil(START.plusSeconds(3));
    Instant later = START.plusSeconds(3);

    Set<IpAddress> late = begin(100, 1_000, later);

    Set<IpAddress> announced = new LinkedHashSet<>();
    drainUntil(later).forEach(sent -> announced.add(sent.vip()));
    assertThat(announced).containsAll(late);
  }

  @Test
  void familiesThatShareAnInterfaceShareItsFrames() {
    BurstQueue other = new BurstQueue(budget);
    begin(150, 0, START);
    drainUntil(START);

    for (int i = 0; i < 100; i++) {
      other.begin(IpAddress.of("fd00::" + Integer.toHexString(i + 1)), START);
    }
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      other.take(START).forEach(_ -> times.add(START));
    }

    assertThat(times).hasSize(50);
    assertThat(other.next()).contains(START.plusSeconds(1));
  }

  @Test
  void ipv4TakesTurnsWithBothFormsThatHostsListenTo() {
    for (int round = 0; round < 4; round++) {
      ArpFrame frame = (ArpFrame) GratuitousBurst.frame(VIP, MAC, round);

      assertThat(frame.arp().operation())
          .isEqualTo(round % 2 == 0 ? Operation.REQUEST : Operation.REPLY);
      assertThat(frame.destination()).isEqualTo(MacAddress.BROADCAST);
      assertThat(frame.arp().senderMac()).isEqualTo(MAC);
      assertThat(frame.arp().sender()).isEqualTo(VIP);
      assertThat(frame.arp().target()).isEqualTo(VIP);
    }
  }

  @Test
  void ipv6TellsAllNodesToReplaceWhatTheyKnow() {
    IpAddress vip = IpAddress.of("fd00::7");

    assertThat(GratuitousBurst.frame(vip, MAC, 0))
        .isEqualTo(
            new NdpFrame(
                MacAddress.of("33:33:00:00:00:01"),
                MAC,
                vip,
                IpAddress.of("ff02::1"),
                new Advertisement(vip, false, false, true, Optional.of(MAC))));
  }

  private record Sent(Instant at, IpAddress vip) {}

  private Set<IpAddress> begin(int count, int from, Instant now) {
    Set<IpAddress> vips = new LinkedHashSet<>();
    for (int i = from; i < from + count; i++) {
      IpAddress vip = IpAddress.ofIpv4Bits(0x0A00_0000 + i);
      vips.add(vip);
      queue.begin(vip, now);
    }
    return vips;
  }

  private List<Sent> drain() {
    return drainUntil(Instant.MAX);
  }

  private List<Sent> drainUntil(Instant end) {
    List<Sent> sent = new ArrayList<>();
    Instant now = START;
    for (Optional<Instant> next = queue.next();
        next.isPresent() && !next.get().isAfter(end);
        next = queue.next()) {
      now = next.get().isAfter(now) ? next.get() : now;
      Instant at = now;
      queue.take(now).forEach(round -> sent.add(new Sent(at, round.vip())));
    }
    return sent;
  }

  private static List<Long> timesOf(List<Sent> sent) {
    return sent.stream().map(s -> Duration.between(START, s.at()).toMillis()).toList();
  }
}
