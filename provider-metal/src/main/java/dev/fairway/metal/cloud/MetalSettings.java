// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The provider's part of the configuration.
///
/// @param cordonedNodesDrain whether a node that is cordoned hands its addresses over, while others
///   can have them
/// @param addressesOutsideMove whether a Service whose address is in no pool any more gets another
///   one
public record MetalSettings(boolean cordonedNodesDrain, boolean addressesOutsideMove) {
  private static final String CORDONED = "cordonedNodes";
  private static final String OUTSIDE = "addressesOutsidePools";

  /// The keys.
  public static final Set<String> KEYS = Set.of(CORDONED, OUTSIDE);

  /// @throws IllegalArgumentException when a value is not one of those that are known
  public static MetalSettings of(Map<String, String> settings) {
    return new MetalSettings(
        one(settings, CORDONED, List.of("announce", "drain")).equals("drain"),
        one(settings, OUTSIDE, List.of("keep", "move")).equals("move"));
  }

  private static String one(Map<String, String> settings, String key, List<String> values) {
    var value = settings.getOrDefault(key, values.getFirst());
    if (!values.contains(value)) {
      throw new IllegalArgumentException(
          "settings.%s: '%s' is not known; write one of %s"
              .formatted(key, value, String.join(", ", values)));
    }
    return value;
  }
}
