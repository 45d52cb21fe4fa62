// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with words like `${region}` to be filled in.
public record Template(String text) {
  private static final Pattern WORD = Pattern.compile("\\$\\{(\\w+)}");

  /// The text with all of them filled in.
  ///
  /// @throws IllegalArgumentException when one has no value
  public String with(Map<String, String> values) {
    return WORD.matcher(text)
        .replaceAll(word -> Matcher.quoteReplacement(value(values, word.group(1))));
  }

  private static String value(Map<String, String> values, String word) {
    var value = values.get(word);
    if (value == null) {
      throw new IllegalArgumentException("there is no value for ${%s}".formatted(word));
    }
    return value;
  }
}
