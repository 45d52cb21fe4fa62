// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.world.ArpPulse.Answer;
import dev.fairway.testkit.world.MacAddress;
import java.util.List;

/// One node answers for an address in place of another.
///
/// @param millis how long nobody answered: from the loss, or from the last answer of the one that
///   was lost if that came later, until the first answer of another
record Takeover(MacAddress by, double millis) {
  /// @param answers in order
  /// @param lostNanos just before the loss
  /// @throws IllegalStateException when nobody took over
  static Takeover of(List<Answer> answers, MacAddress before, long lostNanos) {
    var first =
        answers.stream()
            .filter(answer -> answer.atNanos() >= lostNanos && !answer.mac().equals(before))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nobody took over from " + before));
    var last =
        answers.stream()
            .filter(answer -> answer.atNanos() < first.atNanos() && answer.mac().equals(before))
            .mapToLong(Answer::atNanos)
            .max()
            .orElse(lostNanos);
    return new Takeover(first.mac(), new Gap(Math.max(last, lostNanos), first.atNanos()).millis());
  }
}
