// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.List;

/// A load balancer that is not ours, and that a Service asks to be taken over, as it was read.
///
/// @param balancer with its listeners and attributes
/// @param groups all target groups that its listeners forward to
/// @param ofService whether another controller made it for this Service of this cluster
/// @param readAt in seconds since 1970
public record Candidate(
    Balancer balancer, List<TargetGroup> groups, boolean ofService, long readAt) {
  public Candidate {
    groups = List.copyOf(groups);
  }
}
