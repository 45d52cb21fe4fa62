// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A load balancer that no Service claims.
///
/// @param key whose it was
/// @param ingress its addresses or names
/// @param firstSeen since when it is known to be one; empty when that is not kept
/// @param deletedAfter when it will be deleted; empty when it stays
public record OrphanView(
    String key, List<String> ingress, Optional<Instant> firstSeen, Optional<Instant> deletedAfter) {
  public OrphanView {
    ingress = List.copyOf(ingress);
  }
}
