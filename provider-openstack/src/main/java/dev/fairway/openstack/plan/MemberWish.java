// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;

/// A member as it is written: completely, because Octavia takes what a batch leaves out for its
/// default.
///
/// @param weight 0 to 256
public record MemberWish(
    String name,
    String address,
    int port,
    Optional<String> subnet,
    OptionalInt monitorPort,
    int weight,
    SortedSet<String> tags) {
  @Override
  public String toString() {
    return "%s (%s:%d%s)".formatted(name, address, port, weight == 0 ? ", weight 0" : "");
  }
}
