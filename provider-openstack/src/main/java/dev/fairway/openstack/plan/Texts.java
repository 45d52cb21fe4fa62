// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import java.util.List;
import java.util.stream.Collectors;

/// Lists in lines for people.
final class Texts {
  private static final int SHOWN = 5;

  private Texts() {}

  /// The first few.
  static String some(List<?> all) {
    if (all.isEmpty()) {
      return "none";
    }
    var first = all.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(", "));
    return all.size() <= SHOWN ? first : "%s and %d more".formatted(first, all.size() - SHOWN);
  }
}
