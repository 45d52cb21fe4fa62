// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// The addresses that are probed on one interface, and what is to be done for each when. Many at
/// once are spread: at most [#PER_SECOND] questions leave in any second. Not safe for use by
/// several threads.
final class ProbeTable {

  static final int PER_SECOND = 1_000;

  /// One address that is asked for.
  ///
  /// @param ignored stations that do not count
  /// @param verdict who has the address, or that nobody does
  record Probe(
      IpAddress address,
      ProbeTimes times,
      Predicate<MacAddress> ignored,
      CompletableFuture<Optional<MacAddress>> verdict) {}

  /// What is to be done at one moment.
  ///
  /// @param ask the probes to ask for
  /// @param free the probes that nobody answered in their time
  record Turn(List<Probe> ask, List<Probe> free) {}

  /// @param asked how often that was done
  private record Step(Instant due, long order, Probe probe, int asked) {
    boolean isVerdict() {
      return asked == probe.times().count();
    }
  }

  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparing(Step::due).thenComparingLong(Step::order));

  private final FrameBudget budget = new FrameBudget(PER_SECOND);
  private long added;

  void begin(Probe probe, Instant now) {
    add(probe, 0, now);
  }

  private void add(Probe probe, int asked, Instant due) {
    steps.add(new Step(due, added++, probe, asked));
  }

  /// What is due now.
  Turn take(Instant now) {
    Turn turn = new Turn(new ArrayList<>(), new ArrayList<>());
    while (next().filter(time -> !time.isAfter(now)).isPresent()) {
      Step step = steps.remove();
      Probe probe = step.probe();
      if (step.isVerdict()) {
        turn.free().add(probe);
      } else {
        budget.spend(now);
        turn.ask().add(probe);
        add(probe, step.asked() + 1, now.plus(probe.times().interval()));
      }
    }
    return turn;
  }

  /// When [#take] will have something, or empty if never. In the past if it has something now.
  Optional<Instant> next() {
    return Optional.ofNullable(steps.peek())
        .map(step -> {
          Instant free = step.isVerdict() ? step.due() : budget.free(budget.whole());
          return free.isAfter(step.due()) ? free : step.due();
        });
  }

  /// Takes out the probes that a sighting decides.
  List<Probe> hear(Sighting sighting) {
    List<Probe> hit =
        steps.stream()
            .map(Step::probe)
            .filter(probe -> probe.address().equals(sighting.address()))
            .filter(probe -> sighting.kind() == Sighting.Kind.CLAIM || probe.times().alsoWhoAsks())
            .filter(probe -> !probe.ignored().test(sighting.mac()))
            .toList();
    steps.removeIf(step -> hit.contains(step.probe()));
    return hit;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /// Takes out all.
  List<Probe> drain() {
    List<Probe> all = steps.stream().map(Step::probe).toList();
    steps.clear();
    return all;
  }
}
