// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.Map;

/// A load balancer of the account that is not ours, or not of this cluster.
public record ForeignBalancer(String arn, String name, Map<String, String> tags) {
  public ForeignBalancer {
    tags = Map.copyOf(tags);
  }
}
