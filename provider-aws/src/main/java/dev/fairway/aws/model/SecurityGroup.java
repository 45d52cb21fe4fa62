// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.Map;
import java.util.Set;

/// A security group as it was seen.
///
/// @param name unique within a VPC
/// @param ingress what it lets in
public record SecurityGroup(
    String id, String name, Map<String, String> tags, Set<IngressRule> ingress) {
  public SecurityGroup {
    tags = Map.copyOf(tags);
    ingress = Set.copyOf(ingress);
  }

  public SecurityGroup withIngress(Set<IngressRule> now) {
    return new SecurityGroup(id, name, tags, now);
  }
}
