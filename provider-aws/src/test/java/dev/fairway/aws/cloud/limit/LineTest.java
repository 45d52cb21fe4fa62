// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Bucket bucket = Bucket.fixed(new Limit(8, 1), 0);
  private final Line line = new Line(bucket, Optional.of(Bucket.fixed(new Limit(2, 2), 0)));

  @Test
  void deadTargetsGoBeforeAllOthersWhoCameEarlier() {
    empty();
    var audit = line.join(Lane.AUDIT);
    var change = line.join(Lane.CHANGE);
    var dead = line.join(Lane.DEAD_TARGETS);

    assertThat(line.admit(SECOND)).containsExactly(dead);
    assertThat(line.admit(2 * SECOND)).containsExactly(change);
    assertThat(line.waits(audit)).isTrue();
  }

  @Test
  void withinALaneWhoCameFirstGoesFirst() {
    empty();
    var first = line.join(Lane.CHANGE);
    var second = line.join(Lane.CHANGE);

    assertThat(line.admit(SECOND)).containsExactly(first);
    assertThat(line.admit(2 * SECOND)).containsExactly(second);
  }

  @Test
  void asManyGoAsThereAreTokens() {
    for (var i = 0; i < 10; i++) {
      line.join(Lane.REPAIR);
    }

    assertThat(line.admit(0)).hasSize(8);
    assertThat(line.length()).isEqualTo(2);
  }

  @Test
  void theAuditGetsItsShareEvenWhenNobodyElseCalls() {
    joinAudits(10);

    assertThat(line.admit(0)).hasSize(2);
    assertThat(line.admit(SECOND / 2)).hasSize(1);
  }

  @Test
  void theAuditLeavesTheLastTokensToOthers() {
    for (var i = 0; i < 6; i++) {
      assertThat(bucket.take(0, 0)).isTrue();
    }
    joinAudits(1);
    assertThat(line.admit(0)).as("2 of 8 left, which is the reserve").isEmpty();

    line.join(Lane.REPAIR);
    line.join(Lane.REPAIR);

    assertThat(line.admit(0))
        .extracting(Line.Ticket::lane)
        .containsExactly(Lane.REPAIR, Lane.REPAIR);
  }

  @Test
  void aRefusedAuditCallCostsNothingOfItsShare() {
    empty();
    joinAudits(2);
    for (var i = 0; i < 100; i++) {
      line.admit(i);
    }

    assertThat(line.admit(8 * SECOND)).hasSize(2);
  }

  @Test
  void withoutAShareTheAuditNeverGoes() {
    var none = new Line(bucket, Optional.empty());
    var ticket = none.join(Lane.AUDIT);

    assertThat(none.admit(0)).isEmpty();
    assertThat(none.nanosUntil(ticket, 0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theTurnIsForeseenFromThePlaceInTheLine() {
    empty();
    var first = line.join(Lane.CHANGE);
    var second = line.join(Lane.CHANGE);
    assertThat(line.nanosUntil(first, 0)).isEqualTo(SECOND);
    assertThat(line.nanosUntil(second, 0)).isEqualTo(2 * SECOND);

    line.join(Lane.DEAD_TARGETS);

    assertThat(line.nanosUntil(first, 0)).isEqualTo(2 * SECOND);
  }

  @Test
  void anAuditCallForeseesTheReserveAndItsShare() {
    empty();
    var audit = line.join(Lane.AUDIT);

    assertThat(line.nanosUntil(audit, 0)).isEqualTo(3 * SECOND);
  }

  @Test
  void whoLeavesIsNotServed() {
    empty();
    var gone = line.join(Lane.DEAD_TARGETS);
    var next = line.join(Lane.AUDIT);

    line.leave(gone);

    assertThat(line.head()).contains(next);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nobodyPassesSomebodyMoreUrgentWhoWaitedAlready(long seed) {
    var random = new Random(seed);
    var lanes = Lane.values();
    var waiting = new ArrayList<Line.Ticket>();
    var now = 0L;

    for (var step = 0; step < 500; step++) {
      waiting.add(line.join(lanes[random.nextInt(lanes.length)]));
      now += random.nextLong(2 * SECOND);
      for (var admitted : line.admit(now)) {
        waiting.remove(admitted);
        assertThat(waiting)
            .as("seed %d, step %d", seed, step)
            .noneMatch(other -> other.lane().compareTo(admitted.lane()) < 0);
      }
    }
  }

  private void empty() {
    while (bucket.take(0, 0)) {
      // All of them.
    }
  }

  private List<Line.Ticket> joinAudits(int count) {
    var tickets = new ArrayList<Line.Ticket>();
    for (var i = 0; i < count; i++) {
      tickets.add(line.join(Lane.AUDIT));
    }
    return tickets;
  }
}
