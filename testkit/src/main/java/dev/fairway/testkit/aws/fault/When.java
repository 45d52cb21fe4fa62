// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.fault;

import dev.fairway.testkit.aws.query.QueryCall;
import java.util.Set;
import java.util.function.Predicate;

/// Which calls a fault is about.
public final class When {
  private When() {}

  public static Predicate<QueryCall> any() {
    return _ -> true;
  }

  /// Calls of one of these actions, as in `CreateLoadBalancer`.
  public static Predicate<QueryCall> action(String... actions) {
    return call -> Set.of(actions).contains(call.action());
  }

  /// Calls to one service, as in [QueryCall#ELB].
  public static Predicate<QueryCall> service(String service) {
    return call -> call.service().equals(service);
  }

  public static Predicate<QueryCall> mutating() {
    return QueryCall::mutating;
  }

  public static Predicate<QueryCall> reading() {
    return Predicate.not(QueryCall::mutating);
  }
}
