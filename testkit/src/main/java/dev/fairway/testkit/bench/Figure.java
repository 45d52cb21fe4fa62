// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

/// What is measured of a controller. The order is that of the result.
enum Figure {
  /// How many Services there were at the same time.
  SERVICES("services"),
  /// How many nodes there were at the beginning.
  NODES("nodes"),
  /// From the creation of the first Service until the last one has its address.
  CREATE_ALL_SECONDS("createAllSeconds"),
  /// Writes to the API server, events included, for each of them.
  API_WRITES_PER_SERVICE("apiWritesPerService"),
  /// Mutating calls after a crash and a restart, though nothing had changed.
  RESTART_MUTATING_CALLS("restartMutatingCalls"),
  /// Events written after it.
  RESTART_EVENTS("restartEvents"),
  /// From its creation while the new process starts until a Service has its address.
  NEW_SERVICE_DURING_RESTART_SECONDS("newServiceDuringRestartSeconds"),
  /// Calls that register, drain or deregister targets while and after 100 nodes join within 5
  /// seconds.
  NODE_JOIN_HOST_UPDATES("nodeJoinHostUpdates"),
  /// Calls of any kind while and after one node becomes ready and not ready 100 times.
  READY_FLAP_CALLS("readyFlapCalls"),
  /// How much longer the slowest percent of new Services takes while the load balancer of another
  /// one hangs.
  HUNG_OTHERS_P99_RATIO("hungOthersP99Ratio"),
  /// Objects left in the cloud after crashes, when the Services were deleted.
  LEAKED_AFTER_CRASH("leakedAfterCrash"),
  /// How many crashes: before and after each mutating call.
  CRASH_POINTS("crashPoints"),
  /// Reachable memory after many Services were made and deleted, by that before.
  HEAP_AFTER_CHURN_RATIO("heapAfterChurnRatio"),
  /// The most memory that the process had, with all Services and nodes.
  RSS_MIB("rssMiB");

  private final String key;

  Figure(String key) {
    this.key = key;
  }

  /// Its name in the result.
  String key() {
    return key;
  }
}
