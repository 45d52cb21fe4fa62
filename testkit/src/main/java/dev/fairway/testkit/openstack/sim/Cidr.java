// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim;

import java.util.Optional;

/// A range of addresses; the address is the first of them.
public record Cidr(Address first, int prefix) {
  /// Also takes a single address, and one that is not the first of its range. Empty when `text` is
  /// neither.
  public static Optional<Cidr> of(String text) {
    var slash = text.indexOf('/');
    var address = Address.of(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    var prefix = slash < 0 ? address.get().bits() : number(text.substring(slash + 1));
    if (prefix < 0 || prefix > address.get().bits()) {
      return Optional.empty();
    }
    var rest = address.get().bits() - prefix;
    var first = address.get().value().shiftRight(rest).shiftLeft(rest);
    return Optional.of(new Cidr(new Address(first, address.get().bits()), prefix));
  }

  private static int number(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  public boolean contains(Address address) {
    var rest = address.bits() - prefix;
    return address.bits() == first.bits()
        && address.value().shiftRight(rest).equals(first.value().shiftRight(rest));
  }

  @Override
  public String toString() {
    return first + "/" + prefix;
  }
}
