// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// "Did you mean …?" for keys, names and words.
public final class Nearest {
  // A slip of the finger or two; more would suggest words that have nothing to do with what was
  // written.
  private static final int MOST = 4;

  private Nearest() {}

  /// The candidate that is most like the word, if any is like it at all.
  public static Optional<String> to(String word, Collection<String> candidates) {
    var most = Math.min(MOST, Math.max(1, word.length() / 2));
    return candidates.stream()
        .filter(candidate -> distance(candidate, word) <= most)
        .min(
            Comparator.comparingInt((String candidate) -> distance(candidate, word))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// Levenshtein's distance: insertions, deletions and replacements of one character.
  static int distance(String a, String b) {
    var previous = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var current = new int[b.length() + 1];
      current[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
