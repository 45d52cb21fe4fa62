// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Annotations of one meaning, of which each is for a part of the load balancer that the end of its
/// key names: `example.com/listener-attributes.TCP-80`.
///
/// @param <T> what the value of a member means
/// @param stem the annotation without the end of its key and the dot before it. It may be one of
///   its own as well, for all parts: then the catalogue lists both
/// @param placeholder what the end is, in capitals, as the reference shows it: `PROTOCOL-PORT`
/// @param suffix the form of the end
/// @param exampleSuffix an end that is valid: `TCP-80`
public record AnnotationFamily<T>(
    AnnotationSpec<T> stem, String placeholder, Syntax<?> suffix, String exampleSuffix) {

  public AnnotationFamily {
    if (suffix.read(exampleSuffix) instanceof Syntax.Bad<?>(var why)) {
      throw new IllegalArgumentException(
          "the example '%s' of the end of annotation %s %s"
              .formatted(exampleSuffix, stem.key(), why));
    }
  }

  /// Reads all members among the annotations of an object, by the end of their keys as it is
  /// written, in its order. Those whose end is malformed are not among them:
  /// [AnnotationCatalogue#unknownKeys] tells of them.
  public Map<String, Reading<T>> readAll(Map<String, String> annotations) {
    var found = new TreeMap<String, Reading<T>>();
    for (var start : stem.keys()) {
      annotations.forEach((key, text) ->
          suffixAfter(start, key)
              .filter(this::isWellFormed)
              .ifPresent(end -> found.putIfAbsent(end, stem.readText(key, text))));
    }
    return Collections.unmodifiableMap(found);
  }

  /// Whether this is the key of a member.
  boolean has(String key) {
    return suffixOf(key).filter(this::isWellFormed).isPresent();
  }

  /// What is wrong with a key that was meant as one of a member: in words that follow the key.
  Optional<String> complaint(String key) {
    if (stem.keys().contains(key)) {
      return Optional.of("lacks its end");
    }
    return suffixOf(key)
        .flatMap(end ->
            suffix.read(end) instanceof Syntax.Bad<?>(var why)
                ? Optional.of("ends with '%s', which %s".formatted(end, why))
                : Optional.empty());
  }

  /// What to write, for a key that there is a complaint about.
  String fix() {
    return "write %s, for example %s".formatted(template(), stem.key() + "." + exampleSuffix);
  }

  /// The key as the reference shows it.
  String template() {
    return stem.key() + "." + placeholder;
  }

  /// The member that has the end of this key, to tell somebody who mistyped the rest.
  Optional<String> memberLike(String key) {
    return Optional.of(key.substring(key.lastIndexOf('.') + 1))
        .filter(this::isWellFormed)
        .map(end -> stem.key() + "." + end);
  }

  private Optional<String> suffixOf(String key) {
    return stem.keys().stream().flatMap(start -> suffixAfter(start, key).stream()).findFirst();
  }

  private static Optional<String> suffixAfter(String start, String key) {
    return key.startsWith(start + ".")
        ? Optional.of(key.substring(start.length() + 1))
        : Optional.empty();
  }

  private boolean isWellFormed(String end) {
    return suffix.read(end) instanceof Syntax.Good<?>;
  }
}
