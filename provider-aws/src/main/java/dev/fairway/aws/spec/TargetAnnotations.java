// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Keys.theirs;

import dev.fairway.cloud.annotation.AnnotationFamily;
import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;
import java.util.Map;

/// Annotations about target groups and their targets.
final class TargetAnnotations {
  private TargetAnnotations() {}

  static final AnnotationSpec<TargetType> TYPE =
      theirs(
          "nlb-target-type",
          Syntax.oneOf("instance", "ip")
              .map(text -> text.equals("ip") ? TargetType.IP : TargetType.INSTANCE),
          "as configured",
          "Whether traffic goes to node ports of the nodes, or to the pods themselves.",
          "ip");

  static final AnnotationSpec<Map<String, String>> NODE_LABELS =
      theirs(
          "target-node-labels",
          Forms.pairs("labels as KEY=VALUE, separated by commas"),
          "all nodes",
          "Only nodes with all of these labels are targets. A key without a value stands for any"
              + " value.",
          "pool=edge");

  static final AnnotationSpec<Map<String, String>> ATTRIBUTES =
      theirs(
          "target-group-attributes",
          Forms.attributes(KnownAttributes.OF_TARGET_GROUPS),
          "those of AWS",
          "Attributes of all target groups.",
          "deregistration_delay.timeout_seconds=60");

  static final AnnotationFamily<Map<String, String>> PORT_ATTRIBUTES =
      theirs(
              "target-group-attributes",
              new Syntax<>(
                  ATTRIBUTES.syntax().description(),
                  text ->
                      text.isEmpty()
                          ? new Syntax.Good<>(Map.of())
                          : ATTRIBUTES.syntax().read(text)),
              "those of all target groups",
              "Attributes of the target group of one port: they come before those of all.",
              "proxy_protocol_v2.enabled=true")
          .family("PORT", Syntax.number(1, 65535), "80");

  static final AnnotationSpec<String> PROXY_PROTOCOL =
      theirs(
          "proxy-protocol",
          Syntax.oneOf("*"),
          "see attributes",
          "All targets are told the address of the client by proxy protocol v2. Comes before the"
              + " attributes.",
          "*");

  static final AnnotationSpec<List<PortSelector>> PROXY_PROTOCOL_PORTS =
      theirs(
          "proxy-protocol-per-target-group",
          Forms.list(PortSelector.one(), "numbers or names of ports, separated by commas"),
          "see attributes",
          "Proxy protocol v2 for these ports, and for no other. Comes before the attributes.",
          "80, https");

  static final List<AnnotationSpec<?>> ALL =
      List.of(TYPE, NODE_LABELS, ATTRIBUTES, PROXY_PROTOCOL, PROXY_PROTOCOL_PORTS);
}
