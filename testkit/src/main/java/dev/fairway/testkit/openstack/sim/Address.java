// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IP address.
///
/// @param bits 32 or 128
public record Address(BigInteger value, int bits) {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final int GROUPS = 8;

  /// Empty when `text` is no address.
  public static Optional<Address> of(String text) {
    if (!text.contains(":") && !V4.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      var bytes = InetAddress.ofLiteral(text).getAddress();
      return Optional.of(new Address(new BigInteger(1, bytes), bytes.length * Byte.SIZE));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  public boolean v6() {
    return bits > 32;
  }

  Address plus(long offset) {
    return new Address(value.add(BigInteger.valueOf(offset)), bits);
  }

  /// In the shortest form.
  @Override
  public String toString() {
    return v6() ? compressed() : host();
  }

  private String host() {
    var bytes = new byte[bits / Byte.SIZE];
    var raw = value.toByteArray();
    for (int i = 1; i <= Math.min(raw.length, bytes.length); i++) {
      bytes[bytes.length - i] = raw[raw.length - i];
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  /// With `::` for the longest run of zero groups (RFC 5952).
  private String compressed() {
    var groups = new ArrayList<String>();
    for (int i = GROUPS - 1; i >= 0; i--) {
      groups.add(Integer.toHexString(value.shiftRight(16 * i).intValue() & 0xffff));
    }
    int start = 0;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups.get(end).equals("0")) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    if (length < 2) {
      return String.join(":", groups);
    }
    return String.join(":", groups.subList(0, start))
        + "::"
        + String.join(":", groups.subList(start + length, GROUPS));
  }
}
