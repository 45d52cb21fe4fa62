// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.util.Locale;
import java.util.regex.Pattern;

/// An Ethernet address in lower case with colons, as `ip` and `arp` print it.
public record MacAddress(String text) {
  private static final Pattern SYNTAX = Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}");

  /// @throws IllegalArgumentException when `text` is not six octets with colons
  public MacAddress {
    text = text.toLowerCase(Locale.ROOT);
    if (!SYNTAX.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a MAC address");
    }
  }

  /// A locally administered address made from the last two octets of an IPv4 address, so that
  /// whoever reads a capture knows the machine.
  static MacAddress ofIp(String ip) {
    String[] octets = ip.split("\\.", -1);
    return new MacAddress(
        "02:00:0a:0d:%02x:%02x"
            .formatted(Integer.parseInt(octets[2]), Integer.parseInt(octets[3])));
  }

  @Override
  public String toString() {
    return text;
  }
}
