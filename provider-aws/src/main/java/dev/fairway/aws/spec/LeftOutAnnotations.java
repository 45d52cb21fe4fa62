// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Keys.theirs;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.plan.Note;
import java.util.List;

/// Annotations that are known and have no effect: the user is told, and what to use instead.
///
/// @param instead what to do, to follow a semicolon
record LeftOutAnnotations(AnnotationSpec<String> spec, String instead) {
  static final List<LeftOutAnnotations> ALL =
      List.of(
          leftOut("access-log-emit-interval", "60", "that of AWS is 5 minutes; remove it"),
          leftOut(
              "connection-draining-enabled",
              "true",
              "use deregistration_delay.timeout_seconds in " + TargetAnnotations.ATTRIBUTES.key()),
          leftOut(
              "connection-draining-timeout",
              "60",
              "use deregistration_delay.timeout_seconds in " + TargetAnnotations.ATTRIBUTES.key()),
          leftOut(
              "connection-idle-timeout",
              "60",
              "use tcp.idle_timeout.seconds in "
                  + ListenerAnnotations.ATTRIBUTES_STEM.key()
                  + ".TCP-80, for example"),
          leftOut(
              "enable-prefix-for-ipv6-source-nat",
              "on",
              "UDP by IPv6 needs it: use TCP, or ip-address-type ipv4, and remove it"),
          leftOut(
              "source-nat-ipv6-prefixes",
              "auto_assigned",
              "UDP by IPv6 needs it: use TCP, or ip-address-type ipv4, and remove it"),
          leftOut(
              "minimum-load-balancer-capacity",
              "CapacityUnits=3000",
              "reserve capacity with the tools of AWS: Fairway leaves it alone"),
          leftOut(
              "quic-enabled-ports", "443", "the ports are served as UDP or TCP_UDP; remove it"));

  /// Whether other clusters share its target groups.
  static final AnnotationSpec<Boolean> MULTI_CLUSTER =
      theirs(
          "multi-cluster-target-group",
          Forms.bool(),
          "false",
          "Only `false` can be had: target groups belong to one cluster.",
          "false");

  private static LeftOutAnnotations leftOut(String end, String example, String instead) {
    return new LeftOutAnnotations(
        theirs(
            end,
            new Syntax<>("any text", Syntax.Good::new),
            "none",
            "Not applied: %s.".formatted(instead),
            example),
        instead);
  }

  /// Adds a note for each that is there.
  static void tell(Findings findings) {
    for (var known : ALL) {
      if (findings.has(known.spec())) {
        findings.notApplied(known.spec(), known.instead());
      }
    }
    if (findings.read(MULTI_CLUSTER).orElse(false)) {
      findings.notApplied(MULTI_CLUSTER, "give each cluster a Service of its own");
    }
    findings
        .keysOf(ListenerAnnotations.ACTIONS)
        .forEach(key ->
            findings.add(
                Note.warning(
                    "NotApplied",
                    "annotation %s is not applied: all traffic goes to the Service itself"
                        .formatted(key),
                    "remove it, or spread the traffic inside the cluster")));
  }
}
