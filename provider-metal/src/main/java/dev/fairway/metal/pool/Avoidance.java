// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The addresses of a pool that are not to be given to anybody.
///
/// @param entries may overlap one another and lie outside the pool
/// @param buggy also the IPv4 addresses that end in .0 or .255, which some old devices take for
///   those of a network and of a broadcast
public record Avoidance(List<Entry> entries, boolean buggy) {
  public static final Avoidance NONE = new Avoidance(List.of(), false);

  /// @param why to follow "address … is not given: "
  /// @param used whether it is in use already, so that no reservation helps
  public record Entry(IpRange range, String why, boolean used) {
    /// Of addresses that are only not wanted.
    public Entry(IpRange range, String why) {
      this(range, why, false);
    }
  }

  public Avoidance {
    entries = List.copyOf(entries);
  }

  /// With these too.
  public Avoidance and(Collection<Entry> more) {
    var all = new ArrayList<>(entries);
    all.addAll(more);
    return new Avoidance(all, buggy);
  }

  /// Why the address is not given; empty if it may be.
  public Optional<String> why(IpAddress address) {
    return entries.stream()
        .filter(entry -> entry.range().contains(address))
        .map(Entry::why)
        .findFirst()
        .or(() ->
            buggy && isBuggy(address)
                ? Optional.of("avoidBuggyIPs of the pool leaves out .0 and .255")
                : Optional.empty());
  }

  /// Who uses the address already, in the same words.
  public Optional<String> usedBy(IpAddress address) {
    return entries.stream()
        .filter(entry -> entry.used() && entry.range().contains(address))
        .map(Entry::why)
        .findFirst();
  }

  List<IpRange> ranges() {
    return entries.stream().map(Entry::range).toList();
  }

  static boolean isBuggy(IpAddress address) {
    var end = address.low() & 0xFF;
    return address.family() == Family.IPV4 && (end == 0 || end == 0xFF);
  }

  /// How many addresses of an IPv4 range end in .0 or .255; none of an IPv6 range do.
  static BigInteger buggyOf(IpRange range) {
    return range.family() == Family.IPV6
        ? BigInteger.ZERO
        : BigInteger.valueOf(buggyBelow(range.last().low() + 1) - buggyBelow(range.first().low()));
  }

  // Of all addresses from 0.0.0.0 up to this one, without it.
  private static long buggyBelow(long end) {
    return end / 256 * 2 + (end % 256 > 0 ? 1 : 0);
  }
}
