// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.Optional;

/// One port on which the load balancer listens. What the Services of a group may ask for
/// differently stands here, not in the group.
///
/// @param service the Service of the group that asked for it
/// @param name the name of the port in the Service; empty when it has none
/// @param port 1 to 65535, unique within a group for each protocol
/// @param appProtocol what is spoken above the transport protocol (`spec.ports[].appProtocol`), for
///   providers that understand it
/// @param backend where its traffic goes
/// @param traffic how its traffic is let in and spread
public record Frontend(
    ServiceRef service,
    String name,
    Protocol protocol,
    int port,
    Optional<String> appProtocol,
    Backend backend,
    Traffic traffic) {
  public Frontend {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port %d is not within 1 to 65535".formatted(port));
    }
  }

  /// `TCP/80`: what identifies a frontend within its group.
  public String id() {
    return protocol + "/" + port;
  }
}
