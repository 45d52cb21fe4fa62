// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Addresses that are kept for somebody, or from everybody.
///
/// @param created of two that overlap, the older one stays
/// @param addresses `spec.addresses` as written
/// @param namespace whose Services may have them; empty for nobody
/// @param service the one Service of the namespace that may; empty for all of them
public record Reservation(
    String name,
    Instant created,
    List<String> addresses,
    Optional<String> namespace,
    Optional<String> service) {

  static final Comparator<Reservation> OLDEST_FIRST =
      Comparator.comparing(Reservation::created).thenComparing(Reservation::name);

  public Reservation {
    addresses = List.copyOf(addresses);
  }

  /// Whether this Service may have the addresses.
  public boolean isFor(String itsNamespace, String itsName) {
    return namespace.filter(itsNamespace::equals).isPresent()
        && service.map(itsName::equals).orElse(true);
  }

  /// For whom, to follow "reserved for".
  public String holder() {
    return namespace
        .map(home ->
            service.map(one -> home + "/" + one).orElse("the Services of namespace " + home))
        .orElse("nobody");
  }
}
