// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.ArrayList;
import java.util.List;

/// All that a [Spec] says, a line for each thing, so that a test can tell what an annotation
/// changes and that it changes nothing else.
final class Lines {
  private Lines() {}

  /// The lines of the one that the other does not have.
  static List<String> changes(Spec before, Spec after) {
    var lines = new ArrayList<>(of(after));
    lines.removeAll(of(before));
    return lines;
  }

  static List<String> of(Spec spec) {
    var lines = new ArrayList<String>();
    lines.add("name " + spec.name().orElse("-"));
    lines.add("scheme " + spec.scheme().map(Scheme::toString).orElse("-"));
    lines.add("addresses " + spec.addressType().map(AddressType::toString).orElse("-"));
    lines.add("subnets " + spec.subnets());
    lines.add("eips " + spec.fixed().eipAllocations());
    lines.add("private " + spec.fixed().privateIpv4());
    lines.add("ipv6 " + spec.fixed().ipv6());
    lines.add("groups " + spec.groups());
    lines.add("attributes " + spec.attributes());
    lines.add("tags " + spec.tags());
    lines.add("privatelink " + spec.privateLink().orElse("-"));
    lines.add("adopt " + spec.adopt().orElse("-"));
    lines.add("approved " + spec.adoptApproved().orElse("-"));
    lines.add("make before break " + spec.makeBeforeBreak());
    spec.listeners().forEach(listener -> add(listener, lines));
    return lines;
  }

  private static void add(ListenerSpec listener, List<String> lines) {
    var start = listener.port() + " ";
    var group = listener.group();
    var check = group.check();
    lines.add(start + listener.protocol() + " for " + listener.services());
    lines.add(
        start
            + "tls "
            + listener
                .tls()
                .map(tls -> tls.certificates() + " " + tls.policy() + " " + tls.alpn().orElse("-"))
                .orElse("-"));
    lines.add(start + "attributes " + listener.attributes());
    lines.add(start + "sources " + listener.sources() + " " + listener.prefixLists());
    lines.add(
        start
            + "group %s %s %d%s"
                .formatted(
                    group.protocol(), group.type(), group.port(), group.ipv6() ? " v6" : ""));
    lines.add(
        start
            + "check %s %s%s%s"
                .formatted(
                    check.protocol(),
                    check.port(),
                    check.path().map(path -> " " + path).orElse(""),
                    check.successCodes().map(codes -> " " + codes).orElse("")));
    lines.add(start + "interval " + check.intervalSeconds());
    lines.add(start + "timeout " + check.timeoutSeconds());
    lines.add(start + "healthy " + check.healthyThreshold());
    lines.add(start + "unhealthy " + check.unhealthyThreshold());
    lines.add(start + "group attributes " + group.attributes());
    lines.add(start + "targets " + group.targets());
  }
}
