// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.Optional;

/// Something of an object at AWS that lists do not show, and that costs a call of its own to read.
public sealed interface Fact<T> {
  /// Read, or written by us.
  record Known<T>(T value) implements Fact<T> {}

  /// Not read, but a tag says that it was brought to this state.
  ///
  /// @param digest of the value, as [Digest] makes it
  record Pledged<T>(String digest) implements Fact<T> {}

  /// Nobody knows.
  record Unread<T>() implements Fact<T> {}

  default Optional<T> known() {
    return this instanceof Known<T>(var value) ? Optional.of(value) : Optional.empty();
  }

  /// Whether it is pledged to be what has this digest.
  default boolean pledges(String digest) {
    return this instanceof Pledged<T>(var pledged) && pledged.equals(digest);
  }

  /// What is pledged by a tag, if it is there.
  static <T> Fact<T> pledged(Optional<String> digest) {
    return digest.<Fact<T>>map(Pledged::new).orElseGet(Unread::new);
  }
}
