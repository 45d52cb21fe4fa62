// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import java.util.Optional;

/// A pool, by its id or, where it has none yet, by what it will be known by.
///
/// @param part `TCP/80`: the frontend it is for
/// @param protocol of the pool
public record PoolRef(Optional<String> id, String part, String protocol) {
  @Override
  public String toString() {
    return id.map(known -> "pool %s (%s)".formatted(known, part))
        .orElseGet(() -> "the %s pool of %s".formatted(protocol, part));
  }
}
