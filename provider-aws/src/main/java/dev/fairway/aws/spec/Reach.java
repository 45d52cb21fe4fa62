// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.IpAddress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How the traffic of a frontend reaches what serves it.
///
/// @param family of the targets
/// @param dualstack whether clients come by IPv6 too
record Reach(TargetType type, IpFamily family, boolean dualstack) {

  /// The frontends that can be reached.
  List<Frontend> reachable(List<Frontend> all, Findings findings) {
    var left = all.stream().filter(frontend -> obstacle(frontend).isEmpty()).toList();
    all.forEach(frontend ->
        obstacle(frontend)
            .map(note -> left.isEmpty() ? decisive(note) : note)
            .ifPresent(findings::add));
    return left;
  }

  private Optional<Note> obstacle(Frontend frontend) {
    if (type == TargetType.INSTANCE && frontend.backend().nodePort().isEmpty()) {
      return Optional.of(
          Note.warning(
              "NodePortMissing",
              "%s has no node port, by which targets of type instance are reached"
                  .formatted(Slots.text(frontend)),
              "set spec.allocateLoadBalancerNodePorts to true, or annotation %s to ip"
                  .formatted(TargetAnnotations.TYPE.key())));
    }
    // API reference, LoadBalancer: EnablePrefixForIpv6SourceNat.
    if (dualstack && frontend.protocol() == Protocol.UDP) {
      return Optional.of(
          Note.warning(
              "PortNotServed",
              "%s is not served, because a dualstack load balancer takes UDP only with IPv6 prefixes"
                      .formatted(Slots.text(frontend))
                  + " for source NAT, which Fairway does not give it",
              "put UDP into a Service with %s: ipv4"
                  .formatted(LoadBalancerAnnotations.ADDRESS_TYPE.key())));
    }
    return Optional.empty();
  }

  // Where not one port can be served, each of the reasons is one not to serve at all.
  private static Note decisive(Note note) {
    return Note.blocking(note.code(), note.message(), note.fix());
  }

  /// Whether two frontends go to the same targets at the same ports.
  boolean same(Frontend one, Frontend other) {
    return switch (type) {
      case INSTANCE -> one.backend().nodePort().equals(other.backend().nodePort());
      case IP -> pods(one).equals(pods(other));
    };
  }

  /// The ports at which the targets of a frontend take its traffic; none while there is no target.
  List<Integer> ports(Frontend frontend) {
    return switch (type) {
      case INSTANCE -> nodePort(frontend).boxed().toList();
      case IP -> pods(frontend).stream().map(TargetId::port).distinct().toList();
    };
  }

  /// The port in the description of a target group, for which nodes and pods are opened: the lowest
  /// of the pods, and that of the listener while there are none.
  int portOfGroup(Frontend frontend) {
    return ports(frontend).stream().min(Integer::compare).orElse(frontend.port());
  }

  /// The pods that serve a frontend, as targets, sorted.
  List<TargetId> pods(Frontend frontend) {
    return frontend.backend().endpoints().orElse(List.of()).stream()
        .filter(endpoint -> endpoint.family() == family)
        .map(Reach::target)
        .distinct()
        .sorted()
        .toList();
  }

  // ELBv2 answers with IPv6 addresses in the form of RFC 5952.
  private static TargetId target(Endpoint endpoint) {
    return new TargetId(
        IpAddress.parse(endpoint.address()).map(IpAddress::toString).orElse(endpoint.address()),
        endpoint.port());
  }

  private static IntStream nodePort(Frontend frontend) {
    return frontend.backend().nodePort().stream();
  }
}
