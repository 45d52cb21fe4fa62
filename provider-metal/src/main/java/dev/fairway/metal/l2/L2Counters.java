// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

/// What happened on one interface since the start, over all times it was up. Only ever grows.
///
/// @param requests ARP requests for any address that were seen
/// @param replies requests that were answered
/// @param announcements gratuitous frames that were sent
/// @param malformed frames that are not ARP for IPv4 although they say so
/// @param failedSends frames that could not be sent
public record L2Counters(
    long requests, long replies, long announcements, long malformed, long failedSends) {}
