// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.failover.Order;
import dev.fairway.metal.failover.Term;
import dev.fairway.metal.pool.IpAddress;
import org.junit.jupiter.api.Test;

class VipTallyTest {
  private static final IpAddress VIP = IpAddress.of("10.13.242.7");
  private static final Term FIRST = new Term(1, 0, true);

  private final VipTally tally = new VipTally();

  @Test
  void whoTakesOverFromAnotherIsCountedApartFromWhoIsToBeFirst() {
    tally.accept(new Order.Took(VIP, FIRST, "it is the first in the list of owners"));
    tally.accept(new Order.Took(VIP, new Term(1, 1, true), "node-1 was not heard for 300 ms"));
    tally.accept(new Order.Took(VIP, new Term(1, 0, false), "as none of the others was"));

    assertThat(tally.taken()).isEqualTo(3);
    assertThat(tally.takenOver()).isEqualTo(2);
  }

  @Test
  void whatIsGivenUpAndWhatAHostHasIsCounted() {
    tally.accept(new Order.GaveUp(VIP, FIRST, "it is nobody's any more"));
    tally.accept(new Order.Conflict(VIP, "52:54:00:00:00:01"));
    tally.accept(new Order.SplitPath(VIP, "node-1", "node-3 hears it"));

    assertThat(tally.givenUp()).isOne();
    assertThat(tally.conflicts()).isOne();
    assertThat(tally.taken()).isZero();
  }
}
