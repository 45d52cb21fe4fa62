// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Lists without repetition, in the order of their elements: so that equal plans read alike.
public final class Sorted {
  private Sorted() {}

  /// Those that are not among the others.
  public static <T extends Comparable<T>> List<T> minus(Collection<T> all, Collection<T> others) {
    var rest = new TreeSet<>(all);
    rest.removeAll(Set.copyOf(others));
    return List.copyOf(rest);
  }
}
