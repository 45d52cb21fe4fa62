// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.cloud.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One Announcement resource.
///
/// @param pools names; empty means all
/// @param matchLabels labels that a node must have
/// @param expressions further demands on its labels
/// @param interfaces exact names; empty means every interface that has the subnet
public record AnnouncementView(
    String name,
    Set<String> pools,
    Map<String, String> matchLabels,
    List<Expression> expressions,
    List<String> interfaces) {

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

  public AnnouncementView {
    pools = Set.copyOf(pools);
    matchLabels = Map.copyOf(matchLabels);
    expressions = List.copyOf(expressions);
    interfaces = List.copyOf(interfaces);
  }

  public boolean announces(String pool) {
    return pools.isEmpty() || pools.contains(pool);
  }

  public boolean selects(Target node) {
    return node.labels().entrySet().containsAll(matchLabels.entrySet())
        && expressions.stream().allMatch(expression -> expression.matches(node.labels()));
  }
}
