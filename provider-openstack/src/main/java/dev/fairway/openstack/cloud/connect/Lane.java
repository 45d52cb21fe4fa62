// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

/// What a call is for, most urgent first: where calls are scarce, an earlier lane is served before
/// every later one.
public enum Lane {
  /// Clients are sent to nodes that are gone, or somebody waits for an address or a change.
  CHANGE,
  /// Watching for pending load balancers to become active.
  POLL,
  /// Looking for differences that nobody asked about.
  BACKGROUND
}
