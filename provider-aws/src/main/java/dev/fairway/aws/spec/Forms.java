// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.model.IpAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The forms of values that AWS and its controllers have.
final class Forms {
  // Go's strconv.ParseBool, by which the controllers of AWS read.
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  private Forms() {}

  static Syntax<Boolean> bool() {
    return new Syntax<>(
        "true or false",
        text -> {
          if (TRUE.contains(text)) {
            return new Syntax.Good<>(true);
          }
          return FALSE.contains(text)
              ? new Syntax.Good<>(false)
              : new Syntax.Bad<>("is neither true nor false");
        });
  }

  /// One of these words in any case, read in the case given here.
  static Syntax<String> word(String... words) {
    var known = List.of(words);
    var exact = Syntax.oneOf(words);
    return new Syntax<>(
        exact.description(),
        text ->
            known.stream()
                .filter(word -> word.equalsIgnoreCase(text))
                .findFirst()
                .<Syntax.Result<String>>map(Syntax.Good::new)
                .orElseGet(() -> exact.read(text)));
  }

  static Syntax<String> matching(String pattern, String description) {
    var form = Pattern.compile(pattern);
    return new Syntax<>(
        description,
        text ->
            form.matcher(text).matches()
                ? new Syntax.Good<>(text)
                : new Syntax.Bad<>("is not " + description));
  }

  /// Such as `eipalloc-0a1b2c`.
  static Syntax<String> id(String prefix, String description) {
    return matching(prefix + "-[0-9a-z]+", description);
  }

  static Syntax<String> ipv4() {
    return new Syntax<>("an IPv4 address", text -> address(text, "an IPv4 address", false));
  }

  static Syntax<String> ipv6() {
    return new Syntax<>("an IPv6 address", text -> address(text, "an IPv6 address", true));
  }

  private static Syntax.Result<String> address(String text, String what, boolean ipv6) {
    return IpAddress.parse(text)
        .filter(address -> address.isIpv6() == ipv6)
        .<Syntax.Result<String>>map(address -> new Syntax.Good<>(address.toString()))
        .orElseGet(() -> new Syntax.Bad<>("is not " + what));
  }

  /// A list, separated by commas, without one value twice. Empty elements do not count: the
  /// controllers of AWS drop them.
  static <T> Syntax<List<T>> list(Syntax<T> element, String description) {
    var all = Syntax.listOf(element, description);
    return new Syntax<>(
        description,
        text -> {
          var parts =
              Arrays.stream(text.split(","))
                  .map(String::strip)
                  .filter(part -> !part.isEmpty())
                  .toList();
          if (parts.isEmpty()) {
            return new Syntax.Bad<>("is empty");
          }
          var seen = new HashSet<String>();
          for (var part : parts) {
            if (!seen.add(part)) {
              return new Syntax.Bad<>("names '%s' twice".formatted(part));
            }
          }
          return all.read(String.join(",", parts));
        });
  }

  /// `key=value` pairs, of which `key` alone means `key=` as in the cloud provider of AWS.
  static Syntax<Map<String, String>> pairs(String description) {
    var strict = Syntax.mapOf(description);
    return new Syntax<>(
        description,
        text ->
            strict.read(
                Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .map(part -> part.contains("=") ? part : part + "=")
                    .collect(Collectors.joining(","))));
  }

  /// Attributes of ELBv2 as `key=value` pairs. Those that are known are checked and written as
  /// ELBv2 writes them; it may know more than are known here.
  static Syntax<Map<String, String>> attributes(Map<String, Syntax<String>> known) {
    var pairs = Syntax.mapOf("attributes as KEY=VALUE, separated by commas");
    return new Syntax<>(
        pairs.description(),
        text ->
            switch (pairs.read(text)) {
              case Syntax.Bad<Map<String, String>> bad -> bad;
              case Syntax.Good<Map<String, String>>(var values) -> checked(values, known);
            });
  }

  private static Syntax.Result<Map<String, String>> checked(
      Map<String, String> values, Map<String, Syntax<String>> known) {
    var result = new LinkedHashMap<String, String>();
    for (var entry : values.entrySet()) {
      var rule = known.get(entry.getKey());
      if (rule == null) {
        result.put(entry.getKey(), entry.getValue());
        continue;
      }
      switch (rule.read(entry.getValue())) {
        case Syntax.Good<String>(var value) -> result.put(entry.getKey(), value);
        case Syntax.Bad<String>(var why) -> {
          return new Syntax.Bad<>(
              "has the attribute %s, whose value '%s' %s"
                  .formatted(entry.getKey(), entry.getValue(), why));
        }
      }
    }
    return new Syntax.Good<>(Collections.unmodifiableMap(result));
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
