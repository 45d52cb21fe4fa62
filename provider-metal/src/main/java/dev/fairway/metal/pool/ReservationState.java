// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.List;

/// Whether a reservation counts, and why not. `reason` is for machines (CamelCase, stable),
/// `message` for people.
public sealed interface ReservationState {

  String reason();

  String message();

  /// @param ranges disjoint, not adjacent, ascending; at least one
  /// @param outside those of them that no pool holds, so that nobody can have them
  record Counts(List<IpRange> ranges, List<IpRange> outside) implements ReservationState {
    public Counts {
      ranges = List.copyOf(ranges);
      outside = List.copyOf(outside);
    }

    @Override
    public String reason() {
      return outside.isEmpty() ? "Valid" : "OutsidePools";
    }

    @Override
    public String message() {
      return outside.isEmpty()
          ? "all addresses are reserved"
          : "spec.addresses: no valid AddressPool holds %s; add it to one of them"
              .formatted(outside.getFirst());
    }
  }

  record Malformed(List<PoolAddresses.Problem> problems) implements ReservationState {
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

  /// @param other the older reservation, which counts
  /// @param overlap the first addresses that are in both
  record Overlapping(String other, IpRange overlap) implements ReservationState {
    @Override
    public String reason() {
      return "Overlap";
    }

    @Override
    public String message() {
      return RangeClaims.refusal("reservation", other, overlap);
    }
  }

  record NoNamespace() implements ReservationState {
    @Override
    public String reason() {
      return "NamespaceMissing";
    }

    @Override
    public String message() {
      return "spec.service has no namespace; write spec.namespace too";
    }
  }
}
