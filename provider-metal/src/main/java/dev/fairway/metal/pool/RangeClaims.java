// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Ranges that are disjoint, and who claims each. First come, first served.
final class RangeClaims {
  private final TreeMap<IpAddress, Claim> claims = new TreeMap<>();

  /// @param name of the object that claims the range
  record Claim(IpRange range, String name) {}

  /// Claims all of these ranges, which are disjoint; or none of them, and returns what others claim
  /// of the first that is not free.
  Optional<Claim> claim(String name, List<IpRange> ranges) {
    var taken = ranges.stream().flatMap(range -> overlap(range).stream()).findFirst();
    if (taken.isEmpty()) {
      ranges.forEach(range -> claims.put(range.first(), new Claim(range, name)));
    }
    return taken;
  }

  private Optional<Claim> overlap(IpRange range) {
    // Claims are disjoint: the neighbours of the first address are the only ones that can be the
    // first to overlap.
    return overlap(range, claims.floorEntry(range.first()))
        .or(() -> overlap(range, claims.ceilingEntry(range.first())));
  }

  private static Optional<Claim> overlap(
      IpRange range, Map.@Nullable Entry<IpAddress, Claim> near) {
    return Optional.ofNullable(near)
        .flatMap(entry ->
            range
                .intersection(entry.getValue().range())
                .map(common -> new Claim(common, entry.getValue().name())));
  }

  /// What is told of an object that came too late.
  ///
  /// @param kind of the objects: `pool` or `reservation`
  /// @param other name of the older one
  static String refusal(String kind, String other, IpRange overlap) {
    return "spec.addresses: %s is in the older %s '%s' too; take it out of one of the two"
        .formatted(overlap, kind, other);
  }

  /// Who claims the address.
  Optional<String> at(IpAddress address) {
    return Optional.ofNullable(claims.floorEntry(address))
        .map(Map.Entry::getValue)
        .filter(claim -> claim.range().contains(address))
        .map(Claim::name);
  }
}
