// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.math.BigInteger;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Which addresses of one pool are free. A search costs a tree look-up per range of the pool,
/// however full and however large the pool is, because what is taken or avoided is kept as
/// intervals that never touch one another. Not safe for use by several threads.
public final class FreeAddresses {

  private final List<IpRange> ranges;
  private final Map<Family, Part> parts = new EnumMap<>(Family.class);
  private final BigInteger total;
  private final boolean avoidBuggy;
  private final List<IpRange> avoided;
  private final BigInteger usable;

  /// First to last address of each interval that cannot be had; the address after an interval is
  /// always free or outside the pool. Of those that end in .0 and .255, where they are avoided, the
  /// ones that a search has met.
  private final NavigableMap<IpAddress, IpAddress> taken;

  /// Addresses that are avoided and have an owner all the same: the pool was changed under it.
  private final Set<IpAddress> against = new HashSet<>();

  private long assigned;

  /// The ranges of one family.
  private record Part(List<IpRange> ranges, BigInteger total) {}

  /// All of `ranges` but `assigned`. Assigned addresses outside the ranges do not count: the pool
  /// was changed under them.
  public FreeAddresses(Collection<IpRange> ranges, Collection<IpAddress> assigned) {
    this(ranges, List.of(), false, new TreeMap<>());
    assigned.forEach(this::take);
  }

  /// The same, where some addresses are avoided.
  ///
  /// @param avoidBuggy whether those that end in .0 and .255 are too
  FreeAddresses(
      Collection<IpRange> ranges,
      Collection<IpRange> avoided,
      boolean avoidBuggy,
      Collection<IpAddress> assigned) {
    this(ranges, avoided, avoidBuggy, new TreeMap<>());
    assigned.forEach(this::take);
  }

  FreeAddresses(Collection<IpRange> ranges, NavigableMap<IpAddress, IpAddress> empty) {
    this(ranges, List.of(), false, empty);
  }

  private FreeAddresses(
      Collection<IpRange> ranges,
      Collection<IpRange> avoided,
      boolean avoidBuggy,
      NavigableMap<IpAddress, IpAddress> empty) {
    this.ranges = IpRange.merge(ranges);
    this.total = total(this.ranges);
    for (Family family : Family.values()) {
      List<IpRange> part = this.ranges.stream().filter(r -> r.family() == family).toList();
      if (!part.isEmpty()) {
        parts.put(family, new Part(part, total(part)));
      }
    }
    this.avoided = IpRange.common(this.ranges, IpRange.merge(avoided));
    this.avoidBuggy = avoidBuggy;
    this.taken = empty;
    this.avoided.forEach(range -> taken.put(range.first(), range.last()));
    this.usable = usable(this.ranges, avoidBuggy).subtract(usable(this.avoided, avoidBuggy));
  }

  private static BigInteger usable(List<IpRange> ranges, boolean avoidBuggy) {
    return ranges.stream()
        .map(range -> avoidBuggy ? range.size().subtract(Avoidance.buggyOf(range)) : range.size())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /// A free address of the family, or empty if there is none: the first at or after the place that
  /// `preference` stands for, going round at the end. Equal preferences meet the same place as long
  /// as the ranges stay; take it from [StableHash] of the load balancer's key.
  public Optional<IpAddress> find(Family family, long preference) {
    Part part = parts.get(family);
    if (part == null) {
      return Optional.empty();
    }
    List<IpRange> candidates = part.ranges();
    BigInteger offset = unsigned(preference).mod(part.total());
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
    Optional<IpAddress> found = firstNotTaken(range, from);
    while (avoidBuggy && found.filter(Avoidance::isBuggy).isPresent()) {
      // Met once, it is out of the way for ever.
      insert(found.get());
      found = firstNotTaken(range, found.get());
    }
    return found;
  }

  private Optional<IpAddress> firstNotTaken(IpRange range, IpAddress from) {
    Map.Entry<IpAddress, IpAddress> interval = taken.floorEntry(from);
    if (interval == null || interval.getValue().compareTo(from) < 0) {
      return Optional.of(from);
    }
    return interval.getValue().next().filter(range::contains);
  }

  /// Marks the address as taken; false, and nothing changed, if it is taken already or not of this
  /// pool. One that is avoided can be taken: it may have been given before that was said.
  public boolean take(IpAddress address) {
    if (!contains(address)) {
      return false;
    }
    if (isAvoided(address) ? !against.add(address) : isTaken(address)) {
      return false;
    }
    if (!isTaken(address)) {
      insert(address);
    }
    assigned++;
    return true;
  }

  private void insert(IpAddress address) {
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
  }

  /// Marks the address as free again; false, and nothing changed, if it was not taken.
  public boolean release(IpAddress address) {
    if (isAvoided(address)) {
      boolean had = against.remove(address);
      assigned -= had ? 1 : 0;
      return had;
    }
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

  /// True if the address is of this pool, not taken and not avoided.
  public boolean isFree(IpAddress address) {
    return contains(address) && !isTaken(address) && !isAvoided(address);
  }

  private boolean isTaken(IpAddress address) {
    Map.Entry<IpAddress, IpAddress> interval = taken.floorEntry(address);
    return interval != null && interval.getValue().compareTo(address) >= 0;
  }

  private boolean isAvoided(IpAddress address) {
    return (avoidBuggy && Avoidance.isBuggy(address)) || IpRange.find(avoided, address).isPresent();
  }

  /// True if the address is of this pool, taken or not.
  public boolean contains(IpAddress address) {
    return IpRange.find(ranges, address).isPresent();
  }

  /// How many addresses are taken.
  public long assignedCount() {
    return assigned;
  }

  /// How many addresses the pool has, of both families, those included that are avoided.
  public BigInteger total() {
    return total;
  }

  /// How many addresses are free, of both families.
  public BigInteger available() {
    return usable.subtract(BigInteger.valueOf(assigned - against.size()));
  }

  private static BigInteger total(List<IpRange> ranges) {
    return ranges.stream().map(IpRange::size).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger unsigned(long value) {
    BigInteger signed = BigInteger.valueOf(value);
    return signed.signum() < 0 ? signed.add(BigInteger.ONE.shiftLeft(64)) : signed;
  }
}
