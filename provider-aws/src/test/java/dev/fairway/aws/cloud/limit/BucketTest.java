// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final Limits LIMITS = Limits.published(2);
  private static final Limit REGISTER = LIMITS.of(ThrottleClass.ELB_REGISTER);

  private long now;
  private final Bucket bucket = Bucket.learning(REGISTER, LIMITS, 0);

  @Test
  void beginsFullWithMoreThanIsDocumented() {
    assertThat(bucket.tokens(now)).isEqualTo(40);
    assertThat(bucket.rate()).isEqualTo(50);
  }

  @Test
  void theFirstObjectionEmptiesItAndMakesTheDocumentedRateTrue() {
    bucket.throttled(now);

    assertThat(bucket.take(0, now)).isFalse();
    assertThat(bucket.rate()).isEqualTo(4);
    pass(Duration.ofMillis(250));
    assertThat(bucket.take(0, now)).isTrue();
    assertThat(bucket.take(0, now)).isFalse();
  }

  @Test
  void furtherObjectionsHalveTheRateButNotMoreThanOnceASecond() {
    bucket.throttled(now);
    bucket.throttled(now);
    pass(Duration.ofMillis(900));
    bucket.throttled(now);
    assertThat(bucket.rate()).isEqualTo(4);

    pass(Duration.ofMillis(200));
    bucket.throttled(now);
    bucket.throttled(now);

    assertThat(bucket.rate()).isEqualTo(2);
  }

  @Test
  void objectionsDoNotPushTheRateBelowTheFloor() {
    for (var i = 0; i < 20; i++) {
      bucket.throttled(now);
      pass(Duration.ofSeconds(1));
    }

    assertThat(bucket.rate()).isEqualTo(0.2);
  }

  @Test
  void aTinyDocumentedRateIsNotRaisedByAnObjection() {
    var create = Bucket.learning(new Limit(10, 0.1), LIMITS, 0);
    create.throttled(now);
    pass(Duration.ofSeconds(2));
    create.throttled(now);

    assertThat(create.rate()).isEqualTo(0.1);
  }

  @Test
  void theRateGrowsSteadilyOnceAwsHasBeenQuiet() {
    bucket.throttled(now);

    pass(Duration.ofSeconds(5));
    assertThat(bucket.rate()).isEqualTo(4);
    pass(Duration.ofSeconds(10));
    assertThat(bucket.rate()).isCloseTo(8, within(1e-9));
    pass(Duration.ofHours(1));
    assertThat(bucket.rate()).isEqualTo(50);
  }

  @Test
  void afterAnObjectionItHoldsNoMoreThanTheDocumentedBurst() {
    bucket.throttled(now);
    pass(Duration.ofHours(1));

    assertThat(bucket.tokens(now)).isEqualTo(20);
  }

  @Test
  void aRateThatIsDocumentedHigherThanTheFirstIsKept() {
    var generous = Bucket.learning(new Limit(200, 80), LIMITS, 0);

    assertThat(generous.rate()).isEqualTo(80);
  }

  private void pass(Duration time) {
    now += time.toNanos();
    var _ = bucket.tokens(now);
  }
}
