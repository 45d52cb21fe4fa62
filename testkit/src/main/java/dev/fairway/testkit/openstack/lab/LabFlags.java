// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import dev.fairway.testkit.aws.lab.Flags;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The command line of the lab.
///
/// @param rabbit with RabbitMQ between Octavia's API and its worker
/// @param ovn networks and load balancers by OVN
/// @param kube also an API server, with the machines as its nodes
record LabFlags(boolean rabbit, boolean ovn, boolean kube) {
  private static final Set<String> SWITCHES = new TreeSet<>(Set.of("--rabbit", "--ovn", "--kube"));

  /// @throws IllegalArgumentException for a flag that is not known, with those that are
  static LabFlags parse(List<String> arguments) {
    var flags = Flags.parse(arguments, SWITCHES, Set.of());
    return new LabFlags(flags.has("--rabbit"), flags.has("--ovn"), flags.has("--kube"));
  }
}
