// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.spec.TargetId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Parts of one-line summaries.
final class Texts {
  private static final int SHOWN = 5;

  private Texts() {}

  static String some(List<TargetId> targets) {
    var shown =
        targets.stream().limit(SHOWN).map(TargetId::toString).collect(Collectors.joining(", "));
    return targets.size() <= SHOWN
        ? shown
        : "%s and %d others".formatted(shown, targets.size() - SHOWN);
  }

  static String of(GroupSet groups) {
    var names = new ArrayList<String>();
    if (!groups.front().isEmpty()) {
      names.add(groups.front());
    }
    if (groups.backend()) {
      names.add("the shared one");
    }
    names.addAll(groups.others());
    return String.join(", ", names);
  }

  static String tags(Map<String, String> tags, List<String> removed) {
    var text = new TreeMap<>(tags).toString();
    return removed.isEmpty() ? text : text + " and without " + removed;
  }
}
