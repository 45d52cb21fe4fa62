// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.List;

/// The command line of the benchmark.
///
/// @param json the last line on standard output is the JSON object only; otherwise a table comes
///   before it
/// @param sides which controllers are measured, in this order
/// @param sizes how much of everything
/// @param workers how many Services the reference works on at a time; 1 is its own default
record BenchOptions(boolean json, List<SideName> sides, Sizes sizes, int workers) {
  private static final List<String> KNOWN =
      List.of(
          "--json",
          "--services",
          "--nodes",
          "--others",
          "--churn",
          "--only",
          "--reference-workers");

  /// @param services that exist at the same time
  /// @param nodes at the beginning; 100 more join later
  /// @param others beside a load balancer that hangs
  /// @param churned Services that are made and deleted
  record Sizes(int services, int nodes, int others, int churned) {}

  BenchOptions {
    sides = List.copyOf(sides);
  }

  /// @throws IllegalArgumentException for an option that is not known, with those that are, or a
  ///   number that is none
  static BenchOptions parse(List<String> arguments) {
    var given = new Arguments(arguments, KNOWN);
    var options =
        new BenchOptions(
            given.flag("--json"),
            SideName.of(given.value("--only", "")),
            new Sizes(
                given.number("--services", 100),
                given.number("--nodes", 50),
                given.number("--others", 100),
                given.number("--churn", 1_000)),
            given.number("--reference-workers", 1));
    given.requireNoMore();
    return options;
  }
}
