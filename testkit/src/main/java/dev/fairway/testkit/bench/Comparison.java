// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What was measured of all sides.
///
/// @param all what there is to be measured
public record Comparison<F extends Enum<F> & Keyed>(Class<F> all, Map<SideName, Outcome<F>> found) {
  public Comparison {
    found = Map.copyOf(found);
  }

  /// Our figures by name; below `reference` the same of the other side, below `ratio` theirs by
  /// ours. A side that was not asked for is not there.
  public Map<String, Object> asMap() {
    var map = new LinkedHashMap<String, Object>();
    var ours = side(SideName.FAIRWAY);
    var theirs = side(SideName.REFERENCE);
    ours.ifPresent(findings -> map.putAll(findings.asMap()));
    theirs.ifPresent(findings -> map.put("reference", findings.asMap()));
    ours.flatMap(own -> theirs.map(other -> other.dividedBy(own)))
        .ifPresent(ratio -> map.put("ratio", ratio));
    return map;
  }

  /// Whether all that there is was measured.
  public boolean isComplete() {
    return found.values().stream().allMatch(Outcome::isComplete);
  }

  /// A line for each figure, with the sides beside each other.
  public String table() {
    var text = new StringBuilder(line("", "fairway", "reference"));
    for (var figure : all.getEnumConstants()) {
      text.append(
          line(figure.key(), cell(SideName.FAIRWAY, figure), cell(SideName.REFERENCE, figure)));
    }
    return text.toString();
  }

  private String cell(SideName side, F figure) {
    return side(side)
        .flatMap(findings -> findings.get(figure))
        .map(value -> Outcome.rounded(value).toString())
        .orElse("-");
  }

  private Optional<Outcome<F>> side(SideName side) {
    return Optional.ofNullable(found.get(side));
  }

  private static String line(String figure, String ours, String theirs) {
    return "%-24s%12s%12s%n".formatted(figure, ours, theirs);
  }
}
