// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads settings from texts. A blank text counts as absent. Whatever is malformed is refused with
/// its key, its value and what to write.
record SettingTexts(Map<String, String> settings) {

  Optional<String> text(String key) {
    return Optional.ofNullable(settings.get(key)).map(String::strip).filter(t -> !t.isEmpty());
  }

  Optional<String> matching(String key, String pattern, String form) {
    return text(key)
        .map(value -> {
          if (!value.matches(pattern)) {
            throw wrong(key, value, form);
          }
          return value;
        });
  }

  double number(String key, String pattern, double absent, double least, double most) {
    var form =
        String.format(Locale.ROOT, "a number from %s to %.0f, such as %.0f", least, most, absent);
    return matching(key, pattern, form)
        .map(value -> {
          var number = Double.parseDouble(value);
          if (number < least || number > most) {
            throw wrong(key, value, form);
          }
          return number;
        })
        .orElse(absent);
  }

  private static IllegalArgumentException wrong(String key, String value, String form) {
    return new IllegalArgumentException(
        "settings.%s: '%s' cannot be read; write %s".formatted(key, value, form));
  }
}
