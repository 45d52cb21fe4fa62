// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The content of `/proc/net/arp`: whom the kernel knows at which address.
record ArpTable(Map<String, MacAddress> entries) {
  // ATF_COM of <linux/if_arp.h>: the entry is complete; others carry an address of zeros.
  private static final int COMPLETE = 0x2;

  static ArpTable parse(String text) {
    Map<String, MacAddress> entries = new HashMap<>();
    // IP address, HW type, Flags, HW address, Mask, Device
    text.lines()
        .skip(1)
        .map(line -> line.trim().split("\\s+", -1))
        .filter(fields -> (Integer.decode(fields[2]) & COMPLETE) != 0)
        .forEach(fields -> entries.put(fields[0], new MacAddress(fields[3])));
    return new ArpTable(Map.copyOf(entries));
  }

  Optional<MacAddress> find(String ip) {
    return Optional.ofNullable(entries.get(ip));
  }
}
