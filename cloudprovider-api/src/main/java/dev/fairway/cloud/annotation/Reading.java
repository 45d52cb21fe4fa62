// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import dev.fairway.cloud.plan.Note;
import java.util.Optional;

/// What was found when an annotation was read.
public sealed interface Reading<T> {
  /// @param key the key it stood under: the annotation's own or one of its aliases
  record Value<T>(String key, T value) implements Reading<T> {}

  record Missing<T>() implements Reading<T> {}

  /// @param message key, value and what is wrong with it
  /// @param fix what to write instead
  record Malformed<T>(String key, String message, String fix) implements Reading<T> {}

  default Optional<T> asOptional() {
    return this instanceof Value<T>(_, var value) ? Optional.of(value) : Optional.empty();
  }

  /// The finding that tells the user of a malformed value. It blocks: to go on without what was
  /// asked for could open more than was meant.
  default Optional<Note> note() {
    return this instanceof Malformed<T>(_, var message, var fix)
        ? Optional.of(Note.blocking("InvalidAnnotation", message, fix))
        : Optional.empty();
  }
}
