// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of a URL after the question mark.
///
/// @param text as it was sent; empty for none
/// @param values decoded, in the order of arrival
public record Query(String text, Map<String, List<String>> values) {
  private static final Query NONE = new Query("", Map.of());

  /// @param text without the question mark; null for none
  public static Query of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return NONE;
    }
    var values = new LinkedHashMap<String, List<String>>();
    for (var pair : text.split("&", -1)) {
      var at = pair.indexOf('=');
      var name = decoded(at < 0 ? pair : pair.substring(0, at));
      values
          .computeIfAbsent(name, _ -> new ArrayList<>())
          .add(at < 0 ? "" : decoded(pair.substring(at + 1)));
    }
    return new Query(text, values);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// Empty when it was not given.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }
}
