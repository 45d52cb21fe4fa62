// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.Syntax;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The forms of values that Octavia and Neutron have.
final class Forms {
  // Octavia keeps names and tags in columns of 255 characters.
  static final int LONGEST = 255;
  // octavia.common.constants.MAX_TIMEOUT: 24 days.
  private static final int MOST_MILLIS = 24 * 24 * 60 * 60 * 1000;

  private Forms() {}

  static Syntax<String> matching(String pattern, String description) {
    var form = Pattern.compile(pattern);
    return new Syntax<>(
        description,
        text ->
            text.length() <= LONGEST && form.matcher(text).matches()
                ? new Syntax.Good<>(text)
                : new Syntax.Bad<>("is not " + description));
  }

  /// An id as OpenStack makes them, in lower case.
  static Syntax<String> uuid() {
    return matching("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "a UUID")
        .map(text -> text.toLowerCase(Locale.ROOT));
  }

  static Syntax<String> hostname() {
    var label = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    return matching(
        "(?=.{1,253}$)" + label + "(\\." + label + ")*", "a DNS name in lower case (RFC 1123)");
  }

  static Syntax<Integer> millis() {
    return Syntax.number(0, MOST_MILLIS);
  }

  /// Tags; lists are filtered by tags that are separated by commas, so that none can hold one.
  static Syntax<List<String>> tags() {
    return Syntax.listOf(
        new Syntax<>(
            "a tag",
            text -> {
              if (text.isEmpty()) {
                return new Syntax.Bad<>("is empty");
              }
              return text.length() <= LONGEST
                  ? new Syntax.Good<>(text)
                  : new Syntax.Bad<>("is longer than %d characters".formatted(LONGEST));
            }),
        "tags, separated by commas");
  }

  /// Labels that a node must have: `key=value`, or `key` alone for any value.
  static Syntax<Map<String, Optional<String>>> nodeSelector() {
    var description = "labels as KEY=VALUE or KEY, separated by commas";
    return new Syntax<>(
        description,
        text -> {
          var labels = new LinkedHashMap<String, Optional<String>>();
          for (var part : Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
            var equals = part.indexOf('=');
            var key = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (key.isEmpty()) {
              return new Syntax.Bad<>(
                  "has the element '%s', which is neither KEY=VALUE nor KEY".formatted(part));
            }
            labels.put(
                key,
                equals < 0 ? Optional.empty() : Optional.of(part.substring(equals + 1).strip()));
          }
          return new Syntax.Good<>(Collections.unmodifiableMap(labels));
        });
  }
}
