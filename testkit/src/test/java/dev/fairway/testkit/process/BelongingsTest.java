// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BelongingsTest {
  private final List<String> closed = new ArrayList<>();
  private final Belongings belongings = new Belongings();

  @Test
  void theLastMadeGoesFirstAndEachOnlyOnce() {
    belongings.add(named("network"));
    belongings.add(named("process"));

    belongings.close();
    belongings.close();

    assertThat(closed).containsExactly("process", "network");
  }

  @Test
  void oneFailureDoesNotKeepTheOthersAlive() {
    belongings.add(named("network"));
    belongings.add(
        (AutoCloseable)
            () -> {
              throw new IllegalStateException("stuck");
            });

    assertThatThrownBy(belongings::close)
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("stuck"));

    assertThat(closed).containsExactly("network");
  }

  @Test
  void whatComesTooLateIsClosedAtOnce() {
    belongings.close();

    assertThatThrownBy(() -> belongings.add(named("late"))).hasMessage("already closed");

    assertThat(closed).containsExactly("late");
  }

  private AutoCloseable named(String name) {
    return () -> closed.add(name);
  }
}
