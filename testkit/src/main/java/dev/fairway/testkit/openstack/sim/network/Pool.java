// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import dev.fairway.testkit.openstack.sim.Address;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The addresses of one subnet that are given out by themselves, lowest first.
final class Pool {
  private final Address first;
  private final Address last;
  private final Set<Address> taken = new HashSet<>();
  private BigInteger lowestFree;

  Pool(Address first, Address last) {
    this.first = first;
    this.last = last;
    this.lowestFree = first.value();
  }

  /// Empty when none is left.
  Optional<Address> take() {
    for (var next = lowestFree;
        next.compareTo(last.value()) <= 0;
        next = next.add(BigInteger.ONE)) {
      var address = new Address(next, first.bits());
      if (taken.add(address)) {
        lowestFree = next.add(BigInteger.ONE);
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  /// Also takes addresses outside of the pool.
  ///
  /// @return whether it was free
  boolean take(Address address) {
    return taken.add(address);
  }

  void free(Address address) {
    taken.remove(address);
    if (address.value().compareTo(first.value()) >= 0) {
      lowestFree = lowestFree.min(address.value());
    }
  }
}
