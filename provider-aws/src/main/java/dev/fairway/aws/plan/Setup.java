// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.spec.Defaults;
import dev.fairway.cloud.model.ClusterId;

/// What the planner knows of the installation.
///
/// @param clusterName in the tag `kubernetes.io/cluster/<name>`
public record Setup(ClusterId cluster, String clusterName, Defaults defaults) {
  Names names() {
    return new Names(cluster);
  }

  public Tags tags() {
    return new Tags(cluster, clusterName);
  }
}
