// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.Optional;

/// A range of IP addresses.
///
/// @param network its first address: clouds clear the bits of hosts, and what is compared with
///   their answers must not have them
public record Cidr(IpAddress network, int prefixLength) {
  /// Empty for what is not an address, a slash and a length.
  public static Optional<Cidr> parse(String text) {
    var slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return Optional.empty();
    }
    var length = Integer.parseInt(text.substring(slash + 1));
    return IpAddress.parse(text.substring(0, slash))
        .filter(address -> length <= address.bits())
        .map(address -> new Cidr(address.network(length), length));
  }

  /// Whether an address lies in it; one of the other family never does.
  public boolean contains(IpAddress address) {
    return address.isIpv6() == network.isIpv6() && address.network(prefixLength).equals(network);
  }

  /// `10.0.0.0/8`, IPv6 in the form of RFC 5952.
  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }
}
