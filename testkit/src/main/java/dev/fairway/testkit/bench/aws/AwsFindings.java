// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What was measured of one controller.
final class AwsFindings {
  private final Map<AwsFigure, Double> figures = new EnumMap<>(AwsFigure.class);
  private final Map<AwsFigure, String> reasons = new EnumMap<>(AwsFigure.class);
  private final Map<String, Object> details = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  void put(AwsFigure figure, double value) {
    figures.put(figure, value);
  }

  Optional<Double> get(AwsFigure figure) {
    return Optional.ofNullable(figures.get(figure));
  }

  /// Those of `of` that are not there yet will not come.
  ///
  /// @param reason for the reader
  void notMeasured(Collection<AwsFigure> of, String reason) {
    of.stream()
        .filter(figure -> !figures.containsKey(figure))
        .forEach(figure -> reasons.put(figure, reason));
  }

  /// How much of something a figure was measured with, or what it consists of.
  void detail(String what, Object value) {
    details.put(what, value);
  }

  /// What a reader must know to understand a figure.
  void note(String text) {
    notes.add(text);
  }

  boolean isComplete() {
    return figures.size() == AwsFigure.values().length;
  }

  /// The figures by name, without those that were not measured, which follow with a reason each;
  /// then details and notes.
  Map<String, Object> asMap() {
    var map = new LinkedHashMap<String, Object>();
    figures.forEach((figure, value) -> map.put(figure.key(), rounded(value)));
    map.put("notMeasured", byKey(reasons));
    map.put("details", details);
    map.put("notes", notes);
    return map;
  }

  /// Those of `of` that are there, as in `create 14, noop 12`.
  String line(Set<AwsFigure> of) {
    return figures.entrySet().stream()
        .filter(entry -> of.contains(entry.getKey()))
        .map(entry -> entry.getKey().key() + " " + rounded(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /// By how much these are more than `ours`: one where both are zero, absent where one was not
  /// measured or only ours is zero.
  Map<String, Number> dividedBy(AwsFindings ours) {
    var map = new LinkedHashMap<String, Number>();
    figures.forEach((figure, theirs) ->
        ours.get(figure)
            .flatMap(own -> ratio(theirs, own))
            .ifPresent(ratio -> map.put(figure.key(), rounded(ratio))));
    return map;
  }

  private static Optional<Double> ratio(double theirs, double own) {
    if (own == 0) {
      return theirs == 0 ? Optional.of(1.0) : Optional.empty();
    }
    return Optional.of(theirs / own);
  }

  private static Map<String, String> byKey(Map<AwsFigure, String> reasons) {
    var map = new LinkedHashMap<String, String>();
    reasons.forEach((figure, reason) -> map.put(figure.key(), reason));
    return map;
  }

  /// With two digits behind the point at most: they say all that can be measured.
  static Number rounded(double value) {
    var hundredths = Math.round(value * 100) / 100.0;
    if (hundredths == Math.rint(hundredths)) {
      return (long) hundredths;
    }
    return hundredths;
  }
}
