// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Which of several pools can be used together, so that no address is in two of them. A pool that
/// cannot be used takes nothing away from the others: what overlaps only with it is usable.
public final class Pools {

  private final RangeClaims claims = new RangeClaims();

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
    var addresses = PoolAddresses.parse(pool.addresses());
    var avoid =
        pool.avoid().isEmpty()
            ? new PoolAddresses.Valid(List.of())
            : PoolAddresses.parseAny("spec.avoid", pool.avoid());
    if (addresses instanceof PoolAddresses.Valid(var ranges)
        && avoid instanceof PoolAddresses.Valid(var avoided)) {
      return judge(pool, ranges, avoided);
    }
    return new PoolState.Malformed(
        Stream.of(addresses, avoid).flatMap(list -> problems(list).stream()).toList());
  }

  private static List<PoolAddresses.Problem> problems(PoolAddresses list) {
    return list instanceof PoolAddresses.Invalid(var problems) ? problems : List.of();
  }

  private PoolState judge(PoolSpec pool, List<IpRange> ranges, List<IpRange> avoided) {
    var overlap = claims.claim(pool.name(), ranges);
    if (overlap.isPresent()) {
      return new PoolState.Overlapping(overlap.get().name(), overlap.get().range());
    }
    var entries =
        avoided.stream().map(range -> new Avoidance.Entry(range, "the pool avoids it")).toList();
    return new PoolState.Usable(ranges, new Avoidance(entries, pool.avoidBuggyIps()));
  }
}
