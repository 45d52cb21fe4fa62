// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was measured of one controller.
final class Findings {
  private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
  private final Map<String, Number> sizes = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  void put(Figure figure, double value) {
    figures.put(figure, value);
  }

  Optional<Double> get(Figure figure) {
    return Optional.ofNullable(figures.get(figure));
  }

  /// How much of something a figure was measured with.
  void size(String what, Number value) {
    sizes.put(what, value);
  }

  /// What a reader must know to understand a figure.
  void note(String text) {
    notes.add(text);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /// All figures by name, null for what could not be measured; then sizes and notes.
  Map<String, @Nullable Object> asMap() {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (var figure : Figure.values()) {
      map.put(figure.key(), get(figure).map(Findings::rounded).orElse(null));
    }
    map.put("sizes", sizes);
    map.put("notes", notes);
    return map;
  }

  /// By how much these are better than `ours`; null where one is missing or ours is zero.
  Map<String, @Nullable Object> dividedBy(Findings ours) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (var figure : Figure.values()) {
      var ratio =
          get(figure)
              .flatMap(theirs ->
                  ours.get(figure).filter(own -> own > 0).map(own -> rounded(theirs / own)));
      map.put(figure.key(), ratio.orElse(null));
    }
    return map;
  }

  // Three digits behind the point say more than can be measured.
  private static Number rounded(double value) {
    var thousandths = Math.round(value * 1000) / 1000.0;
    return thousandths == Math.rint(thousandths)
        ? (Number) (long) thousandths
        : (Number) thousandths;
  }
}
