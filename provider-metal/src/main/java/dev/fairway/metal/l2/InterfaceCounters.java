// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import java.util.concurrent.atomic.LongAdder;

/// The running counts behind [L2Counters].
final class InterfaceCounters {

  final LongAdder requests = new LongAdder();
  final LongAdder replies = new LongAdder();
  final LongAdder announcements = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder failedSends = new LongAdder();

  L2Counters now() {
    return new L2Counters(
        requests.sum(), replies.sum(), announcements.sum(), malformed.sum(), failedSends.sum());
  }
}
