// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import dev.fairway.metal.pool.IpAddress;

/// What a node tells the other owners of a VIP.
public record Tenure(IpAddress vip, Term term, Kind kind) {
  /// What it has to tell.
  public enum Kind {
    /// It answers.
    HOLDS,
    /// No interface of the node can announce it.
    UNABLE,
    /// One can again.
    ABLE
  }
}
