// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads settings from texts. A blank text counts as absent. Whatever is malformed is refused with
/// its key, its value and what to write.
record SettingTexts(Map<String, String> settings) {
  // AWS "Tag your AWS resources": keys to 128, values to 256 characters; `aws:` is its own.
  private static final int MAX_TAG_KEY = 128;
  private static final int MAX_TAG_VALUE = 256;
  private static final List<String> OWN_TAGS =
      List.of("aws:", "kubernetes.io/cluster/", "kubernetes.io/service-name", "fairway.dev/");

  private Optional<String> text(String key) {
    return Optional.ofNullable(settings.get(key)).map(String::strip).filter(t -> !t.isEmpty());
  }

  Optional<String> matching(String key, String pattern, String form) {
    return text(key).map(value -> checked(key, value, pattern, form));
  }

  List<String> list(String key, String elementPattern, String form) {
    return text(key).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .map(element -> checked(key, element, elementPattern, form))
        .toList();
  }

  Optional<URI> uri(String key) {
    var form = "a URL such as http://127.0.0.1:5000";
    return text(key)
        .map(value -> checked(key, value, "https?://[^/\\s]+(/\\S*)?", form))
        .map(value -> {
          try {
            return new URI(value);
          } catch (URISyntaxException _) {
            throw wrong(key, value, form);
          }
        });
  }

  <E extends Enum<E>> E oneOf(String key, Class<E> type, E absent) {
    return text(key)
        .map(value ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> spelled(constant).equals(value))
                .findFirst()
                .orElseThrow(() ->
                    wrong(
                        key,
                        value,
                        Arrays.stream(type.getEnumConstants())
                            .map(SettingTexts::spelled)
                            .collect(Collectors.joining(" or ")))))
        .orElse(absent);
  }

  int whole(String key, int absent, int least, int most) {
    var form = "a whole number from %d to %d".formatted(least, most);
    return text(key)
        .map(value -> Integer.parseInt(checked(key, value, "\\d{1,9}", form)))
        .map(number -> inRange(key, number, least, most, form))
        .map(Number::intValue)
        .orElse(absent);
  }

  double decimal(String key, double absent, double least, double most) {
    var form = String.format(Locale.ROOT, "a number from %.0f to %.0f, such as 2", least, most);
    return text(key)
        .map(value -> Double.parseDouble(checked(key, value, "\\d{1,9}(\\.\\d{1,9})?", form)))
        .map(number -> inRange(key, number, least, most, form))
        .map(Number::doubleValue)
        .orElse(absent);
  }

  Map<String, String> tags(String key) {
    var tags = new LinkedHashMap<String, String>();
    for (var pair : list(key, "[^=]+=.*", "pairs such as team=web,stage=prod")) {
      var tag = pair.substring(0, pair.indexOf('=')).strip();
      var value = pair.substring(pair.indexOf('=') + 1).strip();
      if (tag.length() > MAX_TAG_KEY || value.length() > MAX_TAG_VALUE) {
        throw wrong(key, pair, "keys to 128 and values to 256 characters");
      }
      if (OWN_TAGS.stream().anyMatch(tag::startsWith)) {
        throw wrong(key, pair, "tags that do not begin with one of " + OWN_TAGS);
      }
      if (tags.put(tag, value) != null) {
        throw wrong(key, pair, "each tag once");
      }
    }
    return tags;
  }

  private static Number inRange(String key, Number value, double least, double most, String form) {
    if (value.doubleValue() < least || value.doubleValue() > most) {
      throw wrong(key, value.toString(), form);
    }
    return value;
  }

  private static String checked(String key, String value, String pattern, String form) {
    if (!value.matches(pattern)) {
      throw wrong(key, value, form);
    }
    return value;
  }

  private static IllegalArgumentException wrong(String key, String value, String form) {
    return new IllegalArgumentException(
        "settings.%s: '%s' cannot be read; write %s".formatted(key, value, form));
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
