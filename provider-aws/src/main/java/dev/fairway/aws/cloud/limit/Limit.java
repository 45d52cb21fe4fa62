// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

/// One token bucket as AWS documents it.
///
/// @param burst calls that a full bucket holds, at least 1
/// @param refillPerSecond calls a second that it regains, more than 0
public record Limit(int burst, double refillPerSecond) {
  public Limit {
    if (burst < 1 || !(refillPerSecond > 0)) {
      throw new IllegalArgumentException(
          "a limit of %d calls and %s a second lets nothing pass"
              .formatted(burst, refillPerSecond));
    }
  }
}
