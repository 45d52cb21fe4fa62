// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.Keyed;

/// What is measured of a controller. The order is that of the result.
enum OpenStackFigure implements Keyed {
  /// Calls of any kind for one Service with one port, created in a cluster at rest.
  CREATE_CALLS("createCalls"),
  /// Seconds from the creation of the first Service until the last one has its address.
  CREATE_ALL_SECONDS("createAll20Seconds"),
  /// Calls of any kind when every Service is looked at again and nothing is to be done.
  NOOP_RESYNC_CALLS("noopResyncCalls"),
  /// Calls that change something, by pools, when 10 nodes join at once.
  NODE_CHURN_CALLS_PER_POOL("nodeChurnCallsPerPool"),
  /// Calls that read something then, of all Services together.
  NODE_CHURN_READS("nodeChurnReads"),
  /// Calls of any kind to delete a Service.
  DELETE_CALLS("deleteCalls"),
  /// Milliseconds from the moment that a load balancer is ACTIVE until its Service has its address;
  /// 99 of 100 take no longer.
  ACTIVE_DETECT_DELAY("activeDetectDelayMillisP99"),
  /// Tokens that are asked for when all end at once, with 50 Services in work.
  TOKEN_REFRESHES("tokenRefreshesUnder50Workers"),
  /// How many crashes: after each mutating call.
  CRASH_POINTS("crashPoints"),
  /// Objects left in OpenStack after them, when the Services were deleted.
  LEAKED_AFTER_CRASH("leakedAfterCrash");

  private final String key;

  OpenStackFigure(String key) {
    this.key = key;
  }

  @Override
  public String key() {
    return key;
  }
}
