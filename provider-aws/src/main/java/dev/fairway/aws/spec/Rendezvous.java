// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Chooses a few of many by the highest weight that each has for the chooser (Thaler and
/// Ravishankar, 1998): one that joins or leaves changes what few choosers have, and that by one.
///
/// @param chooser what weights are drawn for
record Rendezvous(String chooser) {
  private record Weighted<T>(T value, String name, long weight) {}

  /// At most so many, best first. Equal names are not expected.
  <T> List<T> best(List<T> candidates, Function<T, String> name, int most) {
    return candidates.stream()
        .map(candidate ->
            new Weighted<>(candidate, name.apply(candidate), weight(name.apply(candidate))))
        .sorted(
            Comparator.<Weighted<T>>comparingLong(Weighted::weight)
                .reversed()
                .thenComparing(Weighted::name))
        .limit(most)
        .map(Weighted::value)
        .toList();
  }

  // FNV-1a, and then the finalizer of SplitMix64: without it, names that differ in the last digit
  // have weights that differ little.
  private long weight(String name) {
    var hash = 0xcbf29ce484222325L;
    for (var c : (chooser + "\n" + name).toCharArray()) {
      hash = (hash ^ c) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
