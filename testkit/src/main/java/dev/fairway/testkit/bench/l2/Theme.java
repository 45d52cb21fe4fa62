// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A part of the benchmark, as it is called on the command line.
enum Theme {
  ALLOC,
  CUT,
  KILL,
  DRAIN,
  ARP,
  FAST,
  MANY,
  WIDE;

  /// @param text a name, or empty for all
  /// @throws IllegalArgumentException for another name, with those there are
  static List<Theme> of(String text) {
    if (text.isEmpty()) {
      return List.of(values());
    }
    return Arrays.stream(values())
        .filter(theme -> theme.word().equals(text))
        .findFirst()
        .map(List::of)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--only: '%s' is not a part; there are %s"
                    .formatted(
                        text,
                        String.join(", ", Arrays.stream(values()).map(Theme::word).toList()))));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
