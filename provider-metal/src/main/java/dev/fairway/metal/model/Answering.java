// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

/// Who answers for an address, by its own word in the status of the Vip.
///
/// @param since RFC 3339
/// @param reason why this node does, as `node-a was not heard for 300 ms`; an empty text where it
///   has not said
/// @param byPresentOwners whether it began under the list of owners that is there now: it may have
///   taken over from the first one in it
public record Answering(
    String node,
    String mac,
    String interfaceName,
    String since,
    String reason,
    boolean byPresentOwners) {
  /// One that has not said why.
  public Answering(
      String node, String mac, String interfaceName, String since, boolean byPresentOwners) {
    this(node, mac, interfaceName, since, "", byPresentOwners);
  }

  /// The same when there is a newer list of owners by now.
  public Answering byOlderOwners() {
    return new Answering(node, mac, interfaceName, since, reason, false);
  }
}
