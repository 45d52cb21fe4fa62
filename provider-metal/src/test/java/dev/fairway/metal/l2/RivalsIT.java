// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.net.Netns;
import dev.fairway.metal.net.Wire;
import dev.fairway.metal.pool.IpAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Others on the network that claim a VIP of ours.
class RivalsIT {

  private static final MacAddress FOREIGN = MacAddress.of("02:00:00:00:00:66");
  private static final MacAddress SPEAKER = MacAddress.of("02:00:00:00:00:0c");

  private final BlockingQueue<Rival> heard = new LinkedBlockingQueue<>();
  private Wire wire;
  private L2Announcer announcer;

  @BeforeEach
  void open() throws Exception {
    wire = new Wire("rv").withIpv6();
    Rivals rivals =
        new Rivals() {
          @Override
          public boolean isSpeaker(MacAddress mac) {
            return mac.equals(SPEAKER);
          }

          @Override
          public void heard(Rival rival) {
            heard.add(rival);
            if (rival.speaker()) {
              announcer.announce(List.of());
            }
          }
        };
    announcer =
        Netns.call(wire.node(), () -> L2Announcer.open(InstantSource.system(), _ -> {}, rivals));
  }

  @AfterEach
  void close() throws Exception {
    announcer.close();
    wire.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.13.242.7", "fd00:13::7"})
  void foreignHostIsReportedWithItsAddressAndDefendedAgainstOnce(String text) throws Exception {
    IpAddress vip = IpAddress.of(text);
    announce(vip);
    await().untilAsserted(() -> assertThat(counters().announcements()).isEqualTo(6));
    wire.inClient(
        "neigh", "replace", text, "lladdr", FOREIGN.toString(), "nud", "reachable", "dev", "eth0");

    wire.sendFromClient(GratuitousBurst.frame(vip, FOREIGN, 0).encode());

    assertThat(poll()).isEqualTo(new Rival(vip, FOREIGN, "eth0", false, true));
    await()
        .untilAsserted(() -> assertThat(wire.neighbour(text)).isEqualTo(wire.nodeMac().toString()));
    await()
        .untilAsserted(() -> {
          wire.sendFromClient(GratuitousBurst.frame(vip, FOREIGN, 0).encode());
          assertThat(heard).contains(new Rival(vip, FOREIGN, "eth0", false, false));
        });
    assertThat(counters().announcements()).isEqualTo(7);
    assertThat(counters().rivals()).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.13.242.7", "fd00:13::7"})
  void speakerThatTakesOverIsYieldedToFromTheCallback(String text) throws Exception {
    IpAddress vip = IpAddress.of(text);
    announce(vip);

    wire.sendFromClient(GratuitousBurst.frame(vip, SPEAKER, 0).encode());

    assertThat(poll()).isEqualTo(new Rival(vip, SPEAKER, "eth0", true, false));
    wire.ask(text);
    await().untilAsserted(() -> assertThat(wire.neighbour(text)).isEqualTo("FAILED"));
    assertThat(counters().replies()).isZero();
  }

  @Test
  void traceOfOneselfIsNoRival() throws Exception {
    IpAddress vip = IpAddress.of("fd00:13::7");
    announce(vip);
    await().untilAsserted(() -> assertThat(counters().announcements()).isPositive());

    wire.sendFromClient(GratuitousBurst.frame(vip, wire.nodeMac(), 0).encode());
    wire.sendFromClient(GratuitousBurst.frame(vip, FOREIGN, 0).encode());

    assertThat(poll().mac()).isEqualTo(FOREIGN);
  }

  private void announce(IpAddress vip) throws Exception {
    Netns.call(
        wire.node(),
        () -> {
          announcer.announce(List.of(new AnnouncedVip(vip, Set.of())));
          return true;
        });
  }

  private Rival poll() throws InterruptedException {
    return Objects.requireNonNull(heard.poll(5, TimeUnit.SECONDS), "nothing heard within 5 s");
  }

  private L2Counters counters() {
    return announcer.counters().getOrDefault("eth0", L2Counters.NONE);
  }
}
