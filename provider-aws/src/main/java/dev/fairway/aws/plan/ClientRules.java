// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

/// For which ports clients are let in by the security group of a load balancer. It listens on those
/// of its Services in any case, and on no others.
public enum ClientRules {
  /// One rule a source for all ports; one a port where ports have different sources.
  ALL_PORTS,
  /// One rule a source and port, for those whom an audit obliges to.
  LISTENER_PORTS
}
