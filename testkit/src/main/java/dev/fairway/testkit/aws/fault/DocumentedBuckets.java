// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.fault;

import dev.fairway.testkit.aws.query.QueryCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Throttles ELBv2 with the token buckets of its documentation ("API throttling" in the API
/// reference), one for each class of actions.
public final class DocumentedBuckets implements FaultRule {
  private static final Predicate<QueryCall> ELB = When.service(QueryCall.ELB);
  private static final Predicate<QueryCall> REGISTRATION =
      ELB.and(When.action("RegisterTargets", "DeregisterTargets"));
  // Much smaller than the rest, and without published figures; from observation.
  private static final Predicate<QueryCall> CREATION = ELB.and(When.action("CreateLoadBalancer"));

  private final List<TokenBucket> buckets =
      List.of(
          new TokenBucket(REGISTRATION, 4, 20),
          new TokenBucket(CREATION, 0.2, 10),
          new TokenBucket(
              ELB.and(When.mutating()).and(REGISTRATION.negate()).and(CREATION.negate()), 3, 20),
          new TokenBucket(ELB.and(When.reading()), 50, 200));

  @Override
  public Optional<Fault> at(QueryCall call, Instant now) {
    return buckets.stream().flatMap(bucket -> bucket.at(call, now).stream()).findFirst();
  }
}
