// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.Arguments;
import java.time.Duration;
import java.util.List;

/// The command line of the benchmark.
///
/// @param json standard output is the JSON object only; otherwise a table comes before it
/// @param themes which parts are measured, in the order in which they run
/// @param rounds how often an owner is lost, of each kind
/// @param services that are created at once
/// @param wide Services of the controller whose memory is looked at
/// @param idle how long nothing happens while writes are counted
record L2Options(
    boolean json, List<Theme> themes, int rounds, int services, int wide, Duration idle) {
  private static final List<String> KNOWN =
      List.of("--json", "--rounds", "--services", "--only", "--wide-services", "--idle-seconds");

  L2Options {
    themes = List.copyOf(themes);
  }

  /// @throws IllegalArgumentException for an option that is not known, with those that are, or a
  ///   number that is none
  static L2Options parse(List<String> arguments) {
    var given = new Arguments(arguments, KNOWN);
    var options =
        new L2Options(
            given.flag("--json"),
            Theme.of(given.value("--only", "")),
            given.number("--rounds", 20),
            given.number("--services", 1_000),
            given.number("--wide-services", 10_000),
            Duration.ofSeconds(given.number("--idle-seconds", 60)));
    given.requireNoMore();
    return options;
  }
}
