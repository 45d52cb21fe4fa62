// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import dev.fairway.cloud.plan.Note;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The annotations of a group, and what is found while they are read: each finding once, in order.
public final class Findings {
  private final Map<String, String> annotations;
  private final Set<Note> notes = new LinkedHashSet<>();

  /// @param annotations as they stand on the object
  public Findings(Map<String, String> annotations) {
    this.annotations = annotations;
  }

  /// The value; empty when it is absent, or cannot be read, which is a finding.
  public <T> Optional<T> read(AnnotationSpec<T> spec) {
    var reading = spec.read(annotations);
    reading.note().ifPresent(notes::add);
    return reading.asOptional();
  }

  /// The values of all members that can be read, by the end of their keys.
  public <T> Map<String, T> readAll(AnnotationFamily<T> family) {
    var values = new TreeMap<String, T>();
    family
        .readAll(annotations)
        .forEach((end, reading) -> {
          reading.note().ifPresent(notes::add);
          reading.asOptional().ifPresent(value -> values.put(end, value));
        });
    return values;
  }

  /// The keys of all members.
  public List<String> keysOf(AnnotationFamily<?> family) {
    return family.readAll(annotations).keySet().stream()
        .map(end -> family.stem().key() + "." + end)
        .toList();
  }

  /// Whether it stands there, under any of its keys, be it malformed.
  public boolean has(AnnotationSpec<?> spec) {
    return spec.keys().stream().anyMatch(annotations::containsKey);
  }

  public void add(Note note) {
    notes.add(note);
  }

  /// A value that can be read but not be had.
  ///
  /// @param why continues a sentence that begins with the value
  /// @param fix what is allowed
  public void invalid(AnnotationSpec<?> spec, String why, String fix) {
    invalid(spec.key(), why, fix);
  }

  /// The same for a key of which there is no annotation in the catalogue, or an alias.
  public void invalid(String key, String why, String fix) {
    notes.add(
        Note.blocking(
            "InvalidAnnotation",
            "annotation %s: '%s' %s".formatted(key, annotations.getOrDefault(key, ""), why),
            fix));
  }

  /// A value that has no effect.
  ///
  /// @param instead what to do
  public void notApplied(AnnotationSpec<?> spec, String instead) {
    notes.add(
        Note.warning("NotApplied", "annotation %s is not applied".formatted(spec.key()), instead));
  }

  /// Whether one of the findings blocks.
  public boolean blocking() {
    return notes.stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING);
  }

  /// What was found so far, each once, in order.
  public List<Note> notes() {
    return List.copyOf(notes);
  }
}
