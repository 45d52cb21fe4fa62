// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Which addresses of one pool are free. A search costs a tree look-up per range of the pool,
/// however full and however large the pool is, because what is taken is kept as intervals that
/// never touch one another. Not safe for use by several threads.
public final class FreeAddresses {

  private final List<IpRange> ranges;

  /// First to last address of each interval that is taken; the address after an interval is always
  /// free or outside the pool.
  private final NavigableMap<IpAddress, IpAddress> taken;

  private long assigned;

  /// All of `ranges` but `assigned`. Assigned addresses outside the ranges do not count: the pool
  /// was changed under them.
  public FreeAddresses(Collection<IpRange> ranges, Collection<IpAddress> assigned) {
    this(ranges, new TreeMap<>());
    assigned.forEach(this::take);
  }

  FreeAddresses(Collection<IpRange> ranges, NavigableMap<IpAddress, IpAddress> empty) {
    this.ranges = IpRange.merge(ranges);
    this.taken = empty;
  }

  /// A free address of the family, or empty if there is none: the first at or after the place that
  /// `preference` stands for, going round at the end. Equal preferences meet the same place as long
  /// as the ranges stay; take it from [StableHash] of the load balancer's key.
  public Optional<IpAddress> find(Family family, long preference) {
    List<IpRange> candidates = ranges.stream().filter(r -> r.family() == family).toList();
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    BigInteger offset = unsigned(preference).mod(total(candidates));
    int start = 0;
    while (offset.compareTo(candidates.get(start).size()) >= 0) {
      offset = offset.subtract(candidates.get(start).size());
      start++;
    }
    Optional<IpAddress> found =
        firstFree(candidates.get(start), candidates.get(start).first().plus(offset));
    // Ends with the range it began in: the part before the preferred place is still to be searched.
    for (int i = 1; found.isEmpty() && i <= candidates.size(); i++) {
      IpRange range = candidates.get((start + i) % candidates.size());
      found = firstFree(range, range.first());
    }
    return found;
  }

  private Optional<IpAddress> firstFree(IpRange range, IpAddress from) {
    Map.Entry<IpAddress, IpAddress> interval = taken.floorEntry(from);
    if (interval == null || interval.getValue().compareTo(from) < 0) {
      return Optional.of(from);
    }
    return interval.getValue().next().filter(range::contains);
  }

  /// Marks the address as taken; false, and nothing changed, if it is taken already or not of this
  /// pool.
  public boolean take(IpAddress address) {
    if (!isFree(address)) {
      return false;
    }
    IpAddress first = address;
    IpAddress last = address;
    Map.Entry<IpAddress, IpAddress> before = taken.lowerEntry(address);
    if (before != null && before.getValue().next().filter(address::equals).isPresent()) {
      first = before.getKey();
    }
    IpAddress after = address.next().map(taken::get).orElse(null);
    if (after != null) {
      taken.remove(address.next().orElseThrow());
      last = after;
    }
    taken.put(first, last);
    assigned++;
    return true;
  }

  /// Marks the address as free again; false, and nothing changed, if it was not taken.
  public boolean release(IpAddress address) {
    Map.Entry<IpAddress, IpAddress> interval = taken.floorEntry(address);
    if (interval == null || interval.getValue().compareTo(address) < 0) {
      return false;
    }
    IpAddress first = interval.getKey();
    IpAddress last = interval.getValue();
    taken.remove(first);
    if (first.compareTo(address) < 0) {
      taken.put(first, address.previous().orElseThrow());
    }
    if (address.compareTo(last) < 0) {
      taken.put(address.next().orElseThrow(), last);
    }
    assigned--;
    return true;
  }

  /// True if the address is of this pool and not taken.
  public boolean isFree(IpAddress address) {
    Map.Entry<IpAddress, IpAddress> interval = taken.floorEntry(address);
    return contains(address) && (interval == null || interval.getValue().compareTo(address) < 0);
  }

  /// True if the address is of this pool, taken or not.
  public boolean contains(IpAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /// How many addresses are taken.
  public long assignedCount() {
    return assigned;
  }

  /// How many addresses the pool has, of both families.
  public BigInteger total() {
    return total(ranges);
  }

  /// How many addresses are free, of both families.
  public BigInteger available() {
    return total().subtract(BigInteger.valueOf(assigned));
  }

  private static BigInteger total(List<IpRange> ranges) {
    return ranges.stream().map(IpRange::size).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger unsigned(long value) {
    BigInteger signed = BigInteger.valueOf(value);
    return signed.signum() < 0 ? signed.add(BigInteger.ONE.shiftLeft(64)) : signed;
  }
}
