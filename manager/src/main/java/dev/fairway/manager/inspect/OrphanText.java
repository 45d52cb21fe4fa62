// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import java.util.List;
import java.util.stream.Collectors;

/// Orphans as people read them.
public final class OrphanText {
  private OrphanText() {}

  public static String of(List<OrphanView> orphans) {
    if (orphans.isEmpty()) {
      return "no orphans: every load balancer of this cluster belongs to a Service\n";
    }
    var lines = orphans.stream().map(OrphanText::line).collect(Collectors.joining("\n"));
    return "%s%n%n%d that no Service claims%n".formatted(lines, orphans.size());
  }

  private static String line(OrphanView orphan) {
    return "%s%s%s, %s"
        .formatted(
            orphan.key(),
            orphan.ingress().isEmpty() ? "" : " at " + String.join(", ", orphan.ingress()),
            orphan.firstSeen().map(time -> ", seen first at " + Times.second(time)).orElse(""),
            orphan
                .deletedAfter()
                .map(time -> "to be deleted after " + Times.second(time))
                .orElse("stays until somebody deletes it"));
  }
}
