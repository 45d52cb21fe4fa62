// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.Arguments;
import dev.fairway.testkit.bench.SideName;
import java.time.Duration;
import java.util.List;

/// The command line of the benchmark.
///
/// @param json the last line on standard output is the JSON object only; otherwise a table comes
///   before it
/// @param simulated whether all is measured at the simulated OpenStack
/// @param sides which controllers are measured, in this order
/// @param sizes how much of everything
/// @param boot how long the simulated Octavia is at work on a change, where that matters
/// @param auditSeconds how far apart audits are, where they matter
record OpenStackOptions(
    boolean json,
    boolean simulated,
    List<SideName> sides,
    Sizes sizes,
    Duration boot,
    int auditSeconds) {
  private static final List<String> KNOWN =
      List.of(
          "--json",
          "--simulated",
          "--services",
          "--only",
          "--boot-millis",
          "--audit-seconds",
          "--token-services",
          "--wide-services",
          "--wide-nodes");

  /// @param services at the same time
  /// @param inWork Services in work when all tokens end
  /// @param wide Services of the wide run
  /// @param wideNodes nodes of the wide run
  record Sizes(int services, int inWork, int wide, int wideNodes) {}

  OpenStackOptions {
    sides = List.copyOf(sides);
  }

  /// @throws IllegalArgumentException for an option that is not known, with those that are, or a
  ///   number that is none
  static OpenStackOptions parse(List<String> arguments) {
    var given = new Arguments(arguments, KNOWN);
    var options =
        new OpenStackOptions(
            given.flag("--json"),
            given.flag("--simulated"),
            SideName.of(given.value("--only", "")),
            new Sizes(
                given.number("--services", 20),
                given.number("--token-services", 50),
                given.number("--wide-services", 1_000),
                given.number("--wide-nodes", 100)),
            Duration.ofMillis(given.number("--boot-millis", 5_000)),
            given.number("--audit-seconds", 30));
    given.requireNoMore();
    return options;
  }

  /// How long a controller calls nobody until it is held to be at rest: nothing that it does of its
  /// own accord is further apart, but audits, which this tells from each other.
  Duration rest() {
    return Duration.ofSeconds(auditSeconds).dividedBy(6);
  }
}
