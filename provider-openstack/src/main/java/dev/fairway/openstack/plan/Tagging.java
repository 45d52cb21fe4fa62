// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.Tags;
import java.util.SortedSet;

/// The tags of what is on a load balancer.
final class Tagging {
  private Tagging() {}

  /// What is on a load balancer that we took over is ours with it: it needs no tags of ours, for
  /// which Octavia would have to work on it once more.
  static SortedSet<String> of(Balancer balancer, SortedSet<String> now, SortedSet<String> wanted) {
    if (!balancer.owned() || Tags.anybodys(now)) {
      return Tags.merged(now, wanted);
    }
    return Tags.mergedUnowned(now, wanted);
  }
}
