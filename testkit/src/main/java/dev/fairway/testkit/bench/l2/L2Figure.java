// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.Keyed;
import dev.fairway.testkit.bench.l2.Aim.AtLeast;
import dev.fairway.testkit.bench.l2.Aim.AtMost;
import dev.fairway.testkit.bench.l2.Aim.None;

/// What is measured. The order is that of the result.
enum L2Figure implements Keyed {
  /// From the moment the owner's cable is cut until another node answers a neighbour.
  CUT_P50("failoverLinkCutP50Millis", new None(), "0.15.2: 5646, 0.16.2: 5276, tuned 747"),
  CUT_P99("failoverLinkCutP99Millis", new AtMost(400), "0.15.2: 7124, 0.16.2: 5501, tuned 956"),
  /// The same with `failover: fast`.
  FAST_P99("failoverFastProfileP99Millis", new AtMost(150), ""),
  /// From the kill of the owner's speaker until another node answers who did not know the address.
  KILL_P99("takeoverAfterKillP99Millis", new AtMost(400), "0.15.2: 6738, 0.16.2: 5233, tuned 790"),
  /// The longest time without an answer that a client behind a router has when a cable is cut.
  ROUTER_P99(
      "failoverThroughRouterP99Millis", new AtMost(400), "0.15.2: 7125, 0.16.2: 5501, tuned 953"),
  /// For how long two nodes answered side by side, in any round.
  TWO_OWNERS("twoOwnersMaxMillis", new AtMost(100), "0.15.2: 43600, 0.16.2: 30800, tuned 39000"),
  /// How many rounds of each kind, at least.
  ROUNDS("rounds", new AtLeast(20), "20, 3 and 5"),
  /// New connections that failed while owners were drained.
  DRAIN_LOST("drainLostConnections", new AtMost(0), ""),
  /// Addresses that went back to a node when it returned.
  MOVED_BACK("movedBackOnReturn", new AtMost(0), "20 of 20, 3 of 3, tuned 5 of 5"),
  /// The addresses of the node with the most, by the mean.
  LOAD_RATIO("maxNodeLoadRatio", new AtMost(1.25), ""),
  /// From a question by ARP for an address until the answer.
  ARP_P50("arpP50Micros", new None(), ""),
  ARP_P99("arpP99Micros", new None(), ""),
  /// The same for a node's own address, which the kernel answers for.
  KERNEL_ARP_P50("kernelArpP50Micros", new None(), ""),
  /// Addresses given in a second by a pool of which 90 % are taken.
  ALLOC_PER_SECOND("allocPerSecondAt90PercentFill", new AtLeast(20_000), ""),
  /// How long 16,000 take, one after the other.
  ALLOC_SECONDS("alloc16000Seconds", new AtMost(1), ""),
  /// From the first creation until all Services exist.
  CREATE_SECONDS("create1000Seconds", new None(), "0.15.2: 2.48, 0.16.2: 4.01"),
  /// From the first creation until all of them have an address.
  ADDRESS_SECONDS("address1000Seconds", new None(), "0.15.2: 51.4, 0.16.2: 6.22"),
  /// Writes of controller and speakers for each of them, without those of Leases.
  WRITES_PER_SERVICE("apiWritesPerService", new None(), ""),
  /// The most memory that any speaker had with all of them.
  SPEAKER_RSS("speakerRssMiBAt1000Vips", new AtMost(120), "one VIP: 0.15.2: 52, 0.16.2: 66"),
  /// The most memory that a controller had that gave addresses to many Services.
  CONTROLLER_RSS("controllerRssMiBAt10000Services", new None(), "1,000: 0.15.2: 59, 0.16.2: 76"),
  /// Writes of controller and speakers in a minute in which nothing happens, with those of Leases.
  IDLE_WRITES("idleApiWritesPerMinute", new None(), "");

  private final String key;

  // Its cases are records of numbers.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Aim aim;

  private final String elsewhere;

  /// @param elsewhere what MetalLB reached in such a world, on another machine; empty when unknown
  L2Figure(String key, Aim aim, String elsewhere) {
    this.key = key;
    this.aim = aim;
    this.elsewhere = elsewhere;
  }

  @Override
  public String key() {
    return key;
  }

  Aim aim() {
    return aim;
  }

  String elsewhere() {
    return elsewhere;
  }
}
