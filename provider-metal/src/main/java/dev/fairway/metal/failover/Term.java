// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import java.util.Comparator;

/// By which right a node holds a VIP. Of two that hold it, the one with the higher term keeps it.
///
/// @param generation of the list of owners: a newer list beats whatever happened under an older one
/// @param moves how often an owner took over from another under that list
/// @param connected whether the owner heard others when it took over. One that heard nobody may be
///   the one that is cut off
public record Term(long generation, int moves, boolean connected) implements Comparable<Term> {
  private static final Comparator<Term> ORDER =
      Comparator.comparingLong(Term::generation)
          .thenComparingInt(Term::moves)
          .thenComparing(Term::connected);

  /// Of the first in a list.
  static Term first(long generation) {
    return new Term(generation, 0, true);
  }

  /// Of one that takes over.
  Term next() {
    return new Term(generation, moves + 1, true);
  }

  /// Of one that takes over without having heard anybody: whoever holds it rightly keeps it.
  Term alone() {
    return new Term(generation, moves, false);
  }

  /// As it counts under a list.
  Term under(OwnerList list) {
    return generation < list.generation() ? first(list.generation()) : this;
  }

  @Override
  public int compareTo(Term other) {
    return ORDER.compare(this, other);
  }
}
