// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.migrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes objects out of lists, and nulls out of objects.
final class Lists {
  private static final String KIND = "kind";
  private static final String VERSION = "apiVersion";
  private static final String LIST = "List";

  private Lists() {}

  /// The objects of a document, which may be a list of some kind.
  ///
  /// @param document as it was parsed; anything that is no object counts as nothing
  static Stream<Map<String, Object>> flatten(@Nullable Object document) {
    if (!(clean(document) instanceof Map<?, ?> map)) {
      return Stream.empty();
    }
    var kind = Optional.ofNullable(map.get(KIND)).map(Object::toString).orElse("");
    if (!(kind.endsWith(LIST) && map.get("items") instanceof List<?> items)) {
      return Stream.of(object(map));
    }
    // The API server names the kind of items of its own only once, in the name of the list.
    var itemKind = kind.substring(0, kind.length() - LIST.length());
    return items.stream()
        .flatMap(Lists::flatten)
        .map(item -> {
          var named = new LinkedHashMap<>(item);
          named.putIfAbsent(KIND, itemKind);
          Optional.ofNullable(map.get(VERSION)).ifPresent(v -> named.putIfAbsent(VERSION, v));
          return named;
        });
  }

  private static @Nullable Object clean(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> object(map);
      case List<?> list -> list.stream().map(Lists::clean).filter(Objects::nonNull).toList();
      case null -> null;
      case Object other -> other;
    };
  }

  private static Map<String, Object> object(Map<?, ?> map) {
    var object = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> {
      var cleaned = clean(value);
      if (cleaned != null) {
        object.put(String.valueOf(key), cleaned);
      }
    });
    return object;
  }
}
