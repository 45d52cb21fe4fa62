// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A policy of `deploy/aws`.
record Policy(List<Statement> statements) {
  private static final Path DIRECTORY = Path.of("../deploy/aws");

  /// @param condition by operator, then by condition key
  record Statement(
      String sid,
      Set<String> actions,
      String resource,
      Map<String, Map<String, Object>> condition) {
    @SuppressWarnings("unchecked")
    private static Statement of(Map<String, Object> json) {
      var action = json.get("Action");
      return new Statement(
          (String) json.getOrDefault("Sid", ""),
          action instanceof List<?> several
              ? once((List<String>) several)
              : Set.of((String) action),
          (String) json.getOrDefault("Resource", ""),
          (Map<String, Map<String, Object>>) json.getOrDefault("Condition", Map.of()));
    }
  }

  private static Set<String> once(List<String> actions) {
    var all = new TreeSet<String>();
    for (var action : actions) {
      if (!all.add(action)) {
        throw new AssertionError(action + " stands twice");
      }
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  static Policy read(String name) {
    var json = Serialization.unmarshal(text(name), Map.class);
    return new Policy(
        ((List<Map<String, Object>>) json.getOrDefault("Statement", List.of()))
            .stream().map(Statement::of).toList());
  }

  static String text(String name) {
    try {
      return Files.readString(DIRECTORY.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> actions() {
    var all = new TreeSet<String>();
    statements.forEach(one -> all.addAll(one.actions()));
    return all;
  }

  Statement statement(String sid) {
    return statements.stream()
        .filter(one -> one.sid().equals(sid))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no statement " + sid));
  }

  /// The statements that allow it.
  List<Statement> allowing(String action) {
    return statements.stream().filter(one -> one.actions().contains(action)).toList();
  }
}
