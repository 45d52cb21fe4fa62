// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.Arrays;

/// What a share of values does not exceed.
public final class Percentile {
  private Percentile() {}

  /// The smallest value that is not exceeded by `share` of them.
  ///
  /// @param share 0 to 1
  /// @throws IllegalArgumentException for no values
  public static double of(double[] values, double share) {
    if (values.length == 0) {
      throw new IllegalArgumentException("of no values there is no percentile");
    }
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)];
  }
}
