// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

/// One port on which the load balancer listens.
///
/// @param service the Service of the group that asked for it
/// @param name the name of the port in the Service; empty when it has none
/// @param port 1 to 65535, unique within a group for each protocol
public record Frontend(
    ServiceRef service, String name, Protocol protocol, int port, Backend backend) {
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
