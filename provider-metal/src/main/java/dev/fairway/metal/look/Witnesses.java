// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import dev.fairway.metal.look.NodeLook.Heard;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who was asked for a VIP, and whom they heard, in one line.
final class Witnesses {
  private Witnesses() {}

  static String text(Evidence evidence) {
    var said = evidence.looks().stream().map(look -> said(evidence, look));
    var silent = new TreeMap<>(evidence.silent()).entrySet().stream().map(Witnesses::silent);
    var all = Stream.concat(said, silent).collect(Collectors.joining("; "));
    return all.isEmpty() ? "no node could be asked" : all;
  }

  private static String said(Evidence evidence, NodeLook look) {
    var begin = look.announces() ? look.node() + " announces it and" : look.node();
    if (!look.asked()) {
      return "%s could not ask: %s".formatted(begin, look.unasked());
    }
    var heard = look.answers().stream().map(answer -> heard(evidence, answer)).toList();
    return "%s heard %s".formatted(begin, text(heard, look.announces()));
  }

  private static String text(List<String> heard, boolean announces) {
    if (heard.isEmpty()) {
      return announces ? "nobody else" : "nobody";
    }
    return String.join(" and ", heard);
  }

  private static String heard(Evidence evidence, Heard answer) {
    return "%s (%s) after %.1f ms"
        .formatted(
            evidence.nodeOf(answer.mac()).orElse("a host that is no node"),
            answer.mac(),
            answer.micros() / 1_000.0);
  }

  private static String silent(Map.Entry<String, String> node) {
    return "%s could not be asked: %s".formatted(node.getKey(), node.getValue());
  }
}
