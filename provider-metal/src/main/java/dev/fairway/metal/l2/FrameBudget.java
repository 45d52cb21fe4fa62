// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// How many frames may leave one interface unasked: never more than a number within any second, in
/// whatever rhythm. So a node that takes no more VIPs than that announces all of them at once. For
/// use by several threads.
final class FrameBudget {

  private static final Duration WINDOW = Duration.ofSeconds(1);

  private final Instant[] sent;
  private int next;

  FrameBudget(int perSecond) {
    sent = new Instant[perSecond];
    Arrays.fill(sent, Instant.MIN);
  }

  /// When another frame may leave, if no more than `share` of the frames of a second may have left
  /// with it. In the past if it may leave now.
  ///
  /// @param share from 1 to the number of frames in a second
  synchronized Instant free(int share) {
    Instant oldest = sent[Math.floorMod(next - share, sent.length)];
    return oldest.equals(Instant.MIN) ? oldest : oldest.plus(WINDOW);
  }

  /// Takes note of a frame.
  synchronized void spend(Instant now) {
    sent[next] = now;
    next = (next + 1) % sent.length;
  }

  /// All frames of a second.
  int whole() {
    return sent.length;
  }
}
