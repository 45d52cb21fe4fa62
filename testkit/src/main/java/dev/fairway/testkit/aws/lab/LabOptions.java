// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.lab;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The command line of the lab.
///
/// @param localStack LocalStack in place of what the environment selects
/// @param kube also an API server, with the instances as its nodes
/// @param nodes how many instances
/// @param port of the endpoint; 0 for any
record LabOptions(boolean localStack, boolean kube, int nodes, int port) {
  private static final Set<String> SWITCHES = new TreeSet<>(Set.of("--localstack", "--kube"));
  private static final Set<String> VALUED = new TreeSet<>(Set.of("--nodes", "--port"));

  /// @throws IllegalArgumentException for a flag that is not known, with those that are
  static LabOptions parse(List<String> arguments) {
    var flags = Flags.parse(arguments, SWITCHES, VALUED);
    return new LabOptions(
        flags.has("--localstack"),
        flags.has("--kube"),
        flags.number("--nodes", 1, 3),
        flags.number("--port", 0, 0));
  }
}
