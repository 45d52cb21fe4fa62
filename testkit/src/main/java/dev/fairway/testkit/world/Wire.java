// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

/// A host's `eth0`, for who speaks ARP himself.
///
/// @param index the kernel's number of the interface
record Wire(Host host, int index, MacAddress mac) {
  static Wire of(Host host) {
    var link = host.ip("-o", "link", "show", "eth0");
    return new Wire(
        host,
        Integer.parseInt(link.substring(0, link.indexOf(':'))),
        new MacAddress(link.replaceAll("(?s).*link/ether ([0-9a-f:]+) .*", "$1")));
  }

  ArpSocket open() {
    return host.namespace().call(() -> new ArpSocket(index));
  }
}
