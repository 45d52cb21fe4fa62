// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// How the text of an annotation becomes a value.
///
/// @param description the form in words, to follow "write": `a pool name`, `true or false`
public record Syntax<T>(String description, Function<String, Result<T>> reader) {

  private static final String NAME =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  /// What became of a text.
  public sealed interface Result<T> permits Good, Bad {}

  public record Good<T>(T value) implements Result<T> {}

  /// @param why continues a sentence that begins with the text: `is not a number`
  public record Bad<T>(String why) implements Result<T> {}

  public Result<T> read(String text) {
    return reader.apply(text.strip());
  }

  /// The same form, with another value made of what was read.
  public <U> Syntax<U> map(Function<T, U> change) {
    return new Syntax<>(
        description,
        text ->
            switch (read(text)) {
              case Good<T>(var value) -> new Good<>(change.apply(value));
              case Bad<T>(var why) -> new Bad<>(why);
            });
  }

  /// Any text that is not blank.
  public static Syntax<String> text(String description) {
    return new Syntax<>(
        description, text -> text.isEmpty() ? new Bad<>("is empty") : new Good<>(text));
  }

  /// The name of a Kubernetes object (RFC 1123 subdomain).
  public static Syntax<String> name(String description) {
    return new Syntax<>(
        description,
        text ->
            text.length() <= 253 && text.matches(NAME)
                ? new Good<>(text)
                : new Bad<>("is not the name of an object"));
  }

  /// `true` or `false`, and nothing else: a typing error must not count as false.
  public static Syntax<Boolean> bool() {
    return new Syntax<>(
        "true or false",
        text ->
            switch (text) {
              case "true" -> new Good<>(true);
              case "false" -> new Good<>(false);
              default -> new Bad<>("is neither true nor false");
            });
  }

  /// A list separated by commas, of which each element has the given syntax. Not empty.
  public static <T> Syntax<List<T>> listOf(Syntax<T> element, String description) {
    return new Syntax<>(
        description,
        text -> {
          var values = new ArrayList<T>();
          for (var part : text.split(",", -1)) {
            switch (element.read(part)) {
              case Good<T>(var value) -> values.add(value);
              case Bad<T>(var why) -> {
                return new Bad<>("has the element '%s', which %s".formatted(part.strip(), why));
              }
            }
          }
          return new Good<>(List.copyOf(values));
        });
  }

  /// A whole number in decimal digits, within these bounds, which are part of it.
  public static Syntax<Integer> number(int min, int max) {
    return new Syntax<>(
        "a whole number from %d to %d".formatted(min, max),
        text -> {
          // Ten digits hold every int and never overflow a long.
          if (!text.matches("-?[0-9]{1,10}")) {
            return new Bad<>("is not a whole number from %d to %d".formatted(min, max));
          }
          var value = Long.parseLong(text);
          return value >= min && value <= max
              ? new Good<>((int) value)
              : new Bad<>("is not within %d to %d".formatted(min, max));
        });
  }

  /// One of these words, spelled exactly so.
  public static Syntax<String> oneOf(String... values) {
    var words = List.of(values);
    var all =
        words.size() == 1
            ? words.getFirst()
            : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    return new Syntax<>(
        all, text -> words.contains(text) ? new Good<>(text) : new Bad<>("is not " + all));
  }

  /// Pairs as `key=value,key2=value2`, in that order. What follows the first `=` of a pair is its
  /// value, so that it may hold others, and may be empty; a key may not, and must not stand twice.
  /// Not empty.
  public static Syntax<Map<String, String>> mapOf(String description) {
    return new Syntax<>(
        description,
        text -> {
          var pairs = new LinkedHashMap<String, String>();
          for (var part : text.split(",", -1)) {
            var equals = part.indexOf('=');
            var key = part.substring(0, Math.max(0, equals)).strip();
            if (key.isEmpty()) {
              return new Bad<>(
                  "has the element '%s', which is not KEY=VALUE".formatted(part.strip()));
            }
            if (pairs.putIfAbsent(key, part.substring(equals + 1).strip()) != null) {
              return new Bad<>("names '%s' twice".formatted(key));
            }
          }
          return new Good<>(Collections.unmodifiableMap(pairs));
        });
  }
}
