// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import java.util.List;

/// The security groups of a load balancer, of which some may be made only on the way.
///
/// @param front the name of the one that lets its clients in; empty for none
/// @param backend whether it has the one that all share
/// @param others ids, sorted
public record GroupSet(String front, boolean backend, List<String> others) {
  /// None at all.
  static final GroupSet NONE = new GroupSet("", false, List.of());

  public GroupSet {
    others = others.stream().sorted().toList();
  }

  boolean isEmpty() {
    return front.isEmpty() && !backend && others.isEmpty();
  }
}
