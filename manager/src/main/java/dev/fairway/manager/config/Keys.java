// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.config;

import dev.fairway.cloud.annotation.Nearest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One mapping of the configuration file, read key by key with errors that name the key.
///
/// @param path of the mapping itself, with a dot at its end: empty, or `leaderElection.`
record Keys(String path, Map<String, Object> values) {

  static Keys root(@Nullable Object document) {
    return document == null ? new Keys("", Map.of()) : new Keys("", mapping("", document));
  }

  /// Refuses keys that nobody reads: a typing error must not pass as a default.
  Keys allow(Set<String> known) {
    for (var key : values.keySet()) {
      if (!known.contains(key)) {
        throw new InvalidConfig(
            "%s%s: no such key; %s"
                .formatted(
                    path,
                    key,
                    Nearest.to(key, known)
                        .map("did you mean %s?"::formatted)
                        .orElse("known are " + String.join(", ", new TreeSet<>(known)))));
      }
    }
    return this;
  }

  String text(String key, String absent) {
    var value = values.getOrDefault(key, absent);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(key, value, "a word");
  }

  boolean flag(String key, boolean absent) {
    var value = values.getOrDefault(key, absent);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, value, "true or false");
  }

  int number(String key, int absent, int least, int most) {
    var value = values.getOrDefault(key, absent);
    if (value instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    throw wrong(key, value, "a whole number from %d to %d".formatted(least, most));
  }

  double fraction(String key, double absent) {
    var value = values.getOrDefault(key, absent);
    if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
      return number.doubleValue();
    }
    throw wrong(key, value, "a number from 0 to 1");
  }

  /// One of these, written in lower case; empty when the key is absent.
  <E extends Enum<E>> Optional<E> oneOf(String key, E[] known) {
    if (!values.containsKey(key)) {
      return Optional.empty();
    }
    var value = values.get(key);
    var match = Arrays.stream(known).filter(one -> word(one).equals(value)).findFirst();
    if (match.isEmpty()) {
      throw wrong(
          key,
          String.valueOf(value),
          "one of " + Arrays.stream(known).map(Keys::word).collect(Collectors.joining(", ")));
    }
    return match;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  List<String> texts(String key, List<String> absent) {
    var value = values.getOrDefault(key, absent);
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw wrong(key, value, "a list of words, such as [a, b]");
  }

  Keys section(String key) {
    return new Keys(
        path + key + ".", mapping(path + key, values.getOrDefault(key, Map.<String, Object>of())));
  }

  /// All values of this mapping as text, for those who read them later.
  Map<String, String> asTexts() {
    var texts = new LinkedHashMap<String, String>();
    values.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }

  private static Map<String, Object> mapping(String path, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new InvalidConfig(
          "%s: '%s' is not a mapping; write key: value lines"
              .formatted(path.isEmpty() ? "the file" : path, value));
    }
    var result = new LinkedHashMap<String, Object>();
    map.forEach((key, element) -> {
      if (element == null) {
        throw new InvalidConfig("%s%s: has no value".formatted(path, key));
      }
      result.put(String.valueOf(key), element);
    });
    return result;
  }

  InvalidConfig wrong(String key, Object value, String write) {
    return new InvalidConfig(
        "%s%s: '%s' is not valid; write %s".formatted(path, key, value, write));
  }
}
