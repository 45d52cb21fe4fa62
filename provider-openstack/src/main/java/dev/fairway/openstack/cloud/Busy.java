// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.function.Supplier;

/// Octavia takes one change of a load balancer at a time.
final class Busy {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Inventory inventory;

  Busy(Inventory inventory) {
    this.inventory = inventory;
  }

  /// @throws CloudException.NotReady when Octavia is at work on it, as far as is known
  void mustNotBe(String balancer) {
    inventory
        .balancer(balancer)
        .filter(one -> one.pending())
        .ifPresent(one -> {
          throw new CloudException.NotReady(
              "Octavia is at work on load balancer %s (%s)".formatted(balancer, one.provisioning()),
              AGAIN);
        });
  }

  /// Makes a change of a load balancer. When Octavia says that it is at work on it already, that is
  /// remembered, and others are told to come again when it is done.
  <T> T changing(String balancer, Supplier<T> call) {
    mustNotBe(balancer);
    inventory.writing(balancer);
    try {
      var answer = call.get();
      inventory.busy(balancer);
      return answer;
    } catch (CloudException.NotReady e) {
      inventory.busyWithOthers(balancer);
      throw e;
    }
  }
}
