// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

/// What was seen when an owner was lost once and came back.
///
/// @param neighbourMillis how long nobody answered a neighbour
/// @param routedMillis the longest time without an answer behind a router, until it came back
/// @param returnMillis the same after it came back
/// @param togetherMillis for how long two nodes answered, at most
/// @param movedBack whether it took its address back
/// @param statusRight whether the status of the Vip named the one that answered at the end
/// @param routerRight whether the router sent to it at the end
record Round(
    double neighbourMillis,
    double routedMillis,
    double returnMillis,
    double togetherMillis,
    boolean movedBack,
    boolean statusRight,
    boolean routerRight) {}
