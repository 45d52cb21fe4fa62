// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CandidacyTest {
  private static final Duration LEASE = Duration.ofSeconds(15);

  @Test
  void aFreeLeaseAndOnesOwnMayBeTakenAtOnce() {
    assertThat(Candidacy.of("a").sees("", "1", LEASE, 0).mayTake(0)).isTrue();
    assertThat(Candidacy.of("a").sees("a", "1", LEASE, 0).mayTake(0)).isTrue();
    assertThat(Candidacy.of("a").mayTake(0)).as("without having looked").isFalse();
  }

  @Test
  void aHolderIsSilentOnlyAfterTheWholeLeaseWasWatched() {
    var candidacy = Candidacy.of("a").sees("b", "1", LEASE, 0);

    assertThat(candidacy.mayTake(seconds(14))).isFalse();
    assertThat(candidacy.mayTake(seconds(15))).isTrue();
  }

  @Test
  void aRenewalStartsTheWatchAnewAndALookWithoutOneDoesNot() {
    var watched = Candidacy.of("a").sees("b", "1", LEASE, 0);

    assertThat(watched.sees("b", "1", LEASE, seconds(10)).mayTake(seconds(15))).isTrue();
    assertThat(watched.sees("b", "2", LEASE, seconds(10)).mayTake(seconds(15))).isFalse();
  }

  @Test
  void itKnowsWhetherItHolds() {
    assertThat(Candidacy.of("a").sees("a", "1", LEASE, 0).holds()).isTrue();
    assertThat(Candidacy.of("a").sees("b", "1", LEASE, 0).holds()).isFalse();
  }

  private static long seconds(long n) {
    return Duration.ofSeconds(n).toNanos();
  }
}
