// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

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
///
/// @param <F> what there is to be measured, in the order of the result
public final class Outcome<F extends Enum<F> & Keyed> {
  private final Class<F> all;
  private final Map<F, Double> figures;
  private final Map<F, String> reasons;
  private final Map<String, Object> details = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  public Outcome(Class<F> all) {
    this.all = all;
    this.figures = new EnumMap<>(all);
    this.reasons = new EnumMap<>(all);
  }

  public void put(F figure, double value) {
    figures.put(figure, value);
  }

  public Optional<Double> get(F figure) {
    return Optional.ofNullable(figures.get(figure));
  }

  /// Those of `of` that are not there yet will not come.
  ///
  /// @param reason for the reader
  public void notMeasured(Collection<F> of, String reason) {
    of.stream()
        .filter(figure -> !figures.containsKey(figure))
        .forEach(figure -> reasons.put(figure, reason));
  }

  /// How much of something a figure was measured with, or what it consists of.
  public void detail(String what, Object value) {
    details.put(what, value);
  }

  /// What a reader must know to understand a figure.
  public void note(String text) {
    notes.add(text);
  }

  public boolean isComplete() {
    return figures.size() == all.getEnumConstants().length;
  }

  /// The figures by name, without those that were not measured, which follow with a reason each;
  /// then details and notes.
  public Map<String, Object> asMap() {
    var map = new LinkedHashMap<String, Object>();
    figures.forEach((figure, value) -> map.put(figure.key(), rounded(value)));
    map.put("notMeasured", byKey(reasons));
    map.put("details", details);
    map.put("notes", notes);
    return map;
  }

  /// Those of `of` that are there, as in `create 14, noop 12`.
  public String line(Set<F> of) {
    return figures.entrySet().stream()
        .filter(entry -> of.contains(entry.getKey()))
        .map(entry -> entry.getKey().key() + " " + rounded(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /// By how much these are more than `ours`: one where both are zero, absent where one was not
  /// measured or only ours is zero.
  public Map<String, Number> dividedBy(Outcome<F> ours) {
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

  private Map<String, String> byKey(Map<F, String> reasons) {
    var map = new LinkedHashMap<String, String>();
    reasons.forEach((figure, reason) -> map.put(figure.key(), reason));
    return map;
  }

  /// With two digits behind the point at most: they say all that can be measured.
  public static Number rounded(double value) {
    var hundredths = Math.round(value * 100) / 100.0;
    if (hundredths == Math.rint(hundredths)) {
      return (long) hundredths;
    }
    return hundredths;
  }
}
