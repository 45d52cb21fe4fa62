// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What to do when another station claims a VIP that is announced on this interface: report it, and
/// against a foreign host announce the VIP once in ten seconds, so that two that both insist do not
/// fill the network (RFC 5227 section 2.4). Not safe for use by several threads.
final class Defence {

  static final Duration INTERVAL = Duration.ofSeconds(10); // RFC 5227: DEFEND_INTERVAL
  static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

  private final String interfaceName;
  private final Predicate<MacAddress> own;
  private final Predicate<MacAddress> speakers;
  private final Map<IpAddress, Instant> reported = new HashMap<>();
  private final Map<IpAddress, Instant> defended = new HashMap<>();

  Defence(String interfaceName, Predicate<MacAddress> own, Predicate<MacAddress> speakers) {
    this.interfaceName = interfaceName;
    this.own = own;
    this.speakers = speakers;
  }

  /// The rival in a sighting, if there is one that is to be reported now. If it says that the VIP
  /// is defended, it is to be announced.
  Optional<Rival> against(Sighting sighting, Set<IpAddress> vips, Instant now) {
    IpAddress vip = sighting.address();
    if (sighting.kind() != Sighting.Kind.CLAIM || !vips.contains(vip) || own.test(sighting.mac())) {
      return Optional.empty();
    }
    boolean speaker = speakers.test(sighting.mac());
    boolean defend = !speaker && isOver(defended.get(vip), INTERVAL, now);
    if (defend) {
      defended.put(vip, now);
    } else if (!isOver(reported.get(vip), REPORT_INTERVAL, now)) {
      return Optional.empty();
    }
    reported.put(vip, now);
    return Optional.of(new Rival(vip, sighting.mac(), interfaceName, speaker, defend));
  }

  /// Forgets all but these.
  void retain(Set<IpAddress> vips) {
    reported.keySet().retainAll(vips);
    defended.keySet().retainAll(vips);
  }

  private static boolean isOver(@Nullable Instant last, Duration interval, Instant now) {
    return last == null || !now.isBefore(last.plus(interval));
  }
}
