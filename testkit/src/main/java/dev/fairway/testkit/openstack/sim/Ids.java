// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim;

import java.util.Random;
import java.util.UUID;

/// New ids, the same ones in every run.
public final class Ids {
  private final Random random;

  public Ids(long seed) {
    this.random = new Random(seed);
  }

  /// As OpenStack writes those of most things: `8-4-4-4-12` digits.
  public synchronized String next() {
    return new UUID(
            (random.nextLong() & ~0xf000L) | 0x4000L,
            (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L)
        .toString();
  }

  /// As Keystone writes those of projects and users: without hyphens.
  public String plain() {
    return next().replace("-", "");
  }
}
