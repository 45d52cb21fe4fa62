// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.Optional;

/// A range of IP addresses.
///
/// @param network its first address: EC2 clears the bits of hosts, and what is compared with its
///   answers must not have them
record Cidr(IpAddress network, int prefixLength) {
  static Optional<Cidr> parse(String text) {
    var slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return Optional.empty();
    }
    var length = Integer.parseInt(text.substring(slash + 1));
    return IpAddress.parse(text.substring(0, slash))
        .filter(address -> length <= address.bits())
        .map(address -> new Cidr(address.network(length), length));
  }

  boolean contains(IpAddress address) {
    return address.isIpv6() == network.isIpv6() && address.network(prefixLength).equals(network);
  }

  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }
}
