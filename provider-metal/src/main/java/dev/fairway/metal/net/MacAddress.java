// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/// One Ethernet address as a number of 48 bits, the first byte on the wire being the highest.
public record MacAddress(long bits) {

  public static final int LENGTH = 6;
  public static final MacAddress BROADCAST = new MacAddress(0xFFFF_FFFF_FFFFL);

  /// What ARP carries where no address is known yet.
  public static final MacAddress ZERO = new MacAddress(0);

  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException("an Ethernet address has 48 bits");
    }
  }

  /// The address in text such as `02:00:00:00:00:0a`.
  ///
  /// @throws IllegalArgumentException if the text is not six bytes in hexadecimal with colons
  public static MacAddress of(String text) {
    byte[] bytes = HexFormat.ofDelimiter(":").parseHex(text);
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("'" + text + "' is not an Ethernet address");
    }
    return read(bytes, 0);
  }

  /// As [#of], or empty for other text.
  public static Optional<MacAddress> parse(String text) {
    try {
      return Optional.of(of(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The address in the six bytes from `offset`.
  public static MacAddress read(byte[] bytes, int offset) {
    long bits = 0;
    for (int i = 0; i < LENGTH; i++) {
      bits = bits << 8 | (bytes[offset + i] & 0xFF);
    }
    return new MacAddress(bits);
  }

  /// The six bytes as they are on the wire.
  public byte[] bytes() {
    return Arrays.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(bits << 16).array(), LENGTH);
  }

  /// True for an address that belongs to one station, so neither a group, nor broadcast, nor zero.
  public boolean isStation() {
    return bits != 0
        && (bits >>> 40 & 1) == 0; // IEEE 802: the lowest bit of the first byte marks a group
  }

  /// Six bytes in hexadecimal with colons, in lower case.
  @Override
  public String toString() {
    return Arrays.stream(HexFormat.of().toHexDigits(bits, 12).split("(?<=\\G..)"))
        .collect(Collectors.joining(":"));
  }
}
