// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// How the last passes over each load balancer ended, for whoever asks. Holds one entry for each
/// that is looked after, and none for any other, however many there were.
///
/// Safe for use by several threads.
public final class PassHistory {
  // Messages come from clouds; what is kept of them is bounded.
  private static final int LONGEST_MESSAGE = 1000;

  private final InstantSource clock;
  private final Map<LoadBalancerKey, Entry> entries = new ConcurrentHashMap<>();

  /// @param last when the last pass ended
  /// @param succeeded whether it ended well
  /// @param unserved whether something is missing that may become free
  /// @param error the last failure, also when passes after it ended well
  public record Entry(Instant last, boolean succeeded, boolean unserved, Optional<Failure> error) {}

  /// @param reason what kind of error it was, as in conditions where it is told there
  /// @param first when the first of the failures in a row was
  /// @param last when the last one was
  /// @param count how many there were in a row
  public record Failure(String reason, String message, Instant first, Instant last, int count) {}

  public PassHistory(InstantSource clock) {
    this.clock = clock;
  }

  /// Empty when there was no pass since this process began to lead.
  public Optional<Entry> of(LoadBalancerKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  /// How many load balancers there are entries for.
  public int size() {
    return entries.size();
  }

  void succeeded(LoadBalancerKey key, boolean unserved) {
    var now = clock.instant();
    entries.compute(
        key,
        (_, before) ->
            new Entry(now, true, unserved, Optional.ofNullable(before).flatMap(Entry::error)));
  }

  void failed(LoadBalancerKey key, Throwable error) {
    var now = clock.instant();
    entries.compute(
        key,
        (_, before) -> {
          var row =
              Optional.ofNullable(before).filter(entry -> !entry.succeeded()).flatMap(Entry::error);
          return new Entry(
              now,
              false,
              false,
              Optional.of(
                  new Failure(
                      Verdict.reason(error),
                      message(error),
                      row.map(Failure::first).orElse(now),
                      now,
                      row.map(Failure::count).orElse(0) + 1)));
        });
  }

  /// Drops the entry unless the load balancer is still looked after. To be asked after each pass
  /// and whenever a Service went away: whichever comes last finds that nothing is left.
  void keepOnlyIf(Predicate<LoadBalancerKey> lookedAfter, LoadBalancerKey key) {
    if (!lookedAfter.test(key)) {
      entries.remove(key);
    }
  }

  private static String message(Throwable error) {
    var text = Verdict.text(error);
    return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
  }
}
