// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FreeAddressesTest {

  @Test
  void everyAddressOfANetworkIsGivenOutOnceAndThenNone() {
    FreeAddresses free = new FreeAddresses(ranges("10.0.0.0/24"), List.of());
    Set<IpAddress> given = new HashSet<>();

    for (int i = 0; i < 256; i++) {
      IpAddress address = free.find(Family.IPV4, StableHash.of("lb-" + i)).orElseThrow();
      assertThat(free.take(address)).isTrue();
      given.add(address);
    }

    assertThat(given).hasSize(256).contains(IpAddress.of("10.0.0.0"), IpAddress.of("10.0.0.255"));
    assertThat(free.find(Family.IPV4, 7)).isEmpty();
    assertThat(free.available()).isZero();
    assertThat(free.assignedCount()).isEqualTo(256);
  }

  @Test
  void sameKeyGetsItsAddressBack() {
    FreeAddresses free = new FreeAddresses(ranges("10.0.0.0/24"), List.of());
    long key = StableHash.of("default/example-service");
    IpAddress first = free.find(Family.IPV4, key).orElseThrow();

    free.take(first);
    free.take(free.find(Family.IPV4, StableHash.of("other")).orElseThrow());
    free.release(first);

    assertThat(free.find(Family.IPV4, key)).contains(first);
  }

  @Test
  void addressOutsideThePoolIsNeitherTakenNorCounted() {
    FreeAddresses free =
        new FreeAddresses(
            ranges("10.0.0.0/30"), List.of(IpAddress.of("10.0.0.1"), IpAddress.of("10.0.9.1")));

    assertThat(free.take(IpAddress.of("10.0.0.4"))).isFalse();
    assertThat(free.isFree(IpAddress.of("10.0.0.4"))).isFalse();
    assertThat(free.assignedCount()).isEqualTo(1);
    assertThat(free.available()).isEqualTo(3);
  }

  @Test
  void familiesOfOnePoolAreSearchedApart() {
    FreeAddresses free = new FreeAddresses(ranges("10.0.0.0/32", "fd00::/64"), List.of());
    free.take(IpAddress.of("10.0.0.0"));

    assertThat(free.find(Family.IPV4, 1)).isEmpty();
    assertThat(free.find(Family.IPV6, 1)).contains(IpAddress.of("fd00::1"));
    assertThat(free.total()).isEqualTo(BigInteger.TWO.pow(64).add(BigInteger.ONE));
    assertThat(new FreeAddresses(ranges("10.0.0.0/24"), List.of()).find(Family.IPV6, 1)).isEmpty();
  }

  @Test
  void endsOfTheAddressSpaceAreOrdinaryAddresses() {
    FreeAddresses free =
        new FreeAddresses(
            List.of(
                new IpRange(IpAddress.of("255.255.255.254"), IpAddress.of("255.255.255.255")),
                new IpRange(IpAddress.of("0.0.0.0"), IpAddress.of("0.0.0.0"))),
            List.of());

    for (int i = 3; i > 0; i--) {
      assertThat(free.available()).isEqualTo(i);
      assertThat(free.take(free.find(Family.IPV4, 2).orElseThrow())).isTrue();
    }
    assertThat(free.find(Family.IPV4, 2)).isEmpty();
  }

  @RepeatedTest(10)
  void longHistoriesAgreeWithAPlainSet() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<IpRange> ranges =
        ranges("10.0.0.0/28", "10.0.0.20-10.0.0.29", "10.0.0.31/32", "fd00::/125");
    List<IpAddress> all = new ArrayList<>();
    ranges.forEach(range -> {
      for (BigInteger i = BigInteger.ZERO;
          i.compareTo(range.size()) < 0;
          i = i.add(BigInteger.ONE)) {
        all.add(range.first().plus(i));
      }
    });
    all.add(IpAddress.of("10.0.0.16")); // of no range
    FreeAddresses free = new FreeAddresses(ranges, List.of());
    TreeSet<IpAddress> model = new TreeSet<>();

    for (int step = 0; step < 20_000; step++) {
      IpAddress address = all.get(random.nextInt(all.size()));
      boolean inPool = ranges.stream().anyMatch(range -> range.contains(address));
      // Leaning one way for long stretches, so that full and empty pools are visited.
      if (random.nextInt(100) < (step / 2_000 % 2 == 0 ? 70 : 30)) {
        assertThat(free.take(address)).isEqualTo(inPool && model.add(address));
      } else {
        assertThat(free.release(address)).isEqualTo(model.remove(address));
      }
      assertThat(free.assignedCount()).isEqualTo(model.size());
      assertThat(free.isFree(address)).isEqualTo(inPool && !model.contains(address));
      assertThat(free.available()).isEqualTo(all.size() - 1 - model.size());
      Family family = random.nextBoolean() ? Family.IPV4 : Family.IPV6;
      assertThat(free.find(family, step)).isEqualTo(expected(all, model, family, step));
    }
  }

  private static Optional<IpAddress> expected(
      List<IpAddress> all, Set<IpAddress> taken, Family family, int preference) {
    List<IpAddress> candidates =
        all.subList(0, all.size() - 1).stream().filter(a -> a.family() == family).sorted().toList();
    for (int i = 0; i < candidates.size(); i++) {
      IpAddress candidate = candidates.get((preference + i) % candidates.size());
      if (!taken.contains(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  @Test
  void searchInAnAlmostFullPoolTakesAFewTreeStepsAndNoScan() {
    AtomicLong comparisons = new AtomicLong();
    Comparator<IpAddress> counting =
        (a, b) -> {
          comparisons.incrementAndGet();
          return a.compareTo(b);
        };
    FreeAddresses free = new FreeAddresses(ranges("10.13.0.0/16"), new TreeMap<>(counting));
    // One long occupied stretch is what a scan would have to walk through.
    IpAddress next = IpAddress.of("10.13.0.0");
    for (int i = 0; i < 65_536 * 9 / 10; i++) {
      free.take(next);
      next = next.next().orElseThrow();
    }
    SplittableRandom random = new SplittableRandom(1);
    int rounds = 20_000;
    comparisons.set(0);

    for (int i = 0; i < rounds; i++) {
      IpAddress address = free.find(Family.IPV4, random.nextLong()).orElseThrow();
      assertThat(free.take(address)).isTrue();
      free.release(IpAddress.ofIpv4Bits((10 << 24 | 13 << 16) + random.nextInt(65_536)));
      if (free.available().signum() == 0) {
        free.release(address);
      }
    }

    // Five look-ups per round in a tree of at most 6,554 intervals, 13 steps deep.
    assertThat(comparisons.get() / rounds).isLessThan(5 * 2 * 13);
  }

  private static List<IpRange> ranges(String... entries) {
    return ((PoolAddresses.Valid) PoolAddresses.parse(List.of(entries))).ranges();
  }
}
