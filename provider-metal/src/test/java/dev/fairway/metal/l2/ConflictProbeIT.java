// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.net.Netns;
import dev.fairway.metal.net.Wire;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The kernel of a client, or another announcer there, is who has the address.
class ConflictProbeIT {

  private static final Predicate<MacAddress> NOBODY = MacAddress.ZERO::equals;

  private Wire wire;
  private L2Announcer announcer;

  @BeforeEach
  void open() throws Exception {
    wire = new Wire("cp").withIpv6();
    announcer = openIn(wire.node());
  }

  @AfterEach
  void close() throws Exception {
    announcer.close();
    wire.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.13.242.7", "fd00:13::7"})
  void addressThatNobodyHasIsFreeAfterThreeQuestions(String address) throws Exception {
    long start = System.nanoTime();

    assertThat(probe(address, ProbeTimes.CLAIM, NOBODY)).isEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(450))
        .isLessThan(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {Wire.CLIENT_ADDRESS, Wire.CLIENT_ADDRESS_6})
  void hostThatHasTheAddressIsNamed(String address) throws Exception {
    assertThat(probe(address, ProbeTimes.CLAIM, NOBODY))
        .contains(new Conflict(IpAddress.of(address), wire.clientMac(), "eth0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.13.242.7", "fd00:13::7"})
  void speakerThatStillAnswersIsFoundByOneQuestionUnlessItDoesNotCount(String address)
      throws Exception {
    MacAddress other = wire.clientMac();
    L2Announcer owner = openIn(wire.client());
    try {
      Netns.call(
          wire.client(),
          () -> {
            owner.announce(List.of(new AnnouncedVip(IpAddress.of(address), Set.of())));
            return true;
          });

      assertThat(probe(address, ProbeTimes.TAKE_OVER, NOBODY)).map(Conflict::mac).contains(other);
      assertThat(probe(address, ProbeTimes.TAKE_OVER, other::equals)).isEmpty();
    } finally {
      owner.close();
    }
  }

  @Test
  void questionLeavesNoTraceInTheCachesOfOthers() throws Exception {
    probe(Wire.CLIENT_ADDRESS_6, ProbeTimes.TAKE_OVER, NOBODY);
    probe(Wire.CLIENT_ADDRESS, ProbeTimes.TAKE_OVER, NOBODY);

    assertThat(wire.inClient("neigh", "show")).doesNotContain(wire.nodeMac().toString());
  }

  @Test
  void manyAddressesAreProbedTogether() throws Exception {
    List<CompletableFuture<Optional<Conflict>>> answers = new ArrayList<>();
    for (int i = 1; i <= 300; i++) {
      answers.add(start("10.13.241." + i % 250, ProbeTimes.CLAIM, NOBODY));
      answers.add(start("fd00:13::f:" + i, ProbeTimes.CLAIM, NOBODY));
    }
    answers.add(start(Wire.CLIENT_ADDRESS, ProbeTimes.CLAIM, NOBODY));

    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);

    assertThat(answers.getLast().join()).isPresent();
    assertThat(answers.subList(0, 600)).allMatch(answer -> answer.join().isEmpty());
  }

  @Test
  void whatCannotBeAskedIsNotTakenForFree() {
    assertThat(catchThrowable(() -> probe("10.99.0.7", ProbeTimes.CLAIM, NOBODY)))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("no interface of this node has a subnet with 10.99.0.7");
  }

  @Test
  void announcerThatIsClosedFailsItsProbes() throws Exception {
    CompletableFuture<Optional<Conflict>> answer =
        start("10.13.242.7", new ProbeTimes(1, Duration.ofMinutes(1), true), NOBODY);

    announcer.close();

    assertThat(catchThrowable(() -> answer.get(5, TimeUnit.SECONDS)))
        .hasMessageContaining("the probe was ended");
    assertThat(catchThrowable(() -> probe("10.13.242.7", ProbeTimes.CLAIM, NOBODY)))
        .hasMessageContaining("the speaker stops");
  }

  private Optional<Conflict> probe(String address, ProbeTimes times, Predicate<MacAddress> ignored)
      throws Exception {
    return start(address, times, ignored).get(10, TimeUnit.SECONDS);
  }

  // Sockets are opened in the namespace of the caller.
  private CompletableFuture<Optional<Conflict>> start(
      String address, ProbeTimes times, Predicate<MacAddress> ignored) throws Exception {
    return Netns.call(
        wire.node(),
        () -> announcer.probe(new AnnouncedVip(IpAddress.of(address), Set.of()), times, ignored));
  }

  private static L2Announcer openIn(String namespace) throws Exception {
    return Netns.call(
        namespace, () -> L2Announcer.open(InstantSource.system(), _ -> {}, Rivals.ignored()));
  }
}
