// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.Family;

/// One family on one interface, as long as that stays what it is. A change of any of these makes a
/// new one of it: all neighbours have to be told anew.
record Port(int index, String name, MacAddress mac, int carrierChanges, Family family) {

  static Port of(Link link, Family family) {
    return new Port(link.index(), link.name(), link.mac(), link.carrierChanges(), family);
  }
}
