// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The load balancers that we changed, until it was looked at what of that failed: Octavia may fail
/// with a part and be done with its load balancer all the same.
final class Changed {
  private final Set<String> parts = new LinkedHashSet<>();
  private final Set<String> members = new LinkedHashSet<>();

  void part(String balancer) {
    parts.add(balancer);
  }

  void members(String balancer) {
    members.add(balancer);
  }

  /// Those with changed listeners, pools, monitors or members.
  List<String> parts(Predicate<String> which) {
    return parts.stream().filter(which).toList();
  }

  /// Those with changed members, first changed first.
  List<String> members(Predicate<String> which) {
    return members.stream().filter(which).toList();
  }

  /// It is known which listeners, pools and monitors failed.
  void partsSeen(String balancer) {
    parts.remove(balancer);
  }

  /// It is known which members failed.
  void membersSeen(String balancer) {
    members.remove(balancer);
  }

  void forget(String balancer) {
    parts.remove(balancer);
    members.remove(balancer);
  }
}
