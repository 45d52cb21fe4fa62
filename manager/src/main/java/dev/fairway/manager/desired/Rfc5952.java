// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import java.util.ArrayList;

/// IP addresses in the form that RFC 5952 recommends for IPv6 and everybody uses for IPv4.
final class Rfc5952 {
  private Rfc5952() {}

  /// @param bytes 4 or 16 of them, in network order
  static String text(byte[] bytes) {
    return bytes.length == 4 ? ipv4(bytes) : ipv6(bytes);
  }

  private static String ipv4(byte[] b) {
    return "%d.%d.%d.%d".formatted(b[0] & 0xff, b[1] & 0xff, b[2] & 0xff, b[3] & 0xff);
  }

  private static String ipv6(byte[] b) {
    var groups = new ArrayList<String>();
    for (var i = 0; i < 16; i += 2) {
      groups.add(Integer.toHexString((b[i] & 0xff) << 8 | (b[i + 1] & 0xff)));
    }
    var bestStart = -1;
    var bestLength = 1; // a single zero group is not shortened (section 4.2.2)
    for (var start = 0; start < 8; start++) {
      var length = 0;
      while (start + length < 8 && groups.get(start + length).equals("0")) {
        length++;
      }
      if (length > bestLength) {
        bestStart = start;
        bestLength = length;
      }
    }
    if (bestStart < 0) {
      return String.join(":", groups);
    }
    return String.join(":", groups.subList(0, bestStart))
        + "::"
        + String.join(":", groups.subList(bestStart + bestLength, 8));
  }
}
