// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which of several pools can be used together, so that no address is in two of them. A pool that
/// cannot be used takes nothing away from the others: what overlaps only with it is usable.
public final class Pools {

  private final TreeMap<IpAddress, Claim> claims = new TreeMap<>();

  private record Claim(IpRange range, String pool) {}

  private Pools() {}

  /// The state of every pool by name, oldest first. It depends on the given pools alone, not on
  /// what was decided before, so that a pool revives as soon as the one in its way is corrected.
  public static Map<String, PoolState> judge(Collection<PoolSpec> pools) {
    Pools accepted = new Pools();
    Map<String, PoolState> states = new LinkedHashMap<>();
    pools.stream()
        .sorted(PoolSpec.OLDEST_FIRST)
        .forEach(pool -> states.put(pool.name(), accepted.judge(pool)));
    return states;
  }

  private PoolState judge(PoolSpec pool) {
    return switch (PoolAddresses.parse(pool.addresses())) {
      case PoolAddresses.Invalid(List<PoolAddresses.Problem> problems) ->
          new PoolState.Malformed(problems);
      case PoolAddresses.Valid(List<IpRange> ranges) -> {
        Optional<PoolState.Overlapping> overlap =
            ranges.stream().flatMap(range -> overlap(range).stream()).findFirst();
        if (overlap.isPresent()) {
          yield overlap.get();
        }
        ranges.forEach(range -> claims.put(range.first(), new Claim(range, pool.name())));
        yield new PoolState.Usable(ranges);
      }
    };
  }

  private Optional<PoolState.Overlapping> overlap(IpRange range) {
    // Claims are disjoint: the neighbours of the first address are the only ones that can be the
    // first to overlap.
    Map.Entry<IpAddress, Claim> below = claims.floorEntry(range.first());
    return Optional.ofNullable(below)
        .flatMap(entry -> overlap(range, entry.getValue()))
        .or(() ->
            Optional.ofNullable(claims.ceilingEntry(range.first()))
                .flatMap(entry -> overlap(range, entry.getValue())));
  }

  private static Optional<PoolState.Overlapping> overlap(IpRange range, Claim claim) {
    return range
        .intersection(claim.range())
        .map(common -> new PoolState.Overlapping(claim.pool(), common));
  }
}
