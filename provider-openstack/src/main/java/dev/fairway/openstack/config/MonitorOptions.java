// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.time.Duration;

/// Health monitors of Services that say nothing else.
///
/// @param create whether there are any; where `externalTrafficPolicy` is Local there always are
/// @param delay between two checks, whole seconds
/// @param timeout of one check, whole seconds
/// @param maxRetries successes after which a member is up, 1 to 10
/// @param maxRetriesDown failures after which a member is down, 1 to 10
public record MonitorOptions(
    boolean create, Duration delay, Duration timeout, int maxRetries, int maxRetriesDown) {

  /// What cloud-provider-openstack documents.
  public static MonitorOptions standard() {
    return new MonitorOptions(false, Duration.ofSeconds(5), Duration.ofSeconds(3), 1, 3);
  }
}
