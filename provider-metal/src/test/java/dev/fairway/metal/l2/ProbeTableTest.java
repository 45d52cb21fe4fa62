// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.ProbeTable.Probe;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProbeTableTest {

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final IpAddress ADDRESS = IpAddress.of("10.13.242.7");
  private static final MacAddress FOREIGN = MacAddress.of("02:00:00:00:00:66");
  private static final MacAddress SPEAKER = MacAddress.of("02:00:00:00:00:0c");

  private final ProbeTable table = new ProbeTable();

  @Test
  void addressIsAskedForThreeTimesAndFreeAfterThat() {
    Probe probe = probe(ADDRESS, ProbeTimes.CLAIM);
    table.begin(probe, START);

    List<Long> asked = new ArrayList<>();
    List<Long> free = new ArrayList<>();
    for (Optional<Instant> next = table.next(); next.isPresent(); next = table.next()) {
      ProbeTable.Turn turn = table.take(next.get());
      long millis = Duration.between(START, next.get()).toMillis();
      turn.ask().forEach(_ -> asked.add(millis));
      turn.free().forEach(_ -> free.add(millis));
    }

    assertThat(asked).containsExactly(0L, 150L, 300L);
    assertThat(free).containsExactly(450L);
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void takeOverAsksOnce() {
    table.begin(probe(ADDRESS, ProbeTimes.TAKE_OVER), START);

    assertThat(table.take(START).ask()).hasSize(1);
    assertThat(table.take(START.plusMillis(74)).free()).isEmpty();
    assertThat(table.take(START.plusMillis(75)).free()).hasSize(1);
  }

  @Test
  void whoeverHasTheAddressOrAsksForItEndsTheProbe() {
    for (Sighting.Kind kind : Sighting.Kind.values()) {
      Probe probe = probe(ADDRESS, ProbeTimes.CLAIM);
      table.begin(probe, START);
      table.take(START);

      assertThat(table.hear(new Sighting(ADDRESS, FOREIGN, kind))).containsExactly(probe);
      assertThat(table.isEmpty()).isTrue();
    }
  }

  @Test
  void whoAsksForItTooDoesNotKeepAnybodyFromTakingOver() {
    Probe probe = probe(ADDRESS, ProbeTimes.TAKE_OVER);
    table.begin(probe, START);

    assertThat(table.hear(new Sighting(ADDRESS, FOREIGN, Sighting.Kind.PROBE))).isEmpty();
    assertThat(table.hear(new Sighting(ADDRESS, FOREIGN, Sighting.Kind.CLAIM)))
        .containsExactly(probe);
  }

  @Test
  void ignoredStationsAndOtherAddressesDecideNothing() {
    table.begin(probe(ADDRESS, ProbeTimes.CLAIM), START);

    assertThat(table.hear(new Sighting(ADDRESS, SPEAKER, Sighting.Kind.CLAIM))).isEmpty();
    assertThat(table.hear(new Sighting(IpAddress.of("10.13.242.8"), FOREIGN, Sighting.Kind.CLAIM)))
        .isEmpty();
    assertThat(table.isEmpty()).isFalse();
  }

  @Test
  void neverMoreThanAThousandQuestionsInASecond() {
    for (int i = 0; i < 1_001; i++) {
      table.begin(probe(IpAddress.ofIpv4Bits(i), ProbeTimes.TAKE_OVER), START);
    }

    assertThat(table.take(START).ask()).hasSize(1_000);
    assertThat(table.take(START.plusMillis(999)).ask()).isEmpty();
    assertThat(table.take(START.plusMillis(1_000)).ask()).hasSize(1);
  }

  private static Probe probe(IpAddress address, ProbeTimes times) {
    return new Probe(address, times, SPEAKER::equals, new CompletableFuture<>());
  }
}
