// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

/// `spec.externalTrafficPolicy`.
public enum ExternalTrafficPolicy {
  /// Any node takes traffic and passes it on to any endpoint.
  CLUSTER,
  /// A node passes traffic only to endpoints of its own; the client's address is kept.
  LOCAL
}
