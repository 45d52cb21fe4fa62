// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which speakers are alive, judged by when their signs of life reached this process: no other
/// clock is looked at. Immutable; time comes with each call.
///
/// When all fall silent at once, it is this side that does not hear: after a silence of everybody
/// that lasted as long as a speaker may be silent, everybody starts anew with the first one heard.
/// So an outage of the API server moves no address.
///
/// @param lastHeard by node
/// @param lastOfAll when any speaker was heard last
public record SpeakerLiveness(
    Duration mayBeSilent, Map<String, Heard> lastHeard, Instant lastOfAll) {

  /// @param version changes with each sign of life
  public record Heard(String version, Instant at) {}

  public SpeakerLiveness {
    lastHeard = Map.copyOf(lastHeard);
  }

  public static SpeakerLiveness none(Duration mayBeSilent, Instant now) {
    return new SpeakerLiveness(mayBeSilent, Map.of(), now);
  }

  /// A speaker's Lease was seen with this version.
  public SpeakerLiveness heard(String node, String version, Instant now) {
    var before = lastHeard.get(node);
    if (before != null && before.version().equals(version)) {
      return this;
    }
    var next = new HashMap<>(lastHeard);
    if (silent(now)) {
      next.replaceAll((_, heard) -> new Heard(heard.version(), now));
    }
    next.put(node, new Heard(version, now));
    return new SpeakerLiveness(mayBeSilent, next, now);
  }

  /// A speaker said goodbye, or its Lease was deleted.
  public SpeakerLiveness gone(String node) {
    var next = new HashMap<>(lastHeard);
    next.remove(node);
    return new SpeakerLiveness(mayBeSilent, next, lastOfAll);
  }

  /// The nodes whose speakers are alive now.
  public Set<String> alive(Instant now) {
    if (silent(now)) {
      return lastHeard.keySet();
    }
    return lastHeard.entrySet().stream()
        .filter(entry -> Duration.between(entry.getValue().at(), now).compareTo(mayBeSilent) < 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private boolean silent(Instant now) {
    // Half the time is enough to tell: speakers do not stop within the same moment.
    return Duration.between(lastOfAll, now).compareTo(mayBeSilent.dividedBy(2)) >= 0;
  }
}
