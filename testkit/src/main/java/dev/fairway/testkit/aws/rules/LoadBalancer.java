// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A load balancer as the calls so far have made it.
///
/// @param subnets `SubnetId`, and what was said of its addresses (`AllocationId`,
///   `PrivateIPv4Address`, `IPv6Address`)
record LoadBalancer(
    String arn,
    String name,
    boolean network,
    Settings settings,
    List<Map<String, String>> subnets,
    Set<String> securityGroups,
    boolean deletionProtected,
    Instant created) {
  LoadBalancer {
    subnets = List.copyOf(subnets);
    securityGroups = Set.copyOf(securityGroups);
  }

  LoadBalancer withSettings(Settings changed) {
    return new LoadBalancer(
        arn, name, network, changed, subnets, securityGroups, deletionProtected, created);
  }

  LoadBalancer withSubnets(List<Map<String, String>> changed) {
    return new LoadBalancer(
        arn, name, network, settings, changed, securityGroups, deletionProtected, created);
  }

  LoadBalancer withSecurityGroups(Set<String> changed) {
    return new LoadBalancer(
        arn, name, network, settings, subnets, changed, deletionProtected, created);
  }

  LoadBalancer withDeletionProtected(boolean changed) {
    return new LoadBalancer(
        arn, name, network, settings, subnets, securityGroups, changed, created);
  }
}
