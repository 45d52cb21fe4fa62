// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.manager.inspect.Explanation.TargetView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The nodes as lines: each of a few; of many, a sum and those that something is the matter with.
final class TargetLines {
  private static final int MOST = 20;

  private TargetLines() {}

  static List<String> of(List<TargetView> targets) {
    if (targets.size() <= MOST) {
      return targets.stream().map(TargetLines::line).toList();
    }
    var lines = new ArrayList<String>();
    lines.add(
        "%d nodes: %d eligible, %d ready, %d with a ready endpoint"
            .formatted(
                targets.size(),
                targets.stream().filter(TargetView::eligible).count(),
                targets.stream().filter(TargetView::ready).count(),
                targets.stream().filter(TargetView::endpoint).count()));
    targets.stream()
        .sorted(Comparator.comparingInt(TargetLines::rank))
        .limit(MOST)
        .map(TargetLines::line)
        .forEach(lines::add);
    lines.add("and %d more".formatted(targets.size() - MOST));
    return lines;
  }

  // Those that are left out or not ready first, then those that serve.
  private static int rank(TargetView target) {
    if (!target.eligible()) {
      return 0;
    }
    if (!target.ready()) {
      return 1;
    }
    return target.endpoint() ? 2 : 3;
  }

  private static String line(TargetView target) {
    return "%s: %s%s, %s%s"
        .formatted(
            target.node(),
            target.why().map(why -> "left out, because it " + why).orElse("eligible"),
            target.draining() ? ", draining" : "",
            target.ready() ? "ready" : "not ready",
            target.endpoint() ? ", has a ready endpoint" : "");
  }
}
