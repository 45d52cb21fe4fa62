// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import dev.fairway.metal.failover.Order;
import dev.fairway.metal.l2.AnnouncedVip;
import dev.fairway.metal.l2.ProbeTimes;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the network on behalf of a fail-over. Used by its thread alone; answers come as news.
final class Probes {
  private static final Logger LOG = LoggerFactory.getLogger(Probes.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Ground ground;
  private final ProbeTimes ofTakeOver;
  private final Consumer<Function<Instant, List<Order>>> news;
  private final Map<IpAddress, Instant> failed = new HashMap<>();

  /// What is made of the result.
  interface Verdict<T> {
    List<Order> reached(IpAddress vip, T result, Instant at);
  }

  /// @param probeWait how long the owner of a VIP is given to answer
  Probes(Ground ground, Duration probeWait, Consumer<Function<Instant, List<Order>>> news) {
    this.ground = ground;
    this.ofTakeOver = new ProbeTimes(1, probeWait, false);
    this.news = news;
  }

  /// Whether a host has the address of a VIP that nobody announced yet.
  ///
  /// @param speakers stations that may have had it before
  void forConflict(
      AnnouncedVip vip, Predicate<MacAddress> speakers, Verdict<Optional<String>> verdict) {
    var _ =
        ground
            .probe(vip, ProbeTimes.CLAIM, speakers)
            .whenComplete((found, error) ->
                news.accept(at -> {
                  if (error != null) {
                    LOG.warn(
                        "{}: cannot ask whether a host has it: {}",
                        vip.address(),
                        error.getMessage());
                    failed.put(vip.address(), at.plus(AGAIN));
                    return List.of();
                  }
                  return verdict.reached(vip.address(), found.map(one -> one.mac().toString()), at);
                }));
  }

  /// Those that could not be asked for, and are to be again.
  List<IpAddress> again(Instant at, Map<IpAddress, ?> vips) {
    failed.keySet().retainAll(vips.keySet());
    var due =
        failed.entrySet().stream()
            .filter(entry -> !entry.getValue().isAfter(at))
            .map(Map.Entry::getKey)
            .toList();
    failed.keySet().removeAll(Set.copyOf(due));
    return due;
  }

  /// Whether anybody answers for a VIP.
  ///
  /// @param ignored stations whose answers are no sign of an owner
  void forOwner(AnnouncedVip vip, Predicate<MacAddress> ignored, Verdict<String> verdict) {
    var _ =
        ground
            .probe(vip, ofTakeOver, ignored)
            .whenComplete((found, error) -> {
              // Silence is no news: whoever asked has set himself a time.
              if (error == null && found.isPresent()) {
                news.accept(at -> verdict.reached(vip.address(), found.get().mac().toString(), at));
              }
            });
  }
}
