// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.Map;
import java.util.Optional;

/// How much of what AWS allows is used.
///
/// @param limits by name, as DescribeAccountLimits has them; empty while they were not read
/// @param balancers Network Load Balancers of the Region, ours or not
/// @param groups target groups of the Region, ours or not
public record Quotas(Map<String, Integer> limits, int balancers, int groups) {
  /// Nothing was read.
  public static final Quotas UNREAD = new Quotas(Map.of(), 0, 0);

  public Quotas {
    limits = Map.copyOf(limits);
  }

  public Optional<Integer> limit(String name) {
    return Optional.ofNullable(limits.get(name));
  }
}
