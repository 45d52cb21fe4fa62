// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.queue;

/// Who goes first. Within a priority, first come first served.
public enum Priority {
  /// A Service that has no address yet, or that is being deleted: somebody waits for it.
  URGENT,
  /// Something changed for a load balancer that works.
  NORMAL,
  /// The first look after a start, and audits.
  BACKGROUND
}
