// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.List;

/// Whether a pool gives out addresses, and why not. `reason` is for machines (CamelCase, stable),
/// `message` for people.
public sealed interface PoolState {

  String reason();

  String message();

  /// @param ranges disjoint, not adjacent, ascending; at least one
  /// @param avoided those of them that are not given
  record Usable(List<IpRange> ranges, Avoidance avoided) implements PoolState {
    public Usable(List<IpRange> ranges) {
      this(ranges, Avoidance.NONE);
    }

    public Usable {
      ranges = List.copyOf(ranges);
    }

    @Override
    public String reason() {
      return "Valid";
    }

    @Override
    public String message() {
      return "all addresses can be used";
    }
  }

  record Malformed(List<PoolAddresses.Problem> problems) implements PoolState {
    public Malformed {
      problems = List.copyOf(problems);
    }

    @Override
    public String reason() {
      return "InvalidAddresses";
    }

    @Override
    public String message() {
      return new PoolAddresses.Invalid(problems).message();
    }
  }

  /// @param otherPool the older pool, which keeps the addresses
  /// @param overlap the first addresses that are in both
  record Overlapping(String otherPool, IpRange overlap) implements PoolState {

    @Override
    public String reason() {
      return "Overlap";
    }

    @Override
    public String message() {
      return RangeClaims.refusal("pool", otherPool, overlap);
    }
  }
}
