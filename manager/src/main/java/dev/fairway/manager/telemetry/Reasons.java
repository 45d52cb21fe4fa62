// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reasons as the values of a label. They are read from objects to which others may write, so what
/// they can be is limited here.
final class Reasons {
  /// Nothing stands on the Service yet.
  static final String NEW = "New";

  static final String OTHER = "Other";

  private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z]{0,63}");
  private static final int MOST = 40; // more than there are

  private Reasons() {}

  /// The same counts with few keys: what is no reason, or one too many, is counted as [#OTHER].
  static Map<String, Integer> bounded(Map<String, Integer> counts) {
    var result = new TreeMap<String, Integer>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(count -> {
          var key = count.getKey();
          var fits = REASON.matcher(key).matches() && result.size() < MOST;
          result.merge(fits ? key : OTHER, count.getValue(), Integer::sum);
        });
    return result;
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
