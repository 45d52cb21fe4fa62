// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The attributes of target groups.
final class GroupAttributes {
  private final Findings findings;
  private final Map<String, String> ofAll;
  private final Map<String, Map<String, String>> ofPorts;
  private final boolean proxyProtocol;
  private final Optional<Predicate<Frontend>> proxyPorts;

  GroupAttributes(List<Frontend> frontends, Findings findings) {
    this.findings = findings;
    var ports = new Ports(frontends);
    var unknown = new AttributeNotes(KnownAttributes.OF_TARGET_GROUPS, findings);
    ofAll = findings.read(TargetAnnotations.ATTRIBUTES).orElse(Map.of());
    ofPorts = findings.readAll(TargetAnnotations.PORT_ATTRIBUTES);
    proxyProtocol = findings.read(TargetAnnotations.PROXY_PROTOCOL).isPresent();
    proxyPorts =
        findings
            .read(TargetAnnotations.PROXY_PROTOCOL_PORTS)
            .map(list -> ports.selected(TargetAnnotations.PROXY_PROTOCOL_PORTS, list, findings));
    unknown.tell(TargetAnnotations.ATTRIBUTES.key(), ofAll);
    ofPorts.forEach((port, attributes) -> {
      unknown.tell(keyOf(port), attributes);
      if (frontends.stream().noneMatch(frontend -> port(frontend).equals(port))) {
        findings.add(
            Note.warning(
                "PortNotFound",
                "annotation %s is for a port that no Service of the load balancer has"
                    .formatted(keyOf(port)),
                "write one of %s"
                    .formatted(frontends.stream().map(GroupAttributes::port).distinct().toList())));
      }
    });
  }

  private static String keyOf(String port) {
    return TargetAnnotations.ATTRIBUTES.key() + "." + port;
  }

  private static String port(Frontend frontend) {
    return Integer.toString(frontend.port());
  }

  /// @param protocol of the target group
  SortedMap<String, String> of(Slot slot, ListenerProtocol protocol) {
    var attributes = new TreeMap<>(ofAll);
    attributes.putAll(ofPorts.getOrDefault(port(slot.first()), Map.of()));
    proxyPorts.ifPresent(ports ->
        attributes.put(
            KnownAttributes.PROXY_PROTOCOL,
            Boolean.toString(slot.frontends().stream().anyMatch(ports))));
    if (proxyProtocol) {
      attributes.put(KnownAttributes.PROXY_PROTOCOL, "true");
    }
    attributes.putIfAbsent(KnownAttributes.PROXY_PROTOCOL, "false");
    keepClients(slot, protocol, attributes);
    checkClientAddress(slot, protocol, attributes);
    return attributes;
  }

  // `sessionAffinity: ClientIP`. ELBv2 has no stickiness for TLS (user guide, "Sticky sessions").
  private void keepClients(Slot slot, ListenerProtocol protocol, Map<String, String> attributes) {
    if (slot.first().traffic().clientIpAffinity().isEmpty()) {
      return;
    }
    if (slot.protocol() == ListenerProtocol.TLS || protocol == ListenerProtocol.TLS) {
      findings.add(
          Note.warning(
              "NotApplied",
              "sessionAffinity ClientIP is not applied to port %d: AWS has no stickiness for TLS"
                  .formatted(slot.port()),
              "set sessionAffinity: None, or leave TLS on that port to the pods"));
      return;
    }
    attributes.putIfAbsent(KnownAttributes.STICKINESS, "true");
    attributes.putIfAbsent(KnownAttributes.STICKINESS_TYPE, "source_ip");
  }

  // API reference, TargetGroupAttribute: for UDP it is always on.
  private void checkClientAddress(
      Slot slot, ListenerProtocol protocol, Map<String, String> attributes) {
    var carriesUdp = protocol == ListenerProtocol.UDP || protocol == ListenerProtocol.TCP_UDP;
    if (!carriesUdp
        || !attributes.getOrDefault(KnownAttributes.PRESERVE_CLIENT_IP, "true").equals("false")) {
      return;
    }
    var ofPort = ofPorts.getOrDefault(port(slot.first()), Map.of());
    findings.invalid(
        ofPort.containsKey(KnownAttributes.PRESERVE_CLIENT_IP)
            ? keyOf(port(slot.first()))
            : TargetAnnotations.ATTRIBUTES.key(),
        "has %s=false, which UDP on port %d cannot have"
            .formatted(KnownAttributes.PRESERVE_CLIENT_IP, slot.port()),
        "write %s: '%s=true'"
            .formatted(keyOf(port(slot.first())), KnownAttributes.PRESERVE_CLIENT_IP));
  }
}
