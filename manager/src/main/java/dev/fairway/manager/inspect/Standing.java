// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import java.util.Optional;

/// Whether this process can answer.
public sealed interface Standing {
  /// It leads and works.
  record Leads(Fleet fleet) implements Standing {}

  /// It leads, and still reads what is there.
  record Begins() implements Standing {}

  /// @param leader the holder of the Lease, as far as this process knows
  record StandsBy(Optional<String> leader) implements Standing {}
}
