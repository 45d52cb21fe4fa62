// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BurstQueueTest {

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final IpAddress VIP = IpAddress.of("10.13.242.7");

  private final BurstQueue queue = new BurstQueue();

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
    assertThat(queue.take(START.plusMillis(100))).containsExactly(VIP);
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
  void manyVipsArePacedAndEachComesOnceBeforeAnyComesAgain() {
    Set<IpAddress> vips = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      IpAddress vip = IpAddress.ofIpv4Bits(0x0A00_0000 + i);
      vips.add(vip);
      queue.begin(vip, START);
    }

    List<Sent> sent = drain();

    assertThat(sent).hasSize(6_000);
    assertThat(sent.subList(0, 1_000)).map(Sent::vip).containsExactlyInAnyOrderElementsOf(vips);
    assertThat(sent.get(999).at()).isEqualTo(START.plus(BurstQueue.PAUSE.multipliedBy(15)));
    assertThat(sent.stream().filter(s -> s.at().equals(START))).hasSize(BurstQueue.BATCH);
  }

  @Test
  void roundHasBothFormsThatHostsListenTo() {
    MacAddress mac = MacAddress.of("02:00:00:00:00:0b");

    List<ArpFrame> frames = GratuitousBurst.frames(VIP, mac);

    assertThat(frames)
        .map(frame -> frame.arp().operation())
        .containsExactly(Operation.REQUEST, Operation.REPLY);
    assertThat(frames)
        .allSatisfy(frame -> {
          assertThat(frame.destination()).isEqualTo(MacAddress.BROADCAST);
          assertThat(frame.arp().senderMac()).isEqualTo(mac);
          assertThat(frame.arp().sender()).isEqualTo(VIP);
          assertThat(frame.arp().target()).isEqualTo(VIP);
        });
  }

  private record Sent(Instant at, IpAddress vip) {}

  private List<Sent> drain() {
    List<Sent> sent = new ArrayList<>();
    for (Optional<Instant> next = queue.next(); next.isPresent(); next = queue.next()) {
      Instant now = next.get();
      queue.take(now).forEach(vip -> sent.add(new Sent(now, vip)));
    }
    return sent;
  }

  private static List<Long> timesOf(List<Sent> sent) {
    return sent.stream().map(s -> Duration.between(START, s.at()).toMillis()).toList();
  }
}
