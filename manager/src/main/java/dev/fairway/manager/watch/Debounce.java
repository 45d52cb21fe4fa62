// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Merges a burst of changes into one: it is over when nothing came for a while, or when it has
/// lasted long enough. Pure: time comes with each call.
///
/// @param first when the burst under way began; empty when there is none
/// @param last when its latest change came
record Debounce(Duration quiet, Duration most, Optional<Instant> first, Optional<Instant> last) {

  static Debounce of(Duration quiet, Duration most) {
    return new Debounce(quiet, most, Optional.empty(), Optional.empty());
  }

  Debounce changed(Instant now) {
    return new Debounce(quiet, most, first.or(() -> Optional.of(now)), Optional.of(now));
  }

  /// When the burst is over if nothing more comes; empty when there is none.
  Optional<Instant> due() {
    return last.flatMap(latest ->
        first.map(began -> {
          var afterQuiet = latest.plus(quiet);
          var atMost = began.plus(most);
          return afterQuiet.isBefore(atMost) ? afterQuiet : atMost;
        }));
  }

  boolean over(Instant now) {
    return due().map(at -> !now.isBefore(at)).orElse(false);
  }

  Debounce reset() {
    return of(quiet, most);
  }
}
