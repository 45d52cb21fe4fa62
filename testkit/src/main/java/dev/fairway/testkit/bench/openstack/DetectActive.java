// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.Percentile;
import dev.fairway.testkit.bench.openstack.OpenStackSubject.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Services are created one after the other, and Octavia takes another time for each: how long
/// after its load balancer is ACTIVE does each have its address?
final class DetectActive implements OpenStackPhase {
  private static final long SEED = 20_261_121;

  @Override
  public String title() {
    return "load balancers become ACTIVE";
  }

  @Override
  public Set<OpenStackFigure> figures() {
    return Set.of(OpenStackFigure.ACTIVE_DETECT_DELAY);
  }

  @Override
  public void run(OpenStackTrial<OpenStackFigure> trial) {
    var random = new Random(SEED);
    var names = BenchServices.names("detected", trial.options().sizes().services());
    var _ = trial.startAndSettle(Pace.PLAIN);
    double[] millis;
    try (var probe = new ActiveProbe(trial.view())) {
      for (var name : names) {
        trial.site().takes(between(trial.options().boot(), random));
        trial.createAndAwait(List.of(name));
      }
      millis = names.stream().mapToDouble(name -> delayMillis(trial, probe, name)).toArray();
    }
    trial.outcome().put(OpenStackFigure.ACTIVE_DETECT_DELAY, Percentile.of(millis, 0.99));
    trial.outcome().detail("activeDetectDelayMillisMedian", Percentile.of(millis, 0.5));
    trial.outcome().detail("activeDetectSamples", millis.length);
  }

  private static double delayMillis(
      OpenStackTrial<OpenStackFigure> trial, ActiveProbe probe, String name) {
    var active = probe.activeAt(OpenStackSubject.balancer(BenchServices.NAMESPACE, name));
    return (trial.services().lastAddressed(List.of(name)) - active) / 1e6;
  }

  /// From half of it to the double.
  private static Duration between(Duration boot, Random random) {
    return Duration.ofMillis((long) (boot.toMillis() * random.nextDouble(0.5, 2)));
  }
}
