// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import java.util.List;

/// One VIP as it looks from one node, in the form in which speakers tell it: an empty text where
/// there is nothing to say.
///
/// @param node its name
/// @param address of the VIP
/// @param owners the list of owners as this node knows it
/// @param place where this node announces it; empty if it does not
/// @param obstacle why this node cannot announce it, although it should
/// @param last what became of it here last, and when
/// @param kernel what the kernel does
/// @param answers who answered when this node asked its networks for it, other than itself
/// @param unasked why it could not ask
public record NodeLook(
    String node,
    String address,
    List<String> owners,
    List<Place> place,
    String obstacle,
    String last,
    KernelLook kernel,
    List<Heard> answers,
    String unasked) {

  /// @param mac with which it is announced
  public record Place(String interfaceName, String mac) {}

  /// @param interfaceName of the node that asked
  /// @param mac of the station that answered
  /// @param micros from the question to the answer
  public record Heard(String interfaceName, String mac, long micros) {}

  public NodeLook {
    owners = List.copyOf(owners);
    place = List.copyOf(place);
    answers = List.copyOf(answers);
  }

  boolean announces() {
    return !place.isEmpty();
  }

  boolean asked() {
    return unasked.isEmpty();
  }
}
