// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;

/// One IP address as an unsigned number of 32 or 128 bits: IPv4 uses the lower half of `low`, the
/// rest is zero. Ordered by family, then by number. Its text is canonical: dotted decimal, or RFC
/// 5952.
///
/// @param family decides how many of the bits count
/// @param high the upper 64 bits, unsigned
/// @param low the lower 64 bits, unsigned
public record IpAddress(Family family, long high, long low) implements Comparable<IpAddress> {

  public IpAddress {
    if (family == Family.IPV4 && (high != 0 || low >>> 32 != 0)) {
      throw new IllegalArgumentException("an IPv4 address has 32 bits");
    }
  }

  /// The address in a literal such as `10.0.0.1` or `fd00::1`, or empty: no name is ever looked up,
  /// and short forms (`10.1`), leading zeros and zones are not accepted.
  public static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') >= 0 ? Ipv6Text.parse(text) : Ipv4Text.parse(text);
  }

  /// As [#parse], for text that is known to be right.
  ///
  /// @throws IllegalArgumentException if it is not
  public static IpAddress of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not an IP address"));
  }

  /// The IPv4 address with these 32 bits.
  public static IpAddress ofIpv4Bits(int bits) {
    return new IpAddress(Family.IPV4, 0, Integer.toUnsignedLong(bits));
  }

  /// The address in network byte order.
  ///
  /// @throws IllegalArgumentException unless there are 4 or 16 bytes
  public static IpAddress ofBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return switch (bytes.length) {
      case 4 -> ofIpv4Bits(buffer.getInt());
      case 16 -> new IpAddress(Family.IPV6, buffer.getLong(), buffer.getLong());
      default -> throw new IllegalArgumentException(bytes.length + " bytes are not an IP address");
    };
  }

  /// The 32 bits of an IPv4 address.
  ///
  /// @throws IllegalStateException for IPv6
  public int ipv4Bits() {
    if (family != Family.IPV4) {
      throw new IllegalStateException(this + " is not an IPv4 address");
    }
    return (int) low;
  }

  /// The address after this one, or empty after the last of the family.
  public Optional<IpAddress> next() {
    if (family == Family.IPV4) {
      return low == 0xFFFF_FFFFL
          ? Optional.empty()
          : Optional.of(new IpAddress(Family.IPV4, 0, low + 1));
    }
    long nextLow = low + 1;
    long nextHigh = nextLow == 0 ? high + 1 : high;
    return nextLow == 0 && nextHigh == 0
        ? Optional.empty()
        : Optional.of(new IpAddress(Family.IPV6, nextHigh, nextLow));
  }

  /// The address before this one, or empty before the first of the family.
  public Optional<IpAddress> previous() {
    if (high == 0 && low == 0) {
      return Optional.empty();
    }
    return Optional.of(new IpAddress(family, low == 0 ? high - 1 : high, low - 1));
  }

  /// The address `offset` places further on.
  ///
  /// @throws IllegalArgumentException if that is not an address of the family
  public IpAddress plus(BigInteger offset) {
    BigInteger sum = toBigInteger().add(offset);
    if (sum.signum() < 0 || sum.bitLength() > family.bits()) {
      throw new IllegalArgumentException(this + " plus " + offset + " is not an " + family);
    }
    return new IpAddress(family, sum.shiftRight(64).longValue(), sum.longValue());
  }

  /// How many places this address lies after `other`; negative if before.
  public BigInteger minus(IpAddress other) {
    return toBigInteger().subtract(other.toBigInteger());
  }

  private BigInteger toBigInteger() {
    if (family == Family.IPV4) {
      return BigInteger.valueOf(low);
    }
    return new BigInteger(1, ByteBuffer.allocate(16).putLong(high).putLong(low).array());
  }

  @Override
  public int compareTo(IpAddress other) {
    int byFamily = family.compareTo(other.family);
    if (byFamily != 0) {
      return byFamily;
    }
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return family == Family.IPV4 ? Ipv4Text.of(low) : Ipv6Text.of(high, low);
  }
}
