// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairway.metal.failover.Order;
import dev.fairway.metal.failover.OwnerList;
import dev.fairway.metal.failover.Profile;
import dev.fairway.metal.failover.Wire;
import dev.fairway.metal.l2.AnnouncedVip;
import dev.fairway.metal.l2.Conflict;
import dev.fairway.metal.l2.ProbeTimes;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.speaker.MonotonicTime;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailoverLoopTest {
  private static final IpAddress VIP = IpAddress.of("10.0.0.100");
  private static final Duration SOON = Duration.ofSeconds(10);

  private final MonotonicTime clock = new MonotonicTime();
  private final Permit permit = new Permit(clock);
  private final Net net = new Net();
  private final Collection<Order.Event> events = new ConcurrentLinkedQueue<>();
  private volatile Collection<AnnouncedVip> announced = List.of();
  private FailoverLoop loop;

  private static final class Net implements Ground {
    volatile Optional<MacAddress> host = Optional.empty();
    volatile Set<IpAddress> outOfReach = Set.of();
    volatile int failures;

    @Override
    public CompletableFuture<Optional<Conflict>> probe(
        AnnouncedVip vip, ProbeTimes times, Predicate<MacAddress> ignored) {
      if (failures > 0) {
        failures--;
        return CompletableFuture.failedFuture(new IOException("the network is down"));
      }
      return CompletableFuture.completedFuture(
          host.filter(ignored.negate()).map(mac -> new Conflict(vip.address(), mac, "eth0")));
    }

    @Override
    public List<Link> links() {
      return List.of();
    }

    @Override
    public Set<IpAddress> outOfReach(Collection<AnnouncedVip> vips) {
      return outOfReach;
    }
  }

  @BeforeEach
  void start() throws IOException {
    loop =
        FailoverLoop.open(
            "a",
            1,
            Profile.DEFAULT,
            freePort(),
            clock,
            net,
            permit,
            new Colleagues(_ -> {}),
            events::add);
    var _ = loop.subscribe(vips -> announced = List.copyOf(vips));
    loop.start();
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  @Test
  void theFirstOwnerAnnouncesWhatNobodyElseHas() {
    loop.keys(wire());
    loop.roster(roster(1, "a"));

    awaitAnnounced();
    assertThat(permit.getAsBoolean()).isTrue();
  }

  @Test
  void withoutAKeyNothingIsAnnounced() {
    loop.roster(roster(1, "a"));
    await().during(Duration.ofMillis(300)).until(() -> announced.isEmpty());

    loop.keys(wire());
    awaitAnnounced();
  }

  @Test
  void anAddressThatAHostHasIsNotAnnounced() {
    net.host = Optional.of(MacAddress.of("02:00:00:00:00:0a"));
    loop.keys(wire());
    loop.roster(roster(1, "a"));

    await().atMost(SOON).until(() -> events.contains(new Order.Conflict(VIP, "02:00:00:00:00:0a")));
    assertThat(announced).isEmpty();
  }

  @Test
  void anotherSpeakerThatHadTheAddressBeforeIsNoConflict() {
    var speaker = MacAddress.of("02:00:00:00:00:0a");
    net.host = Optional.of(speaker);
    loop.keys(wire());
    loop.roster(new Roster(roster(1, "a").vips(), Map.of(), Set.of(speaker)));

    awaitAnnounced();
  }

  @Test
  void aForeignHostThatAnswersKeepsNobodyFromTakingOver() {
    net.host = Optional.of(MacAddress.of("02:00:00:00:00:0a"));
    loop.keys(wire());
    loop.roster(followed(Set.of()));

    awaitAnnounced();
  }

  @Test
  void anotherSpeakerThatAnswersKeepsItsVip() {
    var speaker = MacAddress.of("02:00:00:00:00:0a");
    net.host = Optional.of(speaker);
    loop.keys(wire());
    loop.roster(followed(Set.of(speaker)));

    await().atMost(SOON).until(() -> events.stream().anyMatch(Order.SplitPath.class::isInstance));
    assertThat(announced).isEmpty();
  }

  // The first owner is not there, and nobody else who could be a witness.
  private static Roster followed(Set<MacAddress> speakers) {
    var list = new OwnerList(VIP, 1, List.of("b", "a"), true);
    return new Roster(List.of(new OwnedVip(list, Set.of())), Map.of(), speakers);
  }

  @Test
  void whatCouldNotBeProbedIsProbedAgain() {
    net.failures = 1;
    loop.keys(wire());
    loop.roster(roster(1, "a"));

    awaitAnnounced();
  }

  @Test
  void aVipWithoutAnInterfaceIsGivenUpUntilThereIsOne() {
    loop.keys(wire());
    loop.roster(roster(1, "a"));
    awaitAnnounced();

    net.outOfReach = Set.of(VIP);
    loop.linksChanged();
    await().atMost(SOON).until(() -> announced.isEmpty());

    net.outOfReach = Set.of();
    loop.linksChanged();
    awaitAnnounced();
  }

  @Test
  void aVipThatIsGoneIsAnnouncedNoMore() {
    loop.keys(wire());
    loop.roster(roster(1, "a"));
    awaitAnnounced();

    loop.roster(new Roster(List.of(), Map.of(), Set.of()));
    await().atMost(SOON).until(() -> announced.isEmpty());
  }

  @Test
  void theInterfacesOfAVipCanChangeWhileItIsAnnounced() {
    loop.keys(wire());
    loop.roster(roster(1, "a"));
    awaitAnnounced();

    var list = new OwnerList(VIP, 1, List.of("a"), true);
    loop.roster(new Roster(List.of(new OwnedVip(list, Set.of("eth1"))), Map.of(), Set.of()));
    await()
        .atMost(SOON)
        .until(() -> announced.equals(List.of(new AnnouncedVip(VIP, Set.of("eth1")))));
  }

  @Test
  void thePermitEndsWithTheThread() {
    loop.keys(wire());
    loop.roster(roster(1, "a"));
    awaitAnnounced();

    loop.close();
    await().atMost(Duration.ofSeconds(1)).until(() -> !permit.getAsBoolean());
  }

  @Test
  void whatIsNoHeartbeatIsIgnored() throws IOException {
    loop.close();
    var port = freePort();
    loop =
        FailoverLoop.open(
            "a",
            1,
            Profile.DEFAULT,
            port,
            clock,
            net,
            permit,
            new Colleagues(_ -> {}),
            events::add);
    var _ = loop.subscribe(vips -> announced = List.copyOf(vips));
    loop.start();
    loop.keys(wire());
    loop.roster(roster(1, "a"));
    for (var bytes :
        List.of(
            new byte[0],
            new byte[Wire.MAX_LENGTH + 100],
            "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII))) {
      try (var socket = new DatagramSocket()) {
        socket.send(
            new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
      }
    }

    awaitAnnounced();
    assertThat(loop.lateness().turns()).isPositive();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (var taken = new DatagramSocket()) {
      assertThatThrownBy(() ->
              FailoverLoop.open(
                  "a",
                  1,
                  Profile.DEFAULT,
                  taken.getLocalPort(),
                  clock,
                  net,
                  permit,
                  new Colleagues(_ -> {}),
                  events::add))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot use UDP port %d".formatted(taken.getLocalPort()));
    }
  }

  private void awaitAnnounced() {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> announced.equals(List.of(new AnnouncedVip(VIP, Set.of()))));
  }

  private static Roster roster(long version, String... owners) {
    var list = new OwnerList(VIP, version, List.of(owners), false);
    return new Roster(List.of(new OwnedVip(list, Set.of())), Map.of(), Set.of());
  }

  private static Wire wire() {
    return new Wire(List.of("a key of this test".getBytes(StandardCharsets.UTF_8)));
  }

  private static int freePort() throws IOException {
    try (var socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }
}
