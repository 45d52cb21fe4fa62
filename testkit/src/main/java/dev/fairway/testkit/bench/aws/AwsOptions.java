// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.bench.Arguments;
import dev.fairway.testkit.bench.SideName;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// The command line of the benchmark.
///
/// @param json the last line on standard output is the JSON object only; otherwise a table comes
///   before it
/// @param sides which controllers are measured, in this order
/// @param sizes how much of everything
/// @param latency how long a call takes at least, where it is time that is measured
record AwsOptions(boolean json, List<SideName> sides, Sizes sizes, Duration latency) {
  private static final List<String> KNOWN =
      List.of("--json", "--services", "--only", "--storm-services", "--latency-millis");

  /// @param few Services for what takes long when there are many: their creation
  /// @param many Services for what happens when there are many: start and change of the leader
  /// @param inStorm Services that are created during a storm of throttles
  record Sizes(int few, int many, int inStorm) {}

  AwsOptions {
    sides = List.copyOf(sides);
  }

  /// @throws IllegalArgumentException for an option that is not known, with those that are, or a
  ///   number that is none
  static AwsOptions parse(List<String> arguments) {
    var given = new Arguments(arguments, KNOWN);
    var services = given.numbers("--services", List.of(100, 500));
    var options =
        new AwsOptions(
            given.flag("--json"),
            SideName.of(given.value("--only", "")),
            new Sizes(
                Collections.min(services),
                Collections.max(services),
                given.number("--storm-services", 200)),
            Duration.ofMillis(given.number("--latency-millis", 100)));
    given.requireNoMore();
    return options;
  }
}
