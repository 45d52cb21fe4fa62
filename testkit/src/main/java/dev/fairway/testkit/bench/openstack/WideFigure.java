// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.Keyed;

/// What is measured of many Services with many nodes.
enum WideFigure implements Keyed {
  /// Seconds from the creation of the first Service until the last one has its address.
  SECONDS("seconds"),
  /// Calls of any kind when every Service is looked at again: the most of several times.
  RESYNC_CALLS("resyncCalls"),
  /// Reachable memory after those, by that before.
  HEAP_RATIO("heapRatio");

  private final String key;

  WideFigure(String key) {
    this.key = key;
  }

  @Override
  public String key() {
    return key;
  }
}
