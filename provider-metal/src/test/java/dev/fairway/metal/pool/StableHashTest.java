// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StableHashTest {

  @Test
  void valueStaysFromReleaseToRelease() {
    assertThat(StableHash.of("default/example-service")).isEqualTo(1484923672407176244L);
  }

  @Test
  void partsAreKeptApart() {
    assertThat(StableHash.of("a", "bc")).isNotEqualTo(StableHash.of("ab", "c"));
  }

  @Test
  void similarNamesSpread() {
    Set<Long> places = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      places.add(Math.floorMod(StableHash.of("default/service-" + i), 10_000L));
    }

    assertThat(places).hasSizeGreaterThan(95);
  }
}
