// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.model.Cidr;
import java.util.List;

/// Which clients a listener lets in.
///
/// @param cidrs canonical; empty for all clients
record Ranges(List<String> cidrs) {
  Ranges {
    cidrs = List.copyOf(cidrs);
  }

  boolean everybody() {
    return cidrs.isEmpty();
  }

  /// Whether all of these are let in there too. It may say no where it takes several ranges of the
  /// other to include one of these.
  boolean within(Ranges other) {
    return other.everybody()
        || (!everybody()
            && cidrs.stream()
                .allMatch(cidr -> other.cidrs.stream().anyMatch(wide -> includes(wide, cidr))));
  }

  private static boolean includes(String wide, String narrow) {
    return Cidr.parse(wide)
        .flatMap(outer ->
            Cidr.parse(narrow)
                .map(inner ->
                    outer.prefixLength() <= inner.prefixLength()
                        && outer.contains(inner.network())))
        .orElse(false);
  }
}
