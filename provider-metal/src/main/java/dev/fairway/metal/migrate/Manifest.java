// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One object as it stands in a cluster, or a part of one: anything may be missing or of another
/// type than expected, and reads as nothing then.
record Manifest(Map<String, Object> json) {
  private static final Manifest NOTHING = new Manifest(Map.of());

  String kind() {
    return text("kind").orElse("");
  }

  String group() {
    var version = text("apiVersion").orElse("");
    var slash = version.indexOf('/');
    return slash < 0 ? "" : version.substring(0, slash);
  }

  String name() {
    return part("metadata").text("name").orElse("");
  }

  String namespace() {
    return part("metadata").text("namespace").orElse("");
  }

  Map<String, String> annotations() {
    return part("metadata").part("annotations").texts();
  }

  Map<String, String> labels() {
    return part("metadata").part("labels").texts();
  }

  Manifest spec() {
    return part("spec");
  }

  /// As in `IPAddressPool metallb-system/public`.
  String title() {
    return kind() + " " + (namespace().isEmpty() ? name() : namespace() + "/" + name());
  }

  Optional<String> text(String field) {
    return Optional.ofNullable(json.get(field))
        .filter(value -> !(value instanceof Map) && !(value instanceof List))
        .map(Object::toString);
  }

  Optional<Long> number(String field) {
    return json.get(field) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  boolean flag(String field, boolean absent) {
    return json.get(field) instanceof Boolean flag ? flag : absent;
  }

  Manifest part(String field) {
    return part(json.get(field));
  }

  List<Manifest> parts(String field) {
    return json.get(field) instanceof List<?> list
        ? list.stream().map(Manifest::part).toList()
        : List.of();
  }

  List<String> list(String field) {
    return json.get(field) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  @SuppressWarnings("unchecked")
  private static Manifest part(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? new Manifest((Map<String, Object>) map) : NOTHING;
  }

  private Map<String, String> texts() {
    var texts = new TreeMap<String, String>();
    json.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }
}
