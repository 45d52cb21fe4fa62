// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

/// What a listener or a target group of a Network Load Balancer speaks; the names are those of
/// ELBv2.
public enum ListenerProtocol {
  TCP,
  UDP,
  TCP_UDP,
  TLS
}
