// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// What decides about one pool when several are compared.
///
/// @param created when the pool was made: of two that overlap, the older one stays
/// @param addresses `spec.addresses` as written
public record PoolSpec(String name, Instant created, List<String> addresses) {

  static final Comparator<PoolSpec> OLDEST_FIRST =
      Comparator.comparing(PoolSpec::created).thenComparing(PoolSpec::name);

  public PoolSpec {
    addresses = List.copyOf(addresses);
  }
}
