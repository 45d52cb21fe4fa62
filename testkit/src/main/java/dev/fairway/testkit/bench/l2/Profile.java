// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import java.util.Locale;

/// How soon owners notice that one of them is gone: setting `failover`.
enum Profile {
  DEFAULT,
  FAST;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
