// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// What decides about one pool when several are compared.
///
/// @param created when the pool was made: of two that overlap, the older one stays
/// @param addresses `spec.addresses` as written
/// @param avoid `spec.avoid` as written
/// @param avoidBuggyIps whether .0 and .255 are not given
public record PoolSpec(
    String name,
    Instant created,
    List<String> addresses,
    List<String> avoid,
    boolean avoidBuggyIps) {
  /// Nothing is avoided.
  public PoolSpec(String name, Instant created, List<String> addresses) {
    this(name, created, addresses, List.of(), false);
  }

  static final Comparator<PoolSpec> OLDEST_FIRST =
      Comparator.comparing(PoolSpec::created).thenComparing(PoolSpec::name);

  public PoolSpec {
    addresses = List.copyOf(addresses);
    avoid = List.copyOf(avoid);
  }
}
