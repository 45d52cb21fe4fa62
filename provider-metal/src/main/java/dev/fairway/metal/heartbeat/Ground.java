// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import dev.fairway.metal.l2.AnnouncedVip;
import dev.fairway.metal.l2.Conflict;
import dev.fairway.metal.l2.ProbeTimes;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// What a node can find out on its networks.
public interface Ground {
  /// See [dev.fairway.metal.l2.L2Announcer#probe].
  CompletableFuture<Optional<Conflict>> probe(
      AnnouncedVip vip, ProbeTimes times, Predicate<MacAddress> ignored);

  /// Its interfaces as they were seen last. Costs no system call.
  List<Link> links();

  /// Those of these VIPs that no interface could announce now. Costs no system call.
  Set<IpAddress> outOfReach(Collection<AnnouncedVip> vips);
}
