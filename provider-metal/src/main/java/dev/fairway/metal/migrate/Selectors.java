// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import dev.fairway.metal.model.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Label selectors, which are written alike on both sides.
final class Selectors {
  /// The most of them in one list; the same as in our custom resources' schemas.
  static final int MOST = 16;

  private static final Set<String> KNOWN = Set.of("In", "NotIn", "Exists", "DoesNotExist");

  private Selectors() {}

  /// As it is written.
  static Map<String, Object> copy(Manifest selector) {
    var copy = new LinkedHashMap<String, Object>();
    for (var field : List.of("matchLabels", "matchExpressions")) {
      var value = selector.json().get(field);
      if (value != null) {
        copy.put(field, value);
      }
    }
    return copy;
  }

  static List<Map<String, Object>> copy(List<Manifest> selectors) {
    return selectors.stream().map(Selectors::copy).toList();
  }

  static boolean matches(Manifest selector, Map<String, String> labels) {
    return read(selector).matches(labels);
  }

  private static Selector read(Manifest selector) {
    return new Selector(
        selector.part("matchLabels").json().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString())),
        selector.parts("matchExpressions").stream().map(Selectors::expression).toList());
  }

  // One that cannot be read selects nothing.
  private static Selector.Expression expression(Manifest expression) {
    var operator = expression.text("operator").filter(KNOWN::contains).orElse("In");
    return new Selector.Expression(
        expression.text("key").orElse(""),
        switch (operator) {
          case "NotIn" -> Selector.Operator.NOT_IN;
          case "Exists" -> Selector.Operator.EXISTS;
          case "DoesNotExist" -> Selector.Operator.DOES_NOT_EXIST;
          default -> Selector.Operator.IN;
        },
        Set.copyOf(expression.list("values")));
  }
}
