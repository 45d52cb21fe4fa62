// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dotted decimal, in the one strict form: four numbers from 0 to 255 without leading zeros.
final class Ipv4Text {

  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern LEADING_ZERO = Pattern.compile("(^|\\.)0+(?=[0-9])");

  private Ipv4Text() {}

  static Optional<IpAddress> parse(String text) {
    String[] octets = text.split("\\.", -1);
    if (octets.length != 4) {
      return Optional.empty();
    }
    long bits = 0;
    for (String octet : octets) {
      if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
        return Optional.empty();
      }
      bits = bits << 8 | Integer.parseInt(octet);
    }
    return Optional.of(new IpAddress(Family.IPV4, 0, bits));
  }

  /// The address that remains when leading zeros are dropped, if they are all that is wrong with
  /// the text.
  static Optional<IpAddress> withoutLeadingZeros(String text) {
    Matcher zeros = LEADING_ZERO.matcher(text);
    return zeros.find() ? parse(zeros.replaceAll("$1")) : Optional.empty();
  }

  static String of(long bits) {
    return (bits >> 24 & 0xFF)
        + "."
        + (bits >> 16 & 0xFF)
        + "."
        + (bits >> 8 & 0xFF)
        + "."
        + (bits & 0xFF);
  }
}
