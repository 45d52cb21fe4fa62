// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import java.util.Optional;

/// What is of use of the options after a message (RFC 4861 section 4.6): the first of each kind.
record NdpOptions(Optional<MacAddress> sourceMac, Optional<MacAddress> targetMac) {

  private static final int UNIT = 8; // an option's length counts these
  private static final int SOURCE_MAC = 1;
  private static final int TARGET_MAC = 2;

  /// Empty if an option has no length or goes beyond `end`, or if a link-layer address is not one
  /// of Ethernet: the message is invalid then. Others are skipped.
  static Optional<NdpOptions> read(byte[] bytes, int from, int end) {
    Optional<MacAddress> source = Optional.empty();
    Optional<MacAddress> target = Optional.empty();
    for (int at = from; at < end; ) {
      int length = at + 1 < end ? (bytes[at + 1] & 0xFF) * UNIT : 0;
      if (length == 0 || at + length > end) {
        return Optional.empty();
      }
      int type = bytes[at] & 0xFF;
      if (type == SOURCE_MAC || type == TARGET_MAC) {
        if (length != UNIT) {
          return Optional.empty();
        }
        Optional<MacAddress> mac = Optional.of(MacAddress.read(bytes, at + 2));
        if (type == SOURCE_MAC) {
          source = source.or(() -> mac);
        } else {
          target = target.or(() -> mac);
        }
      }
      at += length;
    }
    return Optional.of(new NdpOptions(source, target));
  }
}
