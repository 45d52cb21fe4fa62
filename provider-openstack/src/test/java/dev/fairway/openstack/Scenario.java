// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import dev.fairway.cloud.model.Desired;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A change, from one desired state to another, during which something may go wrong.
///
/// @param before empty for one that begins with nothing
record Scenario(String name, Optional<Asked> before, Desired after) {
  /// Those that differ in the calls that they make.
  static List<Scenario> all(String service) {
    var web = Asked.service(service).ports("TCP/80", "UDP/53");
    return List.of(
        new Scenario("create", Optional.empty(), web.present()),
        change("port added", web, asked -> asked.ports("TCP/80", "UDP/53", "TCP/443")),
        change("node removed", web, asked -> asked.nodes(2)),
        change("node added", web, asked -> asked.nodes(4)),
        change("external to internal", web, Asked::internal),
        change("internal to external", web.internal(), _ -> web),
        change("proxy protocol", web, asked -> asked.theirs("proxy-protocol", "v2")),
        change("monitor", web, asked -> asked.theirs("enable-health-monitor", "true")),
        new Scenario("delete", Optional.of(web), web.absent()));
  }

  private static Scenario change(String name, Asked from, UnaryOperator<Asked> to) {
    return new Scenario(name, Optional.of(from), to.apply(from).present());
  }

  @Override
  public String toString() {
    return name;
  }
}
