// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A message between speakers.
///
/// @param incarnation drawn at random when the sender's process started
/// @param echo the incarnation of the receiver, as the sender knows it; 0 while it does not. What
///   was recorded and is sent again to another process is known by that
/// @param sequence grows with each message that a process sends to the receiver
public record Envelope(
    String from, String to, long incarnation, long echo, long sequence, Message message) {

  /// What is in an envelope.
  public sealed interface Message {}

  /// The sender lives.
  ///
  /// @param tenures of VIPs in whose lists both are; seldom all of them
  public record Heartbeat(Standing standing, List<Tenure> tenures) implements Message {
    public Heartbeat {
      tenures = List.copyOf(tenures);
    }
  }

  /// Whether a speaker can be counted on.
  public enum Standing {
    /// It does not know the lists yet.
    STARTING,
    SERVING,
    /// It is about to stop: others should take over.
    LEAVING
  }

  /// Asks a witness whether it hears a node.
  public record Question(String suspect) implements Message {}

  /// A witness's answer.
  ///
  /// @param silentFor for how long it has not heard the suspect; empty if it never did
  public record Testimony(String suspect, Optional<Duration> silentFor) implements Message {}
}
