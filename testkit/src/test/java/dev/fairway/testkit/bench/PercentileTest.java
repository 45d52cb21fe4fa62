// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentileTest {
  @Test
  void ninetyNineOfAHundredAreNotMore() {
    var values = IntStream.rangeClosed(1, 100).mapToDouble(n -> 101 - n).toArray();

    assertThat(Percentile.of(values, 0.99)).isEqualTo(99);
    assertThat(Percentile.of(values, 0.5)).isEqualTo(50);
    assertThat(Percentile.of(values, 0)).isEqualTo(1);
  }

  @Test
  void ofFewValuesItIsTheLargest() {
    assertThat(Percentile.of(new double[] {3, 7, 5}, 0.99)).isEqualTo(7);
  }

  @Test
  void whatIsInfiniteStaysSo() {
    assertThat(Percentile.of(new double[] {Double.POSITIVE_INFINITY, 1}, 0.99)).isInfinite();
  }

  @Test
  void ofNoValuesThereIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> Percentile.of(new double[0], 0.99));
  }
}
