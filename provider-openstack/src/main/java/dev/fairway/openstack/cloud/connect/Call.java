// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One call, but for its body.
///
/// @param path below the API's version, with a leading `/`: `/lbaas/loadbalancers/ID`; each segment
///   of letters, digits and -._~:=%
/// @param query raw values, a key may have several
/// @param headers beside those that every call has
/// @param field the annotation or setting that a rejection names; empty for none in particular
public record Call(
    Operation operation,
    String path,
    Lane lane,
    Map<String, List<String>> query,
    Map<String, String> headers,
    Optional<String> field) {
  private static final Pattern PATH = Pattern.compile("/|(/(?!\\.\\.?(/|$))[-\\w.~:=%]+)+");

  public Call {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("'%s' is no path below an API".formatted(path));
    }
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    headers = Map.copyOf(headers);
  }

  /// A call that somebody waits for.
  public static Call of(Operation operation, String path) {
    return new Call(operation, path, Lane.CHANGE, Map.of(), Map.of(), Optional.empty());
  }

  /// The same in another lane.
  public Call in(Lane other) {
    return new Call(operation, path, other, query, headers, field);
  }

  /// The same with one more value of a query parameter.
  public Call with(String key, String value) {
    var more = new LinkedHashMap<>(query);
    var values = new ArrayList<>(more.getOrDefault(key, List.of()));
    values.add(value);
    more.put(key, List.copyOf(values));
    return new Call(operation, path, lane, more, headers, field);
  }

  /// The same with a header: `If-Match`.
  public Call header(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(operation, path, lane, query, more, field);
  }

  /// The same, of which a rejection names this annotation or setting.
  public Call about(String annotation) {
    return new Call(operation, path, lane, query, headers, Optional.of(annotation));
  }
}
