// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// All numbers of the limiter. It begins generously, since accounts differ and an idle account's
/// buckets are full, and believes in the documented numbers from the first throttle answer on.
///
/// @param documented the token bucket of each class
/// @param burstFactor times the documented burst that may be called before AWS first objects, at
///   least 1
/// @param firstRate calls a second that every class may make before AWS first objects; a documented
///   rate that is higher counts instead
/// @param floor calls a second below which throttle answers do not push a class
/// @param growth calls a second that a class regains in each second without a throttle answer, as a
///   share of its documented rate
/// @param leastGrowth the same as a number, for classes whose documented rate is tiny
/// @param quiet how long after a throttle answer the regaining begins
/// @param patience how long a call waits for its turn at most; one that would wait longer is turned
///   away at once
/// @param auditPerSecond calls a second that [Lane#AUDIT] may make in each class; 0 for none
public record Limits(
    Map<ThrottleClass, Limit> documented,
    double burstFactor,
    double firstRate,
    double floor,
    double growth,
    double leastGrowth,
    Duration quiet,
    Duration patience,
    double auditPerSecond) {
  public Limits {
    documented = Map.copyOf(documented);
    for (var throttleClass : ThrottleClass.values()) {
      if (!documented.containsKey(throttleClass)) {
        throw new IllegalArgumentException("no limit is given for " + throttleClass);
      }
    }
    if (burstFactor < 1 || !(floor > 0) || auditPerSecond < 0) {
      throw new IllegalArgumentException(
          "burst factor %s, floor %s, audit %s: must be at least 1, more than 0, at least 0"
              .formatted(burstFactor, floor, auditPerSecond));
    }
  }

  /// The numbers that AWS publishes, and what proved sensible between them.
  ///
  /// @param auditPerSecond calls a second for [Lane#AUDIT]
  public static Limits published(double auditPerSecond) {
    var limits = new EnumMap<ThrottleClass, Limit>(ThrottleClass.class);
    // User guide "Request throttling for the Elastic Load Balancing API"; Describe was 40 and 10
    // until March 2026.
    limits.put(ThrottleClass.ELB_READ, new Limit(200, 50));
    limits.put(ThrottleClass.ELB_REGISTER, new Limit(20, 4));
    limits.put(ThrottleClass.ELB_WRITE, new Limit(20, 3));
    // Not published in numbers: "resource-intensive actions" have a much smaller bucket.
    limits.put(ThrottleClass.ELB_CREATE, new Limit(10, 0.2));
    // EC2 Developer Guide "Request throttling": filtered Describe 100 and 20, mutating 50 and 5.
    limits.put(ThrottleClass.EC2_READ, new Limit(100, 20));
    limits.put(ThrottleClass.EC2_WRITE, new Limit(50, 5));
    return new Limits(
        limits,
        2,
        50,
        0.2,
        0.1,
        0.1,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        auditPerSecond);
  }

  Limit of(ThrottleClass throttleClass) {
    var limit = documented.get(throttleClass);
    if (limit == null) {
      throw new IllegalArgumentException("no limit is given for " + throttleClass);
    }
    return limit;
  }
}
