// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An IP address. Names are never looked up.
///
/// @param octets 4 or 16
public record IpAddress(List<Byte> octets) {
  public IpAddress {
    octets = List.copyOf(octets);
  }

  /// @param bytes 4 or 16
  public static IpAddress of(byte[] bytes) {
    var octets = new ArrayList<Byte>();
    for (var octet : bytes) {
      octets.add(octet);
    }
    return new IpAddress(octets);
  }

  /// Empty for what is not an address, and for one with a zone.
  public static Optional<IpAddress> parse(String text) {
    // The JDK reads 10.1 as 10.0.0.1; whoever writes that has most likely lost a part of it.
    if (text.indexOf('%') >= 0
        || (text.indexOf(':') < 0 && !text.matches("\\d{1,3}(\\.\\d{1,3}){3}"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(InetAddress.ofLiteral(text).getAddress()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  public boolean isIpv6() {
    return octets.size() == 16;
  }

  /// 32 or 128.
  public int bits() {
    return octets.size() * 8;
  }

  /// This address with all bits after the first ones cleared.
  public IpAddress network(int prefixLength) {
    var network = new ArrayList<Byte>();
    for (var i = 0; i < octets.size(); i++) {
      var kept = Math.clamp(prefixLength - i * 8L, 0, 8);
      network.add((byte) (octets.get(i) & (0xff00 >> kept)));
    }
    return new IpAddress(network);
  }

  /// As clouds write it: IPv6 in the form of RFC 5952.
  @Override
  public String toString() {
    if (!isIpv6()) {
      return String.join(".", octets.stream().map(o -> Integer.toString(o & 0xff)).toList());
    }
    var groups = new ArrayList<Integer>();
    for (var i = 0; i < 16; i += 2) {
      groups.add((octets.get(i) & 0xff) << 8 | (octets.get(i + 1) & 0xff));
    }
    return compressed(groups);
  }

  private static String compressed(List<Integer> groups) {
    var bestStart = 0;
    var bestLength = 0;
    for (var start = 0; start < groups.size(); start++) {
      var end = start;
      while (end < groups.size() && groups.get(end) == 0) {
        end++;
      }
      if (end - start > bestLength) {
        bestStart = start;
        bestLength = end - start;
      }
    }
    // RFC 5952, 4.2.2: a single group of zeros is written out.
    return bestLength < 2
        ? hex(groups)
        : hex(groups.subList(0, bestStart))
            + "::"
            + hex(groups.subList(bestStart + bestLength, groups.size()));
  }

  private static String hex(List<Integer> groups) {
    return String.join(":", groups.stream().map(Integer::toHexString).toList());
  }
}
