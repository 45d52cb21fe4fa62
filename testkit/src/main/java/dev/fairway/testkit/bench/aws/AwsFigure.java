// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.bench.Keyed;

/// What is measured of a controller. The order is that of the result.
enum AwsFigure implements Keyed {
  /// Calls of any kind for one Service with one port, created in a cluster at rest.
  CREATE("create"),
  /// Calls of any kind after an annotation changed that means nothing.
  NOOP("noop"),
  /// RegisterTargets calls by target groups, when 10 nodes join at once.
  NODE_JOIN_PER_TARGET_GROUP("nodeJoinPerTargetGroup"),
  /// Describe calls then, of all Services together.
  NODE_JOIN_DESCRIBES("nodeJoinDescribes"),
  /// Calls of any kind for a second port.
  PORT_ADDED("portAdded"),
  /// Calls of any kind to delete a Service.
  DELETE("delete"),
  /// Calls of any kind from the start of the process until it is at rest, with nothing to change.
  COLD_START("coldStart500"),
  /// Calls of any kind from the death of the leader until the standby is at rest.
  LEADER_CHANGE("leaderChange500"),
  /// Seconds from the creation of the first Service until the last one has its hostname.
  CREATE_ALL_SECONDS("createAll100Seconds"),
  /// Seconds from the end of a storm of throttles, during which Services were created, until the
  /// last one has its hostname; 0 when it had it before.
  THROTTLE_STORM_SECONDS("throttleStormSeconds"),
  /// How many crashes: after each mutating call of a creation and of a deletion.
  CRASH_POINTS("crashPoints"),
  /// Objects left in AWS after them, when the Services were deleted.
  LEAKED_AFTER_CRASH("leakedAfterCrash");

  private final String key;

  AwsFigure(String key) {
    this.key = key;
  }

  @Override
  public String key() {
    return key;
  }
}
