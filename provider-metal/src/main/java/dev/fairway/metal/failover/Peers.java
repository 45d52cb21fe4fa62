// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import dev.fairway.metal.failover.Envelope.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The other speakers.
final class Peers {
  private final String self;
  private final Duration silence;
  private final Map<String, Peer> byName = new HashMap<>();
  private Set<String> speakers = Set.of();

  Peers(String self, Duration silence) {
    this.self = self;
    this.silence = silence;
  }

  /// All nodes with a speaker, dead or alive.
  void speakers(Set<String> names) {
    speakers = Set.copyOf(names);
  }

  Peer get(String name) {
    return byName.computeIfAbsent(name, Peer::new);
  }

  Optional<Peer> known(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  boolean isHeard(String name, Instant at) {
    return known(name).filter(peer -> peer.isHeard(at, silence)).isPresent();
  }

  /// Whether it is heard and does its part.
  boolean isLive(String name, Instant at) {
    return isHeard(name, at)
        && known(name).map(Peer::standing).equals(Optional.of(Standing.SERVING));
  }

  boolean isLeaving(String name) {
    return known(name).map(Peer::standing).equals(Optional.of(Standing.LEAVING));
  }

  /// When it was heard last that it does its part, but not before `since`.
  Instant lastSign(String name, Instant since) {
    return known(name).flatMap(Peer::lastServed).filter(since::isBefore).orElse(since);
  }

  /// Those who may say whether they hear one, by name.
  List<String> witnesses(String suspect, Instant at, int most) {
    return byName.keySet().stream()
        .filter(name -> !name.equals(suspect) && isHeard(name, at))
        .sorted()
        .limit(most)
        .toList();
  }

  /// Whether there are others besides one.
  boolean areThereOthers(String besides) {
    return speakers.stream().anyMatch(name -> !name.equals(self) && !name.equals(besides));
  }

  /// Whether any other is heard.
  boolean isAnyHeard(Instant at) {
    return byName.keySet().stream().anyMatch(name -> isHeard(name, at));
  }

  void excuseAll(Instant at) {
    byName.values().forEach(peer -> peer.excuse(at));
  }
}
