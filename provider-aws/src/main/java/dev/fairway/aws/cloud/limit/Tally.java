// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import dev.fairway.cloud.Meters;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// What became of the calls of one class, as metrics: a class has counters of its own, since names
/// are all that meters tell apart.
final class Tally {
  private final LongAdder calls = new LongAdder();
  private final LongAdder throttles = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder waitedNanos = new LongAdder();

  Tally(ThrottleClass throttleClass, Limiter limiter, Meters meters) {
    var prefix = "fairway_aws_" + throttleClass.metric();
    var what = throttleClass.metric().replace('_', ' ');
    meters.counter(prefix + "_calls", "AWS calls made, class " + what, calls::sum);
    meters.counter(
        prefix + "_throttles", "AWS calls answered with throttling, class " + what, throttles::sum);
    meters.counter(
        prefix + "_failures", "AWS calls that failed otherwise, class " + what, failures::sum);
    meters.counter(
        prefix + "_wait_seconds",
        "Time AWS calls waited for their turn, class " + what,
        () -> waitedNanos.sum() / 1e9);
    meters.gauge(prefix + "_rate", "AWS calls a second let through, class " + what, limiter::rate);
    meters.gauge(
        prefix + "_waiting", "AWS calls that wait for their turn, class " + what, limiter::waiting);
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
}
