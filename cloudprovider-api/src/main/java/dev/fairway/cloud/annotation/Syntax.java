// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import java.util.ArrayList;
import java.util.List;
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
}
