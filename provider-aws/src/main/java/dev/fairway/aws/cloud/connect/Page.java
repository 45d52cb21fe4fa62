// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of an answer of AWS.
///
/// @param next what to ask for the next one with; nothing or empty on the last one
public record Page<T>(List<T> elements, @Nullable String next) {

  /// What stands on all pages, in their order.
  ///
  /// @param read asks for a page: the first one without a token
  public static <T> List<T> all(Function<Optional<String>, Page<T>> read) {
    var all = new ArrayList<T>();
    Optional<String> token = Optional.empty();
    do {
      var page = read.apply(token);
      all.addAll(page.elements());
      token = Optional.ofNullable(page.next()).filter(text -> !text.isEmpty());
    } while (token.isPresent());
    return all;
  }
}
