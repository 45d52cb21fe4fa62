// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import java.util.ArrayList;
import java.util.List;

/// All that a [Spec] says, a line for each thing, so that a test can tell what a setting changes
/// and that it changes nothing else.
final class Lines {
  private Lines() {}

  /// The lines of the ones that the others do not have.
  static List<String> changes(List<Spec> before, List<Spec> after) {
    var lines = new ArrayList<>(of(after));
    lines.removeAll(of(before));
    return lines;
  }

  static List<String> of(List<Spec> specs) {
    return specs.stream().flatMap(spec -> of(spec).stream()).toList();
  }

  static List<String> of(Spec spec) {
    var lines = new ArrayList<String>();
    var start = spec.half() == Half.MAIN ? "" : spec.half() + " ";
    lines.add(start + "provider " + spec.frame().provider());
    lines.add(start + "flavor " + spec.frame().flavor().orElse("-"));
    lines.add(start + "zone " + spec.frame().availabilityZone().orElse("-"));
    lines.add(start + "vip " + vip(spec.frame().vip()));
    lines.add(
        start + "more vips " + spec.frame().additionalVips().stream().map(Lines::vip).toList());
    lines.add(start + exposure(spec.exposure()));
    lines.add(start + "tags " + spec.tags());
    lines.add(start + "attach " + spec.attach().orElse("-"));
    lines.add(start + "adopt " + spec.adopt().orElse("-"));
    lines.add(start + "hostname " + spec.hostname().orElse("-"));
    lines.add(start + "make before break " + spec.makeBeforeBreak());
    spec.listeners().forEach(listener -> add(start, listener, lines));
    return lines;
  }

  static String vip(Frame.Vip vip) {
    return vip.port().map(id -> "port " + end(id) + " ").orElse("")
        + vip.subnet().map(id -> "subnet " + end(id) + " ").orElse("")
        + vip.network().map(id -> "network " + end(id) + " ").orElse("")
        + vip.address().orElse("-");
  }

  static String exposure(Exposure exposure) {
    return switch (exposure) {
      case Exposure.Internal() -> "internal";
      case Exposure.Floating(var network, var subnets, var address, var keep) ->
          "floating %s %s %s%s"
              .formatted(
                  end(network),
                  subnets.stream().map(Lines::end).toList(),
                  address.orElse("-"),
                  keep ? " kept" : "");
    };
  }

  // The ids of tests differ in their ends.
  private static String end(String id) {
    return id.substring(Math.max(0, id.length() - 2));
  }

  private static void add(String half, ListenerSpec listener, List<String> lines) {
    var start = half + listener.part() + " ";
    var pool = listener.pool();
    lines.add(start + listener.protocol() + " " + listener.port());
    lines.add(start + "limit " + listener.connectionLimit());
    lines.add(start + "from " + listener.allowedCidrs());
    lines.add(
        start
            + "timeouts "
            + listener
                .timeouts()
                .map(t ->
                    "%d %d %d %d"
                        .formatted(
                            t.clientDataMillis(),
                            t.memberConnectMillis(),
                            t.memberDataMillis(),
                            t.tcpInspectMillis()))
                .orElse("-"));
    lines.add(start + "headers " + listener.insertHeaders());
    lines.add(start + "tls " + listener.tlsContainer().orElse("-"));
    lines.add(start + "tags " + listener.tags());
    lines.add(start + "pool " + pool.protocol());
    lines.add(start + "algorithm " + pool.algorithm());
    lines.add(start + "affinity " + pool.affinity() + " " + pool.affinitySeconds().orElse(-1));
    lines.add(start + "monitor " + pool.monitor().map(Lines::monitor).orElse("-"));
    lines.add(start + "pool tags " + pool.tags());
    pool.members().forEach(member -> lines.add(start + "member " + member(member)));
  }

  static String monitor(ListenerSpec.MonitorSpec monitor) {
    return "%s%s %d %d %d %d"
        .formatted(
            monitor.type(),
            monitor.httpPath().orElse(""),
            monitor.delaySeconds(),
            monitor.timeoutSeconds(),
            monitor.maxRetries(),
            monitor.maxRetriesDown());
  }

  static String member(ListenerSpec.MemberSpec member) {
    return "%s %s:%d in %s%s%s"
        .formatted(
            member.name(),
            member.address(),
            member.port(),
            member.subnet().map(Lines::end).orElse("-"),
            member.monitorPort().isPresent() ? " monitor " + member.monitorPort().getAsInt() : "",
            member.draining() ? " draining" : "");
  }
}
