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

/// The kernel of a client is the judge of what is answered for IPv6.
class NdpAnnouncerIT {

  private static final String VIP = "fd00:13::7";
  private static final String SAME_GROUP = "fd00:13::1:0:0:7";
  private static final String OTHER = "fd00:13::8";
  private static final String GROUP = "ff02::1:ff00:7";
  private static final String STRANGER = "02:00:00:00:00:99";

  private final BlockingQueue<Claims> changes = new LinkedBlockingQueue<>();
  private Wire wire;
  private L2Announcer announcer;

  @BeforeEach
  void open() throws Exception {
    wire = new Wire("nd").withIpv6();
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
    assertThat(counters().malformed()).isZero();
  }

  @Test
  void bothFamiliesAreAnsweredOnOneInterface() throws Exception {
    announce(VIP, "10.13.242.7");

    wire.ask(VIP);
    awaitNeighbour(VIP, wire.nodeMac().toString());
    wire.ask("10.13.242.7");
    awaitNeighbour("10.13.242.7", wire.nodeMac().toString());
  }

  @Test
  void addressThatIsNotAnnouncedIsNotAnswered() throws Exception {
    announce(VIP);

    wire.ask(SAME_GROUP);

    awaitNeighbour(SAME_GROUP, "FAILED");
    assertThat(counters().requests()).isGreaterThanOrEqualTo(3);
    assertThat(counters().replies()).isZero();
  }

  @Test
  void ofTwoVipsInOneGroupEitherCanGo() throws Exception {
    announce(VIP, SAME_GROUP);
    assertThat(groups()).contains(GROUP);

    announce(SAME_GROUP);

    assertThat(groups()).contains(GROUP);
    wire.ask(VIP);
    awaitNeighbour(VIP, "FAILED");
    wire.ask(SAME_GROUP);
    awaitNeighbour(SAME_GROUP, wire.nodeMac().toString());

    announce(OTHER);
    assertThat(groups()).doesNotContain(GROUP).contains("ff02::1:ff00:8");
    announcer.close();
    assertThat(groups()).doesNotContain("ff02::1:ff00:8");
  }

  @Test
  void switchThatSnoopsIsToldOfTheGroup() throws Exception {
    wire.inClient("link", "add", "br0", "type", "bridge", "mcast_snooping", "1");
    wire.inClient("link", "set", "br0", "up");
    wire.inClient("link", "set", "eth0", "master", "br0");

    announce(VIP);

    await().untilAsserted(() -> assertThat(wire.bridgeInClient("mdb", "show")).contains(GROUP));
  }

  @Test
  void neighbourThatChecksItsEntryByUnicastKeepsIt() throws Exception {
    for (String change :
        List.of("base_reachable 200", "delay_probe 50", "retrans 200", "gc_stale 60000")) {
      wire.inClient(("ntable change name ndisc_cache dev eth0 " + change).split(" "));
    }
    announce(VIP);
    wire.ask(VIP);
    awaitNeighbour(VIP, wire.nodeMac().toString());
    long answered = counters().replies();

    // Each check is by unicast; one that is not answered three times would lose the entry.
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          wire.say(VIP);
          assertThat(wire.neighbour(VIP))
              .as("%s after %d", counters(), answered)
              .isEqualTo(wire.nodeMac().toString());
          return counters().replies() >= answered + 8;
        });
  }

  @Test
  void hostThatTakesTheAddressFindsThatItIsADuplicate() throws Exception {
    announce(VIP);

    wire.inClient("addr", "add", VIP + "/64", "dev", "eth0");

    await()
        .untilAsserted(
            () -> assertThat(wire.inClient("addr", "show", "to", VIP)).contains("dadfailed"));
  }

  @Test
  void claimMovesTheClientFromTheFormerOwner() throws Exception {
    wire.inClient("neigh", "replace", VIP, "lladdr", STRANGER, "nud", "reachable", "dev", "eth0");

    announce(VIP);

    awaitNeighbour(VIP, wire.nodeMac().toString());
    assertThat(counters().requests()).as("the client did not have to ask").isZero();
  }

  @Test
  void newEthernetAddressIsToldToTheClientWithinASecond() throws Exception {
    announce(VIP);
    wire.ask(VIP);
    awaitNeighbour(VIP, wire.nodeMac().toString());

    wire.inNode("link", "set", "eth0", "address", "02:00:00:00:00:42");

    await()
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(wire.neighbour(VIP)).isEqualTo("02:00:00:00:00:42"));
  }

  @Test
  void interfaceThatComesBackIsAnsweredAndInItsGroups() throws Exception {
    announce(VIP);
    changes.clear();

    wire.inNode("link", "set", "eth0", "down");
    assertThat(poll().unclaimed()).containsOnlyKeys(IpAddress.of(VIP));
    wire.inNode("link", "set", "eth0", "up");
    // The kernel drops addresses of IPv6 with the link.
    wire.inNode("addr", "replace", Wire.NODE_ADDRESS_6 + "/64", "dev", "eth0", "nodad");

    await().untilAsserted(() -> assertThat(groups()).contains(GROUP));
    wire.ask(VIP);
    awaitNeighbour(VIP, wire.nodeMac().toString());
  }

  @Test
  void interfaceThatIsMadeAnewIsInItsGroups() throws Exception {
    announce(VIP);
    changes.clear();

    wire.inNode("link", "del", "eth0");
    assertThat(poll().claimed()).isEmpty();
    wire.inNode("link", "add", "eth0", "type", "veth", "peer", "name", "other");
    wire.inNode("addr", "add", Wire.NODE_ADDRESS_6 + "/64", "dev", "eth0", "nodad");
    wire.inNode("link", "set", "other", "up");
    wire.inNode("link", "set", "eth0", "up");

    await().untilAsserted(() -> assertThat(groups()).contains(GROUP));
  }

  @Test
  void moreVipsThanOneSocketMayJoinGroupsForAreAllAnswered() throws Exception {
    String[] vips = new String[500];
    for (int i = 0; i < vips.length; i++) {
      vips[i] = "fd00:13::" + Integer.toHexString(0x1000 + i);
    }

    announce(vips);

    assertThat(groups()).contains("ff02::1:ff00:1000", "ff02::1:ff00:11f3");
    await().untilAsserted(() -> assertThat(counters().announcements()).isGreaterThanOrEqualTo(500));
    wire.ask(vips[499]);
    awaitNeighbour(vips[499], wire.nodeMac().toString());
    assertThat(counters().failedSends()).isZero();
  }

  private String groups() throws Exception {
    return wire.inNode("maddr", "show", "dev", "eth0");
  }

  private void announce(String... vips) throws Exception {
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
