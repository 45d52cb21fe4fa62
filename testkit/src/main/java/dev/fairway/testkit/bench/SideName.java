// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.List;

/// Who is measured.
public enum SideName {
  FAIRWAY,
  REFERENCE;

  /// Those that the word after `--only` names; both when there is none.
  ///
  /// @throws IllegalArgumentException when it names none
  public static List<SideName> of(String only) {
    return switch (only) {
      case "" -> List.of(values());
      case "fairway" -> List.of(FAIRWAY);
      case "reference" -> List.of(REFERENCE);
      default ->
          throw new IllegalArgumentException(
              "--only: '%s' is not one of fairway, reference".formatted(only));
    };
  }
}
