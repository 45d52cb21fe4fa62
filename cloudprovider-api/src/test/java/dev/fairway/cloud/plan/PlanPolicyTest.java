// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanPolicyTest {
  record Step(Effect effect) implements Action {
    @Override
    public String summary() {
      return effect.toString();
    }
  }

  private static final Plan<Step> PLAN =
      Plan.of(
              List.of(
                  new Step(Effect.CREATE),
                  new Step(Effect.DELETE),
                  new Step(Effect.DISRUPT),
                  new Step(Effect.UPDATE)))
          .awaiting(new Await(Duration.ofSeconds(3), "provisioning"));

  @Test
  void syncLetsEverythingThrough() {
    var filtered = PlanPolicy.SYNC.filter(PLAN);

    assertThat(filtered.allowed()).isEqualTo(PLAN);
    assertThat(filtered.withheld()).isEmpty();
  }

  @Test
  void whatComesBehindAForbiddenActionWaitsWithIt() {
    var filtered = PlanPolicy.NO_DISRUPT.filter(PLAN);

    assertThat(filtered.allowed().actions())
        .containsExactly(new Step(Effect.CREATE), new Step(Effect.DELETE));
    assertThat(filtered.withheld())
        .containsExactly(new Step(Effect.DISRUPT), new Step(Effect.UPDATE));
    assertThat(filtered.allowed().await()).isEqualTo(PLAN.await());
  }

  @Test
  void noDeleteStopsAtTheDeletionAndReadOnlyAtOnce() {
    assertThat(PlanPolicy.NO_DELETE.filter(PLAN).allowed().actions())
        .containsExactly(new Step(Effect.CREATE));
    assertThat(PlanPolicy.READ_ONLY.filter(PLAN).allowed().actions()).isEmpty();
    assertThat(PlanPolicy.READ_ONLY.filter(PLAN).withheld()).hasSize(4);
  }
}
