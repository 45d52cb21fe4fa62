// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.Meters;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// What became of the calls of one service, as metrics: a service has counters of its own, since
/// names are all that meters tell apart.
final class Tally {
  private final LongAdder calls = new LongAdder();
  private final LongAdder throttles = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder waitedNanos = new LongAdder();

  Tally(Service service, Limiter limiter, Meters meters) {
    var prefix = "fairway_openstack_" + service.project();
    var what = service.project();
    meters.counter(prefix + "_calls", "Calls to %s made".formatted(what), calls::sum);
    meters.counter(
        prefix + "_throttles",
        "Calls to %s answered with throttling".formatted(what),
        throttles::sum);
    meters.counter(
        prefix + "_failures", "Calls to %s that failed otherwise".formatted(what), failures::sum);
    meters.counter(
        prefix + "_retries", "Calls to %s that were repeated".formatted(what), retries::sum);
    meters.counter(
        prefix + "_wait_seconds",
        "Time calls to %s waited for their turn".formatted(what),
        () -> waitedNanos.sum() / 1e9);
    meters.gauge(
        prefix + "_waiting",
        "Calls to %s that wait for their turn".formatted(what),
        limiter::waiting);
  }

  void waited(Duration time) {
    waitedNanos.add(time.toNanos());
  }

  void called() {
    calls.increment();
  }

  void throttled() {
    throttles.increment();
  }

  void failed() {
    failures.increment();
  }

  void repeated() {
    retries.increment();
  }
}
