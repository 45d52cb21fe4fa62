// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One annotation that users may put on a Service.
///
/// @param <T> what its value means
/// @param key the full key, such as `fairway.dev/address-pool`
/// @param aliases other keys with the same meaning, accepted for ever; the first one present
///   counts, after the key
/// @param syntax how to read the value
/// @param defaultText what holds when the annotation is absent, in words
/// @param meaning what it is for, in a sentence
/// @param example a value that is valid
public record AnnotationSpec<T>(
    String key,
    List<String> aliases,
    Syntax<T> syntax,
    String defaultText,
    String meaning,
    String example) {
  public AnnotationSpec {
    aliases = List.copyOf(aliases);
    if (!key.contains("/")) {
      throw new IllegalArgumentException("annotation key '%s' has no prefix".formatted(key));
    }
    if (syntax.read(example) instanceof Syntax.Bad<T>(var why)) {
      throw new IllegalArgumentException(
          "the example '%s' of annotation %s %s".formatted(example, key, why));
    }
  }

  /// Reads this annotation from those of an object.
  public Reading<T> read(Map<String, String> annotations) {
    return keys().stream()
        .filter(annotations::containsKey)
        .findFirst()
        .map(used -> readText(used, annotations.getOrDefault(used, "")))
        .orElseGet(Reading.Missing::new);
  }

  /// Every key it may stand under, its own first.
  public List<String> keys() {
    return Stream.concat(Stream.of(key), aliases.stream()).toList();
  }

  /// Annotations that mean the same as this one, each for the part of the load balancer that the
  /// end of its key names, after a dot.
  ///
  /// @param placeholder what the end is, in capitals, for the reference: `PROTOCOL-PORT`
  /// @param suffix the form of the end
  /// @param exampleSuffix an end that is valid
  public AnnotationFamily<T> family(String placeholder, Syntax<?> suffix, String exampleSuffix) {
    return new AnnotationFamily<>(this, placeholder, suffix, exampleSuffix);
  }

  Reading<T> readText(String usedKey, String text) {
    return switch (syntax.read(text)) {
      case Syntax.Good<T>(var value) -> new Reading.Value<>(usedKey, value);
      case Syntax.Bad<T>(var why) ->
          new Reading.Malformed<>(
              usedKey,
              "annotation %s: '%s' %s".formatted(usedKey, text, why),
              "write %s, for example '%s'".formatted(syntax.description(), example));
    };
  }
}
