// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.stream.IntStream;

/// How the traffic of a frontend reaches what serves it.
///
/// @param family of the targets
record Reach(TargetType type, IpFamily family) {

  /// The frontends that can be reached. Nodes are reached by node ports alone.
  List<Frontend> reachable(List<Frontend> all, Findings findings) {
    var with = all.stream().filter(frontend -> !lacksNodePort(frontend)).toList();
    all.stream()
        .filter(this::lacksNodePort)
        .forEach(frontend -> findings.add(noNodePort(frontend, with.isEmpty())));
    return with;
  }

  private boolean lacksNodePort(Frontend frontend) {
    return type == TargetType.INSTANCE && frontend.backend().nodePort().isEmpty();
  }

  private static Note noNodePort(Frontend frontend, boolean nothingElse) {
    var message =
        "%s has no node port, by which targets of type instance are reached"
            .formatted(Slots.text(frontend));
    var fix =
        "set spec.allocateLoadBalancerNodePorts to true, or annotation %s to ip"
            .formatted(TargetAnnotations.TYPE.key());
    return nothingElse
        ? Note.blocking("NodePortMissing", message, fix)
        : Note.warning("NodePortMissing", message, fix);
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

  /// The port in the description of a target group, which cannot be changed; each target has its
  /// own. That of pods may be another one tomorrow, so that of the listener stands there.
  int portOfGroup(Frontend frontend) {
    return switch (type) {
      case INSTANCE -> nodePort(frontend).findFirst().orElse(frontend.port());
      case IP -> frontend.port();
    };
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
