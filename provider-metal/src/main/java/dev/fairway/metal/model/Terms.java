// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.metal.pool.Allocator.Offer;
import dev.fairway.metal.pool.Reservations;
import java.util.List;
import java.util.Map;

/// What the administrator has laid down for the load balancer that is being looked at.
///
/// @param namespaceLabels those of its namespace
/// @param reservations of everybody
/// @param reserved what is reserved for it and free, the nearest first
/// @param leavesOutside whether it gives up an address that no pool holds any more, once there is
///   another one
public record Terms(
    Map<String, String> namespaceLabels,
    Reservations reservations,
    List<Offer> reserved,
    boolean leavesOutside) {
  public static final Terms NONE = new Terms(Map.of(), Reservations.NONE, List.of(), false);

  public Terms {
    namespaceLabels = Map.copyOf(namespaceLabels);
    reserved = List.copyOf(reserved);
  }
}
