// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.migration;

import java.util.List;
import java.util.Map;

/// What comes of what another program was told.
///
/// @param objects to be written, in this order, in the form of JSON
/// @param findings what became of each field of each object that was read
/// @param handOver how to pass on from the other program, in order
/// @param wayBack how to return to it
public record Move(
    List<Map<String, Object>> objects,
    List<Finding> findings,
    List<Step> handOver,
    List<Step> wayBack) {
  public Move {
    objects = List.copyOf(objects);
    findings = List.copyOf(findings);
    handOver = List.copyOf(handOver);
    wayBack = List.copyOf(wayBack);
  }

  /// Whether nothing was refused.
  public boolean complete() {
    return findings.stream().noneMatch(finding -> finding.verdict() == Verdict.REFUSED);
  }

  /// What became of a field.
  public enum Verdict {
    /// It means the same afterwards.
    MAPS,
    /// There is something like it; the text says how it differs.
    DIFFERS,
    /// There is nothing like it; the text says what to do.
    REFUSED
  }

  /// @param object kind, namespace and name, as `IPAddressPool metallb-system/public`
  /// @param field its path, as `spec.addresses[0]`; empty for the object as a whole
  /// @param text what it becomes, and what to know or to do
  public record Finding(String object, String field, Verdict verdict, String text) {}

  /// @param title what is done, and what can be seen then
  /// @param commands of a shell, with kubectl
  public record Step(String title, List<String> commands) {
    public Step {
      commands = List.copyOf(commands);
    }
  }
}
