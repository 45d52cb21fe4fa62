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
