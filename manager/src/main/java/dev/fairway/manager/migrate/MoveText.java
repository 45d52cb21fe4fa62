// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.migrate;

import dev.fairway.cloud.migration.Move;
import dev.fairway.cloud.migration.Move.Finding;
import dev.fairway.cloud.migration.Move.Step;
import dev.fairway.cloud.migration.Move.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What comes of a move, for people: each object with its fields, how to hand over, the way back.
public final class MoveText {
  private MoveText() {}

  public static String of(Move move) {
    var text = new StringBuilder();
    byObject(move.findings())
        .forEach((object, findings) -> {
          text.append(object).append('\n');
          findings.forEach(finding -> text.append(line(finding)));
          text.append('\n');
        });
    text.append(summary(move)).append("\n\n");
    steps(text, "Hand over", move.handOver());
    steps(text, "The way back", move.wayBack());
    return text.toString();
  }

  private static Map<String, List<Finding>> byObject(List<Finding> findings) {
    var byObject = new LinkedHashMap<String, List<Finding>>();
    findings.forEach(
        finding -> byObject.computeIfAbsent(finding.object(), _ -> new ArrayList<>()).add(finding));
    return byObject;
  }

  private static String line(Finding finding) {
    var field = finding.field().isEmpty() ? "" : finding.field() + ": ";
    return "  %-8s %s%s\n".formatted(word(finding.verdict()), field, finding.text());
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static String summary(Move move) {
    return "%d map, %d map with a difference, %d are refused%s"
        .formatted(
            count(move, Verdict.MAPS),
            count(move, Verdict.DIFFERS),
            count(move, Verdict.REFUSED),
            move.complete() ? "." : ": look at these before you go on.");
  }

  private static long count(Move move, Verdict verdict) {
    return move.findings().stream().filter(finding -> finding.verdict() == verdict).count();
  }

  private static void steps(StringBuilder text, String title, List<Step> steps) {
    text.append(title).append('\n');
    var number = 0;
    for (var step : steps) {
      text.append("  %d. %s\n".formatted(++number, step.title()));
      step.commands().forEach(command -> text.append("       ").append(command).append('\n'));
    }
    text.append('\n');
  }
}
