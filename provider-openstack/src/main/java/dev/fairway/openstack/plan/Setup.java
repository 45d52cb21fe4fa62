// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.model.ClusterId;
import dev.fairway.openstack.config.LoadBalancerClass;
import dev.fairway.openstack.config.Options;
import java.util.Map;

/// What holds for all plans of a cluster.
///
/// @param clusterName the present controller's name for the cluster
/// @param classes by name
public record Setup(
    ClusterId cluster,
    String clusterName,
    Options options,
    Map<String, LoadBalancerClass> classes) {
  public Setup {
    classes = Map.copyOf(classes);
  }
}
