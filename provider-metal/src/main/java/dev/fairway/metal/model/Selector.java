// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A label selector of Kubernetes; an empty one selects everything.
///
/// @param matchLabels labels that must be there
/// @param expressions further demands
public record Selector(Map<String, String> matchLabels, List<Expression> expressions) {
  public static final Selector EVERYTHING = new Selector(Map.of(), List.of());

  public Selector {
    matchLabels = Map.copyOf(matchLabels);
    expressions = List.copyOf(expressions);
  }

  public boolean matches(Map<String, String> labels) {
    return labels.entrySet().containsAll(matchLabels.entrySet())
        && expressions.stream().allMatch(expression -> expression.matches(labels));
  }

  /// Whether one of them does, or there is none.
  static boolean anyMatches(List<Selector> selectors, Map<String, String> labels) {
    return selectors.isEmpty() || selectors.stream().anyMatch(one -> one.matches(labels));
  }

  /// One `matchExpressions` entry of a label selector.
  public record Expression(String key, Operator operator, Set<String> values) {
    public Expression {
      values = Set.copyOf(values);
    }

    boolean matches(Map<String, String> labels) {
      return switch (operator) {
        case IN -> labels.containsKey(key) && values.contains(labels.getOrDefault(key, ""));
        case NOT_IN -> !labels.containsKey(key) || !values.contains(labels.getOrDefault(key, ""));
        case EXISTS -> labels.containsKey(key);
        case DOES_NOT_EXIST -> !labels.containsKey(key);
      };
    }
  }

  /// The operators of Kubernetes label selectors.
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST
  }
}
