// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import dev.fairway.metal.pool.IpAddress;

/// What is to be done now.
public sealed interface Order {

  /// @param everywhere by broadcast: the network may not know any more where the receiver is, and
  ///   takes a second to find out
  record Send(Envelope envelope, boolean everywhere) implements Order {}

  /// Find out whether another host has the address, before anybody was told of it. The result is
  /// awaited.
  record ProbeForConflict(IpAddress vip) implements Order {}

  /// Ask the network once for the address. Only an answer is of interest.
  ///
  /// @param ofAnybody whether the answer of a host counts that is no speaker
  record ProbeForOwner(IpAddress vip, boolean ofAnybody) implements Order {}

  /// Something that people want to know.
  record Tell(Event event) implements Order {}

  /// What happened to a VIP on this node.
  sealed interface Event {
    IpAddress vip();
  }

  /// @param why a sentence without end, such as `node-a was not heard for 300 ms`
  record Took(IpAddress vip, Term term, String why) implements Event {}

  /// @param why likewise
  record GaveUp(IpAddress vip, Term term, String why) implements Event {}

  /// Another host has the address.
  record Conflict(IpAddress vip, String mac) implements Event {}

  /// The owner is not heard, but somebody does hear it: the way between the two is cut.
  ///
  /// @param why who hears it
  record SplitPath(IpAddress vip, String owner, String why) implements Event {}
}
