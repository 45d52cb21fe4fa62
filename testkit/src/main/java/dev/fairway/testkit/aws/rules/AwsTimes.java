// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import java.time.Duration;

/// How long AWS takes.
///
/// @param provisioning from the creation of a load balancer until it is active
/// @param initial from the registration of a target until it is healthy
/// @param draining from the deregistration of a target until it is gone
/// @param release from the end of a load balancer until its security groups are free
public record AwsTimes(
    Duration provisioning, Duration initial, Duration draining, Duration release) {
  /// Everything at once.
  public static final AwsTimes NONE =
      new AwsTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  public AwsTimes withProvisioning(Duration time) {
    return new AwsTimes(time, initial, draining, release);
  }

  public AwsTimes withInitial(Duration time) {
    return new AwsTimes(provisioning, time, draining, release);
  }

  public AwsTimes withDraining(Duration time) {
    return new AwsTimes(provisioning, initial, time, release);
  }

  public AwsTimes withRelease(Duration time) {
    return new AwsTimes(provisioning, initial, draining, time);
  }
}
