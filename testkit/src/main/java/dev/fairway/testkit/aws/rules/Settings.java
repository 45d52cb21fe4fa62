// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.QueryCall;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What something was created with, to tell whether a second creation is the same. Tags do not
/// count: AWS answers with the existing one also when they differ.
record Settings(Map<String, String> values) {
  Settings {
    values = Map.copyOf(values);
  }

  static Settings of(QueryCall call, Map<String, String> defaults) {
    var values = new TreeMap<>(defaults);
    values.putAll(call.without("Tags").parameters());
    return new Settings(values).sorted("SecurityGroups").sorted("Subnets");
  }

  /// As `call` changes them: each list or structure that it has replaces the former one.
  Settings changedBy(QueryCall call) {
    var values = new TreeMap<>(this.values);
    Set<String> roots =
        call.parameters().keySet().stream()
            .map(key -> key.replaceFirst("\\..*", ""))
            .collect(Collectors.toSet());
    values.keySet().removeIf(key -> roots.contains(key.replaceFirst("\\..*", "")));
    values.putAll(call.parameters());
    return new Settings(values).sorted("SecurityGroups").sorted("Subnets");
  }

  Settings without(String root) {
    var kept = new TreeMap<>(values);
    kept.keySet().removeIf(key -> key.equals(root) || key.startsWith(root + "."));
    return new Settings(kept);
  }

  /// The order of these does not matter.
  private Settings sorted(String list) {
    var sorted = new TreeMap<>(values);
    var elements = new TreeSet<String>();
    values.forEach((key, value) -> {
      if (key.startsWith(list + ".member.")) {
        elements.add(value);
        sorted.remove(key);
      }
    });
    if (!elements.isEmpty()) {
      sorted.put(list, String.join(" ", elements));
    }
    return new Settings(sorted);
  }

  String get(String name) {
    return values.getOrDefault(name, "");
  }
}
