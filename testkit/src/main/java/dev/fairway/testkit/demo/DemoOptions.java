// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import java.util.List;

/// The command line of the demo.
///
/// @param json the last line on standard output is a JSON object, all else goes to standard error
/// @param keep leave everything running at the end
record DemoOptions(boolean json, boolean keep) {
  private static final List<String> KNOWN = List.of("--json", "--keep");

  /// @throws IllegalArgumentException for an option that is not known, with those that are
  static DemoOptions parse(List<String> arguments) {
    for (String argument : arguments) {
      if (!KNOWN.contains(argument)) {
        throw new IllegalArgumentException(
            "unknown option %s; there are %s".formatted(argument, String.join(" and ", KNOWN)));
      }
    }
    return new DemoOptions(arguments.contains("--json"), arguments.contains("--keep"));
  }
}
