// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class AddressMapTest {
  private static final int RANGE = 200;

  /// Compares it with an ordinary map over random changes. The seed is in the message of a failure.
  @RepeatedTest(20)
  void itHoldsWhatAnOrdinaryMapHolds() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var expected = new HashMap<IpAddress, Integer>();
    var map = AddressMap.<Integer>empty();
    for (var step = 0; step < 2_000; step++) {
      var address = address(random.nextInt(RANGE));
      if (random.nextInt(3) == 0) {
        expected.remove(address);
        map = map.without(address);
      } else {
        expected.put(address, step);
        map = map.with(address, step);
      }
    }

    assertThat(contents(map)).as("seed %d", seed).isEqualTo(expected);
  }

  @Test
  void aChangeLeavesTheOldMapAsItWas() {
    var before = AddressMap.<String>empty().with(address(1), "one");

    var _ = before.with(address(1), "another").with(address(2), "two").without(address(1));

    assertThat(before.get(address(1))).contains("one");
    assertThat(before.get(address(2))).isEmpty();
  }

  @Test
  void addressesOfBothFamiliesStandSideBySide() {
    var four = IpAddress.of("0.0.0.7");
    var six = IpAddress.of("::7");

    var map = AddressMap.<String>empty().with(four, "four").with(six, "six");

    assertThat(map.get(four)).contains("four");
    assertThat(map.get(six)).contains("six");
  }

  private static Map<IpAddress, Integer> contents(AddressMap<Integer> map) {
    var contents = new HashMap<IpAddress, Integer>();
    for (var n = 0; n < RANGE; n++) {
      var address = address(n);
      map.get(address).ifPresent(value -> contents.put(address, value));
    }
    return contents;
  }

  private static IpAddress address(int n) {
    return IpAddress.ofIpv4Bits(0x0A000000 + n);
  }
}
