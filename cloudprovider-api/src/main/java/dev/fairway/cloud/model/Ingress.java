// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

/// One entry of `status.loadBalancer.ingress`: where clients connect to.
public sealed interface Ingress {

  /// An address.
  ///
  /// @param ip an IP literal in canonical form (RFC 5952 for IPv6), as the API server demands it
  record Address(String ip, Mode mode) implements Ingress {}

  /// A DNS name that the cloud keeps pointed at the load balancer.
  record Hostname(String hostname) implements Ingress {}

  /// `ipMode`: what kube-proxy does with packets for the address that reach a node.
  enum Mode {
    /// They arrive with the address as destination; kube-proxy serves them on every node, and pods
    /// that dial the address are short-cut.
    VIP,
    /// They arrive with a node's address as destination; kube-proxy ignores the address, so that
    /// clients inside the cluster pass through the load balancer too.
    PROXY
  }
}
