// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

/// What a call is for, most urgent first: where calls are scarce, an earlier lane is served before
/// every later one.
public enum Lane {
  /// Clients are sent to targets that are gone.
  DEAD_TARGETS,
  /// Somebody waits for a first address.
  NEW_SERVICE,
  /// Somebody changed a Service, or nodes came.
  CHANGE,
  /// What is there differs from what should be, and nobody asked.
  REPAIR,
  /// Looking for differences. Takes its small share of what the others leave.
  AUDIT
}
