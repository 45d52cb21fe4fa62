// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The addresses from `first` to `last`, both included, of one family. Never empty.
public record IpRange(IpAddress first, IpAddress last) {

  public IpRange {
    if (first.family() != last.family() || first.compareTo(last) > 0) {
      throw new IllegalArgumentException(first + "-" + last + " is not a range");
    }
  }

  /// The network of `length` prefix bits that `member` lies in.
  ///
  /// @throws IllegalArgumentException if the length is negative or longer than an address of the
  ///   family
  public static IpRange ofPrefix(IpAddress member, int length) {
    int hostBits = member.family().bits() - length;
    if (length < 0 || hostBits < 0) {
      throw new IllegalArgumentException("/" + length + " is not a length for " + member.family());
    }
    long lowMask = hostBits >= 64 ? -1L : (1L << hostBits) - 1;
    long highMask = hostBits <= 64 ? 0 : hostBits == 128 ? -1L : (1L << (hostBits - 64)) - 1;
    return new IpRange(
        new IpAddress(member.family(), member.high() & ~highMask, member.low() & ~lowMask),
        new IpAddress(member.family(), member.high() | highMask, member.low() | lowMask));
  }

  public Family family() {
    return first.family();
  }

  /// How many addresses; at least 1, at most 2^128.
  public BigInteger size() {
    return last.minus(first).add(BigInteger.ONE);
  }

  public boolean contains(IpAddress address) {
    return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
  }

  /// The addresses that are in both, or empty if there is none.
  public Optional<IpRange> intersection(IpRange other) {
    IpAddress from = first.compareTo(other.first) >= 0 ? first : other.first;
    IpAddress to = last.compareTo(other.last) <= 0 ? last : other.last;
    return from.family() == to.family() && from.compareTo(to) <= 0
        ? Optional.of(new IpRange(from, to))
        : Optional.empty();
  }

  /// The same addresses in as few ranges as possible, in ascending order.
  public static List<IpRange> merge(Collection<IpRange> ranges) {
    List<IpRange> merged = new ArrayList<>();
    for (IpRange range :
        ranges.stream().sorted((a, b) -> a.first().compareTo(b.first())).toList()) {
      if (!merged.isEmpty() && merged.getLast().touches(range)) {
        IpRange previous = merged.removeLast();
        IpAddress end = previous.last.compareTo(range.last) >= 0 ? previous.last : range.last;
        merged.add(new IpRange(previous.first, end));
      } else {
        merged.add(range);
      }
    }
    return List.copyOf(merged);
  }

  /// The range that holds the address, of ranges that are disjoint and ascending.
  static Optional<IpRange> find(List<IpRange> ascending, IpAddress address) {
    int low = 0;
    int high = ascending.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      IpRange range = ascending.get(middle);
      if (range.contains(address)) {
        return Optional.of(range);
      }
      if (address.compareTo(range.first()) < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return Optional.empty();
  }

  /// The addresses that are in both; each list is disjoint and ascending, and so is the result.
  static List<IpRange> common(List<IpRange> some, List<IpRange> others) {
    List<IpRange> common = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < some.size() && j < others.size()) {
      some.get(i).intersection(others.get(j)).ifPresent(common::add);
      if (some.get(i).last().compareTo(others.get(j).last()) < 0) {
        i++;
      } else {
        j++;
      }
    }
    return List.copyOf(common);
  }

  /// The addresses that are in the first and not in the second list; each is disjoint and
  /// ascending, and so is the result.
  static List<IpRange> without(List<IpRange> some, List<IpRange> others) {
    List<IpRange> left = new ArrayList<>();
    for (IpRange range : some) {
      Optional<IpAddress> from = Optional.of(range.first());
      for (IpRange gone : common(List.of(range), others)) {
        if (from.orElseThrow().compareTo(gone.first()) < 0) {
          left.add(new IpRange(from.get(), gone.first().previous().orElseThrow()));
        }
        from = gone.last().next();
        if (from.filter(range::contains).isEmpty()) {
          break;
        }
      }
      from.filter(range::contains).ifPresent(first -> left.add(new IpRange(first, range.last())));
    }
    return List.copyOf(left);
  }

  private boolean touches(IpRange later) {
    return family() == later.family()
        && (later.first.compareTo(last) <= 0
            || last.next().filter(later.first::equals).isPresent());
  }

  /// `first-last`, or the address alone if there is one.
  @Override
  public String toString() {
    return first.equals(last) ? first.toString() : first + "-" + last;
  }
}
