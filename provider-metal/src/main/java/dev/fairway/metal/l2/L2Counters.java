// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

/// What happened on one interface since the start, over all times it was up. Only ever grows.
///
/// @param requests ARP requests and neighbour solicitations for any address that were seen
/// @param replies those that were answered
/// @param announcements gratuitous frames that were sent, defences included
/// @param malformed frames that are not valid ARP for IPv4 or neighbour discovery although they say
///   so
/// @param failedSends frames that could not be sent
/// @param rivals how often another station was heard to claim a VIP of ours, as far as it was
///   reported
/// @param times how long the answers took
public record L2Counters(
    long requests,
    long replies,
    long announcements,
    long malformed,
    long failedSends,
    long rivals,
    AnswerTimes times) {

  public static final L2Counters NONE = new L2Counters(0, 0, 0, 0, 0, 0, AnswerTimes.NONE);
}
