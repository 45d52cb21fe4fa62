// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.fault;

import java.util.function.Predicate;

/// Which attempts a fault is about.
public final class When {
  private When() {}

  public static Predicate<Attempt> any() {
    return _ -> true;
  }

  /// Attempts at one service, as in [Attempt#LOAD_BALANCER].
  public static Predicate<Attempt> service(String service) {
    return attempt -> attempt.service().equals(service);
  }

  /// @param operation as in `POST /v2/lbaas/loadbalancers` or `PUT /v2/lbaas/pools/{id}/members`;
  ///   the part before `/lbaas` or before the collection may be left out
  public static Predicate<Attempt> operation(String operation) {
    var at = operation.indexOf(' ');
    var method = operation.substring(0, at + 1);
    var path = operation.substring(at + 1);
    return attempt -> {
      var seen = attempt.operation();
      return seen.startsWith(method) && seen.endsWith(path);
    };
  }

  /// Requests for a token.
  public static Predicate<Attempt> token() {
    return Attempt::token;
  }

  /// All but those about identity.
  public static Predicate<Attempt> mutating() {
    return Attempt::mutating;
  }

  /// All but those about identity.
  public static Predicate<Attempt> reading() {
    return Attempt::reading;
  }
}
