// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import dev.fairway.cloud.migration.Move.Finding;
import dev.fairway.cloud.migration.Move.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Collects what becomes of the fields, in the order in which they are looked at.
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  List<Finding> all() {
    return List.copyOf(all);
  }

  void maps(Manifest of, String field, String text) {
    all.add(new Finding(of.title(), field, Verdict.MAPS, text));
  }

  void differs(Manifest of, String field, String text) {
    all.add(new Finding(of.title(), field, Verdict.DIFFERS, text));
  }

  void refused(Manifest of, String field, String text) {
    all.add(new Finding(of.title(), field, Verdict.REFUSED, text));
  }
}
