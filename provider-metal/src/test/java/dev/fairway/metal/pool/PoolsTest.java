// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PoolsTest {

  @Test
  void olderPoolKeepsWhatTwoPoolsHaveInCommon() {
    Map<String, PoolState> states =
        Pools.judge(
            List.of(
                pool("newer", 2, "10.0.0.0/16"), pool("older", 1, "10.0.5.0/24", "10.1.0.0/24")));

    assertThat(states.get("older")).isInstanceOf(PoolState.Usable.class);
    assertThat(state(states, "newer").reason()).isEqualTo("Overlap");
    assertThat(state(states, "newer").message())
        .isEqualTo(
            "spec.addresses: 10.0.5.0-10.0.5.255 is in the older pool 'older' too; take it out of one of the two");
  }

  @Test
  void nameDecidesBetweenPoolsOfTheSameAge() {
    Map<String, PoolState> states =
        Pools.judge(List.of(pool("b", 1, "10.0.0.0/24"), pool("a", 1, "10.0.0.9-10.0.0.9")));

    assertThat(states).hasSize(2);
    assertThat(states.get("a")).isInstanceOf(PoolState.Usable.class);
    assertThat(states.get("b")).isInstanceOf(PoolState.Overlapping.class);
  }

  @Test
  void correctingTheFirstPoolRevivesTheSecond() {
    PoolSpec second = pool("second", 2, "10.0.0.0/24");

    assertThat(Pools.judge(List.of(pool("first", 1, "10.0.0.0/25"), second)).get("second"))
        .isInstanceOf(PoolState.Overlapping.class);
    assertThat(Pools.judge(List.of(pool("first", 1, "10.0.1.0/25"), second)).get("second"))
        .isInstanceOf(PoolState.Usable.class);
  }

  @Test
  void poolThatCannotBeUsedTakesNothingFromOthers() {
    Map<String, PoolState> states =
        Pools.judge(
            List.of(
                pool("malformed", 1, "10.0.0.0/24", "rubbish"),
                pool("good", 2, "10.0.0.0/25"),
                pool("overlapping", 3, "10.0.0.0-10.0.2.0"),
                pool("also-good", 4, "10.0.1.0/24")));

    assertThat(states.values())
        .map(PoolState::reason)
        .containsExactly("InvalidAddresses", "Valid", "Overlap", "Valid");
    assertThat(state(states, "malformed").message()).startsWith("spec.addresses[1]: 'rubbish'");
  }

  @RepeatedTest(20)
  void usablePoolsAreDisjointAndEveryOtherMeetsAnOlderUsableOne() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<PoolSpec> pools = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int first = random.nextInt(250);
      int last = first + random.nextInt(Math.min(12, 255 - first));
      pools.add(pool("p" + i, i, "10.0.0." + first + "-10.0.0." + last));
    }
    List<PoolSpec> shuffled = new ArrayList<>(pools);
    Collections.shuffle(shuffled, random);

    Map<String, PoolState> states = Pools.judge(shuffled);

    List<IpRange> accepted = new ArrayList<>();
    for (PoolSpec pool : pools) {
      IpRange range =
          ((PoolAddresses.Valid) PoolAddresses.parse(pool.addresses())).ranges().getFirst();
      boolean free = accepted.stream().noneMatch(other -> other.intersection(range).isPresent());
      assertThat(states.get(pool.name()) instanceof PoolState.Usable).isEqualTo(free);
      if (free) {
        accepted.add(range);
      }
    }
  }

  private static PoolState state(Map<String, PoolState> states, String pool) {
    return Objects.requireNonNull(states.get(pool));
  }

  private static PoolSpec pool(String name, int age, String... addresses) {
    return new PoolSpec(name, Instant.ofEpochSecond(age), List.of(addresses));
  }
}
