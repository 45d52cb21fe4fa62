// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// The running counts behind [L2Counters].
final class InterfaceCounters {

  final LongAdder requests = new LongAdder();
  final LongAdder replies = new LongAdder();
  final LongAdder announcements = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder failedSends = new LongAdder();
  final LongAdder rivals = new LongAdder();
  private final LongAdder[] times =
      Stream.generate(LongAdder::new).limit(AnswerTimes.BUCKETS).toArray(LongAdder[]::new);
  private final LongAdder sumMicros = new LongAdder();
  private final LongAccumulator maxMicros = new LongAccumulator(Math::max, 0);

  /// Takes note of how long an answer took.
  void answered(long micros) {
    times[AnswerTimes.bucket(micros)].increment();
    sumMicros.add(micros);
    maxMicros.accumulate(micros);
  }

  L2Counters now() {
    return new L2Counters(
        requests.sum(),
        replies.sum(),
        announcements.sum(),
        malformed.sum(),
        failedSends.sum(),
        rivals.sum(),
        new AnswerTimes(
            Arrays.stream(times).map(LongAdder::sum).toList(), sumMicros.sum(), maxMicros.get()));
  }
}
