// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Duration;
import java.util.Optional;

/// What becomes of an address when its load balancer lets go of it: it is held.
///
/// @param time how long; whole seconds, positive
/// @param successor the only one that may have it then; empty for the same load balancer, made
///   again
public record Hold(Duration time, Optional<LoadBalancerKey> successor) {
  public Hold {
    if (time.toSeconds() < 1) {
      throw new IllegalArgumentException("to hold for %s is not to hold".formatted(time));
    }
  }

  /// As users write it: `24h`.
  public String timeText() {
    var seconds = time.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
