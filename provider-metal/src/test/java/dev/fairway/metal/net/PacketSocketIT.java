// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fairway.metal.pool.Family;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacketSocketIT {

  private static final String STRANGER = "020000000063";
  private static final String BROADCAST = "ffffffffffff";

  private Wire wire;
  private PacketSocket client;
  private PacketSocket node;

  @BeforeEach
  void open() throws Exception {
    wire = new Wire("ps");
    client = Netns.call(wire.client(), PacketSocketIT::openEth0);
    node = Netns.call(wire.node(), PacketSocketIT::openEth0);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    node.close();
    wire.close();
  }

  @Test
  void onlyQuestionsForThisHostAndAnnouncementsPassTheFilter() throws Exception {
    wire.inNode("link", "set", "eth0", "promisc", "on");
    String own = wire.nodeMac().toString().replace(":", "");

    client.send(arp("020000000077", "0001")); // for another station
    client.send(arp(own, "0002")); // an answer to a question of the kernel
    client.send(arp(BROADCAST, "0003")); // another operation
    client.send(HexFormat.of().parseHex(BROADCAST + STRANGER + "0800" + "00".repeat(46)));
    client.send(
        HexFormat.of()
            .parseHex(BROADCAST + STRANGER + "8100000508060001080006040001" + "00".repeat(40)));
    client.send(
        HexFormat.of().parseHex(BROADCAST + STRANGER + "0806")); // cut off before the operation
    client.send(arp(BROADCAST, "0001"));
    client.send(arp(own, "0001"));
    client.send(arp(BROADCAST, "0002"));

    assertThat(receive()).isEqualTo(arp(BROADCAST, "0001"));
    assertThat(receive()).isEqualTo(arp(own, "0001"));
    assertThat(receive()).isEqualTo(arp(BROADCAST, "0002"));
  }

  @Test
  void whoeverAsksAlsoHearsTheAnswers() throws Exception {
    String own = wire.nodeMac().toString().replace(":", "");
    try (PacketSocket asking =
        Netns.call(wire.node(), () -> PacketSocket.openToAsk(eth0(), Family.IPV4))) {
      client.send(arp(own, "0002"));

      assertThat(asking.receive(new byte[60], Duration.ofSeconds(5))).isEqualTo(60);
    }
  }

  @Test
  void onlyNeighbourDiscoveryForThisHostPassesTheFilterForIpv6() throws Exception {
    String own = wire.nodeMac().toString().replace(":", "");
    String all = "333300000001";
    wire.inNode("link", "set", "eth0", "promisc", "on");
    try (PacketSocket ndp = Netns.call(wire.node(), () -> PacketSocket.open(eth0(), Family.IPV6))) {
      client.send(ipv6("020000000077", 58, 135)); // for another station
      client.send(ipv6(own, 17, 135)); // UDP
      client.send(ipv6(all, 58, 134)); // a router's advertisement
      client.send(ipv6(own, 58, 136)); // an answer to a question of the kernel
      client.send(ipv6(all, 58, 135));
      client.send(ipv6(own, 58, 135));
      client.send(ipv6(all, 58, 136));

      for (byte[] expected : List.of(ipv6(all, 58, 135), ipv6(own, 58, 135), ipv6(all, 58, 136))) {
        byte[] frame = new byte[60];
        ndp.receive(frame, Duration.ofSeconds(5));
        assertThat(frame).isEqualTo(Arrays.copyOf(expected, 60));
      }
    }
  }

  @Test
  void kernelKnowsWhenItReceivedAFrame() throws Exception {
    client.send(arp(BROADCAST, "0001"));
    receive();
    assertThat(node.lastReceived()).as("begins to take note").isPresent();
    Instant before = Instant.now();

    client.send(arp(BROADCAST, "0001"));
    receive();

    assertThat(node.lastReceived().orElseThrow())
        .isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
  }

  @Test
  void ownFramesAreNotReceived() throws Exception {
    node.send(arp(BROADCAST, "0001"));

    assertThat(node.receive(new byte[60], Duration.ofMillis(50))).isZero();
  }

  @Test
  void frameLongerThanTheBufferIsCutOff() throws Exception {
    client.send(
        HexFormat.of()
            .parseHex(BROADCAST + STRANGER + "08060001080006040001" + "11".repeat(1_000)));

    assertThat(node.receive(new byte[128], Duration.ofSeconds(5))).isEqualTo(128);
  }

  @Test
  void wakeEndsTheWaitAndSoDoesClose() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    FutureTask<Integer> reader =
        new FutureTask<>(() -> {
          int first = node.receive(new byte[60], Duration.ofMinutes(1));
          woken.countDown();
          return first + node.receive(new byte[60], Duration.ofMinutes(1));
        });
    Thread.ofPlatform().start(reader);

    node.wake();
    assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    node.close();

    assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
  }

  @Test
  void closingTwiceAndUsingAfterwardsIsHarmless() throws Exception {
    node.close();
    node.close();
    node.wake();

    assertThat(node.receive(new byte[60], Duration.ZERO)).isEqualTo(-1);
    assertThat(catchThrowable(() -> node.send(new byte[60])))
        .hasMessage("cannot send a frame on eth0: the socket is closed");
  }

  @Test
  void interfaceThatIsGoneIsRefusedByName() {
    Link gone = new Link(9_999, "eth9", MacAddress.ZERO, true, true, 0, List.of());

    assertThat(catchThrowable(() -> PacketSocket.open(gone, Family.IPV4)))
        .hasMessage("cannot bind a packet socket on eth9: No such device");
  }

  private byte[] receive() throws IOException {
    byte[] buffer = new byte[60];
    int length = node.receive(buffer, Duration.ofSeconds(5));
    return Arrays.copyOf(buffer, Math.max(length, 0));
  }

  private static byte[] ipv6(String destination, int nextHeader, int type) {
    return HexFormat.of()
        .parseHex(
            destination
                + STRANGER
                + "86dd600000000018%02xff".formatted(nextHeader)
                + "00".repeat(32)
                + "%02x".formatted(type)
                + "00".repeat(23));
  }

  private static byte[] arp(String destination, String operation) {
    return HexFormat.of()
        .parseHex(destination + STRANGER + "0806" + "000108000604" + operation + "00".repeat(38));
  }

  private static PacketSocket openEth0() throws IOException {
    return PacketSocket.open(eth0(), Family.IPV4);
  }

  private static Link eth0() throws IOException {
    return Links.read().stream()
        .filter(link -> link.name().equals("eth0"))
        .findFirst()
        .orElseThrow();
  }
}
