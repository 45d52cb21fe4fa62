// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What witnesses said of those that this node does not hear.
final class Testimonies {
  private final Map<String, Map<String, Said>> bySuspect = new HashMap<>();

  private record Said(boolean hearsIt, Instant at) {}

  void said(String witness, String suspect, boolean hearsIt, Instant at) {
    bySuspect.computeIfAbsent(suspect, _ -> new HashMap<>()).put(witness, new Said(hearsIt, at));
  }

  /// Whether anybody said anything since then: if not, it may be this node that is cut off.
  boolean any(String suspect, Instant since) {
    return bySuspect.getOrDefault(suspect, Map.of()).values().stream()
        .anyMatch(said -> said.at().isAfter(since));
  }

  /// One that has heard it, and said so since then.
  Optional<String> objector(String suspect, Instant since) {
    return bySuspect.getOrDefault(suspect, Map.of()).entrySet().stream()
        .filter(entry -> entry.getValue().hearsIt() && entry.getValue().at().isAfter(since))
        .map(Map.Entry::getKey)
        .min(String::compareTo);
  }
}
