// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.manager.desired.ServiceScope;
import java.time.InstantSource;
import java.util.Map;

/// What [Phases] knows, as metrics.
public final class PhaseMeter {
  private static final Timing PHASE =
      new Timing(
          "fairway_phase",
          "From when a Service was first seen to want it until it was so.",
          Timing.PHASES);

  private PhaseMeter() {}

  /// Phases whose ends are measured.
  public static Phases phases(ServiceScope scope, InstantSource clock, Metrics metrics) {
    return new Phases(
        scope,
        clock,
        (phase, took) -> metrics.record(PHASE, Map.of("phase", Reasons.word(phase)), took));
  }

  public static void register(TermMeters meters, Phases phases) {
    meters.table("fairway_services", "Services, by state.", "state", phases::states);
    meters.table(
        "fairway_services_pending",
        "Services that clients cannot reach, by the reason of LoadBalancerServing.",
        "reason",
        () -> phases.reasons(Phases.State.PENDING));
    meters.table(
        "fairway_services_changing",
        "Services that clients can reach and that are not as they should be, by the reason of"
            + " LoadBalancerProvisioning.",
        "reason",
        () -> phases.reasons(Phases.State.CHANGING));
  }
}
