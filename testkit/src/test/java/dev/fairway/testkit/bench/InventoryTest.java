// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private enum Kind {
    LOAD_BALANCER,
    LISTENER,
    TARGET_GROUP
  }

  private final Inventory<Kind> before =
      new Inventory<>(Map.of(Kind.LOAD_BALANCER, 1, Kind.TARGET_GROUP, 2));

  @Test
  void whatIsLeftIsCountedByKind() {
    var left =
        new Inventory<>(Map.of(Kind.LOAD_BALANCER, 1, Kind.TARGET_GROUP, 4, Kind.LISTENER, 1))
            .beyond(before);

    assertThat(left).hasToString("1 LISTENER, 2 TARGET_GROUP");
    assertThat(left.total()).isEqualTo(3);
  }

  @Test
  void whatIsMissingDoesNotMakeUpForWhatIsLeft() {
    assertThat(new Inventory<>(Map.of(Kind.TARGET_GROUP, 3)).beyond(before).total()).isEqualTo(1);
  }

  @Test
  void nothingIsLeftOfTheSame() {
    assertThat(before.beyond(before).total()).isZero();
  }
}
