// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.metal.net.Netns;
import dev.fairway.metal.net.Wire;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
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

/// The kernel of a client is the judge of what is answered.
class L2AnnouncerIT {

  private static final String VIP = "10.13.242.7";
  private static final String OTHER = "10.13.242.8";
  private static final String STRANGER = "02:00:00:00:00:99";

  private final BlockingQueue<Claims> changes = new LinkedBlockingQueue<>();
  private Wire wire;
  private L2Announcer announcer;

  @BeforeEach
  void open() throws Exception {
    wire = new Wire("l2");
    announcer =
        Netns.call(
            wire.node(),
            () -> L2Announcer.open(InstantSource.system(), changes::add, Rivals.ignored()));
  }

  @AfterEach
  void close() throws Exception {
    announcer.close();
    wire.close();
  }

  @Test
  void clientFindsTheVipAtTheNode() throws Exception {
    announce(VIP);

    wire.ask(VIP);

    awaitNeighbour(VIP, wire.nodeMac().toString());
    assertThat(changes.take().claimed())
        .containsEntry(IpAddress.of(VIP), List.of(new Claim("eth0", wire.nodeMac())));
    assertThat(counters().replies()).isPositive();
    assertThat(counters().times().count()).isEqualTo(counters().replies());
    assertThat(counters().times().maxMicros()).isPositive();
  }

  @Test
  void addressThatIsNotAnnouncedIsNotAnswered() throws Exception {
    announce(VIP);

    wire.ask(OTHER);

    awaitNeighbour(OTHER, "FAILED");
    assertThat(counters().requests()).isGreaterThanOrEqualTo(3);
    assertThat(counters().replies()).isZero();
  }

  @Test
  void withdrawnVipIsSilentAtOnce() throws Exception {
    announce(VIP, OTHER);
    wire.ask(VIP);
    awaitNeighbour(VIP, wire.nodeMac().toString());

    announce(OTHER);

    wire.ask(VIP);
    awaitNeighbour(VIP, "FAILED");
    wire.ask(OTHER);
    awaitNeighbour(OTHER, wire.nodeMac().toString());
  }

  @Test
  void burstEndsWithTheClaim() throws Exception {
    announce(VIP, OTHER);

    announce(OTHER);
    long sent = counters().announcements();
    wire.inClient("neigh", "replace", VIP, "lladdr", STRANGER, "nud", "reachable", "dev", "eth0");

    // Half of what was sent so far was for the other VIP, whose burst goes on to its end.
    await()
        .untilAsserted(
            () -> assertThat(counters().announcements()).isGreaterThanOrEqualTo(6 + sent / 2));
    assertThat(wire.neighbour(VIP)).isEqualTo(STRANGER);
  }

  @Test
  void closedAnnouncerIsSilentAndSaysSo() throws Exception {
    announce(VIP);
    changes.clear();

    announcer.close();

    assertThat(changes.take()).isEqualTo(Claims.NONE);
    wire.ask(VIP);
    awaitNeighbour(VIP, "FAILED");
  }

  @Test
  void claimMovesTheClientFromTheFormerOwner() throws Exception {
    wire.inClient("neigh", "replace", VIP, "lladdr", STRANGER, "nud", "reachable", "dev", "eth0");

    announce(VIP);

    awaitNeighbour(VIP, wire.nodeMac().toString());
    assertThat(counters().requests()).as("the client did not have to ask").isZero();
  }

  @Test
  void burstIsSentSixTimes() throws Exception {
    announce(VIP);

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(counters().announcements()).isEqualTo(6));
  }

  @Test
  void newEthernetAddressIsToldToTheClient() throws Exception {
    announce(VIP);
    wire.ask(VIP);
    awaitNeighbour(VIP, wire.nodeMac().toString());
    changes.clear();

    wire.inNode("link", "set", "eth0", "address", "02:00:00:00:00:42");

    awaitNeighbour(VIP, "02:00:00:00:00:42");
    assertThat(poll().claimed().values())
        .containsExactly(List.of(new Claim("eth0", wire.nodeMac())));
  }

  @Test
  void interfaceThatComesBackIsAnnouncedAgain() throws Exception {
    announce(VIP);
    changes.clear();

    wire.inNode("link", "set", "eth0", "down");

    assertThat(poll().unclaimed().get(IpAddress.of(VIP))).contains("is up, has a carrier", "eth0");
    wire.inNode("link", "set", "eth0", "up");
    assertThat(poll().claimed()).containsOnlyKeys(IpAddress.of(VIP));
    wire.ask(VIP);
    awaitNeighbour(VIP, wire.nodeMac().toString());
  }

  @Test
  void shortInterruptionIsFollowedByANewBurst() throws Exception {
    announce(VIP);
    await().untilAsserted(() -> assertThat(counters().announcements()).isEqualTo(6));
    wire.inClient("neigh", "replace", VIP, "lladdr", STRANGER, "nud", "reachable", "dev", "eth0");

    wire.inNode("link", "set", "eth0", "down");
    wire.inNode("link", "set", "eth0", "up");

    await().untilAsserted(() -> assertThat(counters().announcements()).isGreaterThan(6));
  }

  @Test
  void subnetThatArrivesLaterIsUsed() throws Exception {
    announce("10.77.0.7");
    assertThat(poll().unclaimed()).containsOnlyKeys(IpAddress.of("10.77.0.7"));

    wire.inNode("addr", "add", "10.77.0.1/24", "dev", "eth0");

    assertThat(poll().claimed()).containsOnlyKeys(IpAddress.of("10.77.0.7"));
  }

  @Test
  void interfaceThatIsRemovedAndMadeAnewIsUsed() throws Exception {
    announce(VIP);
    changes.clear();

    wire.inNode("link", "del", "eth0");
    assertThat(poll().claimed()).isEmpty();
    wire.inNode("link", "add", "eth0", "type", "veth", "peer", "name", "other");
    wire.inNode("addr", "add", "10.13.240.11/22", "dev", "eth0");
    wire.inNode("link", "set", "other", "up");
    wire.inNode("link", "set", "eth0", "up");

    await().untilAsserted(() -> assertThat(poll().claimed()).containsOnlyKeys(IpAddress.of(VIP)));
  }

  @Test
  void fiveHundredVipsAreAllAnnouncedAndAnswered() throws Exception {
    String[] vips = new String[500];
    for (int i = 0; i < vips.length; i++) {
      vips[i] = "10.13." + (242 + i / 250) + "." + i % 250;
    }

    announce(vips);

    await().untilAsserted(() -> assertThat(counters().announcements()).isGreaterThanOrEqualTo(500));
    wire.ask("10.13.242.249");
    awaitNeighbour("10.13.242.249", wire.nodeMac().toString());
    assertThat(counters().failedSends()).isZero();
  }

  private void announce(String... vips) throws Exception {
    // Sockets are opened in the namespace of the caller.
    Netns.call(
        wire.node(),
        () -> {
          announcer.announce(
              Set.of(vips).stream()
                  .map(vip -> new AnnouncedVip(IpAddress.of(vip), Set.of()))
                  .toList());
          return true;
        });
  }

  private void awaitNeighbour(String address, String expected) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(wire.neighbour(address)).isEqualTo(expected));
  }

  private Claims poll() throws InterruptedException {
    return Objects.requireNonNull(changes.poll(5, TimeUnit.SECONDS), "no change within 5 s");
  }

  private L2Counters counters() {
    return announcer.counters().getOrDefault("eth0", L2Counters.NONE);
  }
}
