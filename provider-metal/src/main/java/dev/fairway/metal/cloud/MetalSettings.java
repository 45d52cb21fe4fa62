// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.failover.Profile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The provider's part of the configuration.
///
/// @param cordonedNodesDrain whether a node that is cordoned hands its addresses over, while others
///   can have them
/// @param addressesOutsideMove whether a Service whose address is in no pool any more gets another
///   one
/// @param profile how soon owners notice that one of them is gone; the same for all speakers
/// @param heartbeatPort UDP; the same for all speakers
/// @param speakerPort the HTTP port of the speakers, by which they are asked how a VIP looks
/// @param besideMetalLb whether addresses are announced though the speakers of MetalLB run
public record MetalSettings(
    boolean cordonedNodesDrain,
    boolean addressesOutsideMove,
    Profile profile,
    int heartbeatPort,
    int speakerPort,
    boolean besideMetalLb) {
  private static final String CORDONED = "cordonedNodes";
  private static final String OUTSIDE = "addressesOutsidePools";
  private static final String PROFILE = "failover";
  private static final String HEARTBEAT_PORT = "heartbeatPort";
  private static final String SPEAKER_PORT = "speakerPort";
  private static final String BESIDE = "besideMetalLB";
  private static final int LAST_PORT = 65_535;

  /// The keys.
  public static final Set<String> KEYS =
      Set.of(CORDONED, OUTSIDE, PROFILE, HEARTBEAT_PORT, SPEAKER_PORT, BESIDE);

  /// @throws IllegalArgumentException when a value is not one of those that are known
  public static MetalSettings of(Map<String, String> settings) {
    return new MetalSettings(
        one(settings, CORDONED, List.of("announce", "drain")).equals("drain"),
        one(settings, OUTSIDE, List.of("keep", "move")).equals("move"),
        one(settings, PROFILE, List.of("default", "fast")).equals("fast")
            ? Profile.FAST
            : Profile.DEFAULT,
        port(settings, HEARTBEAT_PORT, "7474"),
        port(settings, SPEAKER_PORT, "7472"),
        one(settings, BESIDE, List.of("false", "true")).equals("true"));
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

  private static int port(Map<String, String> settings, String key, String usual) {
    var text = settings.getOrDefault(key, usual);
    try {
      var port = Integer.parseInt(text);
      if (port > 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Told below, with what is out of range.
    }
    throw new IllegalArgumentException(
        "settings.%s: '%s' is not a port; write a number from 1 to %d, such as %s"
            .formatted(key, text, LAST_PORT, usual));
  }
}
