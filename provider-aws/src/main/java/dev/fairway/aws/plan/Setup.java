// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.spec.Defaults;
import dev.fairway.cloud.model.ClusterId;
import java.util.List;

/// What the planner knows of the installation.
///
/// @param clusterName in the tag `kubernetes.io/cluster/<name>`
/// @param clientRules for which ports clients are let in
/// @param subnets of Services that name none; empty to find them by their tags
public record Setup(
    ClusterId cluster,
    String clusterName,
    List<String> subnets,
    ClientRules clientRules,
    Defaults defaults) {
  public Setup {
    subnets = List.copyOf(subnets);
  }

  Names names() {
    return new Names(cluster);
  }

  public Tags tags() {
    return new Tags(cluster, clusterName);
  }
}
