// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How long answers took, from when the kernel received the question to when it took the answer, so
/// with the time until the speaker had a processor. As a histogram, because one slow answer in a
/// thousand is what users notice.
///
/// @param counts how many answers took less than 2^i microseconds and not less than half of that,
///   for each i from 0; the last one also has all slower ones
/// @param sumMicros of all answers
/// @param maxMicros the slowest answer; 0 if there is none
public record AnswerTimes(List<Long> counts, long sumMicros, long maxMicros) {

  /// As many powers of two as reach from a microsecond over a minute.
  static final int BUCKETS = 27;

  public static final AnswerTimes NONE =
      new AnswerTimes(Stream.generate(() -> 0L).limit(BUCKETS).toList(), 0, 0);

  public AnswerTimes {
    counts = List.copyOf(counts);
  }

  static int bucket(long micros) {
    return Math.min(Long.SIZE - Long.numberOfLeadingZeros(micros), BUCKETS - 1);
  }

  /// All answers.
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /// A number of microseconds that at least the given part of the answers stayed under, at most
  /// twice too high; 0 if there is no answer.
  ///
  /// @param part above 0, up to 1
  public long quantileMicros(double part) {
    long needed = (long) Math.ceil(count() * part);
    long seen = 0;
    for (int i = 0; i < counts.size(); i++) {
      seen += counts.get(i);
      if (seen >= needed && seen > 0) {
        return Math.min(1L << i, maxMicros);
      }
    }
    return 0;
  }

  /// Both together.
  public AnswerTimes plus(AnswerTimes other) {
    return new AnswerTimes(
        IntStream.range(0, BUCKETS).mapToObj(i -> counts.get(i) + other.counts.get(i)).toList(),
        sumMicros + other.sumMicros,
        Math.max(maxMicros, other.maxMicros));
  }
}
