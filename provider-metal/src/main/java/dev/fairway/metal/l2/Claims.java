// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.pool.IpAddress;
import java.util.List;
import java.util.Map;

/// What is announced at one moment, out of what should be.
///
/// @param claimed for each VIP that is announced where, by name of the interface; never an empty
///   list
/// @param unclaimed for each VIP that is announced nowhere why, as a sentence for the user
public record Claims(Map<IpAddress, List<Claim>> claimed, Map<IpAddress, String> unclaimed) {

  public static final Claims NONE = new Claims(Map.of(), Map.of());

  public Claims {
    claimed = Map.copyOf(claimed);
    unclaimed = Map.copyOf(unclaimed);
  }
}
