// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a control plane is to be.
///
/// @param tokenLifetime how long tokens are good for, in whole seconds
/// @param rabbit RabbitMQ and a worker of its own, in place of a worker in Octavia's API process
/// @param ovn networks and load balancers by OVN, through which packets go
public record LabOptions(Duration tokenLifetime, boolean rabbit, boolean ovn) {
  /// Tokens for a day, no broker, and no packets.
  public static final LabOptions PLAIN = new LabOptions(Duration.ofDays(1), false, false);

  /// @throws IllegalArgumentException for tokens that are good for less than a second
  public LabOptions {
    if (tokenLifetime.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "tokens must be good for a second or more, not " + tokenLifetime);
    }
  }

  public LabOptions withTokenLifetime(Duration lifetime) {
    return new LabOptions(lifetime, rabbit, ovn);
  }

  public LabOptions withRabbit(boolean wanted) {
    return new LabOptions(tokenLifetime, wanted, ovn);
  }

  public LabOptions withOvn(boolean wanted) {
    return new LabOptions(tokenLifetime, rabbit, wanted);
  }

  List<String> arguments() {
    var arguments =
        new ArrayList<>(List.of("--token-seconds", Long.toString(tokenLifetime.toSeconds())));
    if (rabbit) {
      arguments.add("--rabbit");
    }
    if (ovn) {
      arguments.add("--ovn");
    }
    return arguments;
  }
}
