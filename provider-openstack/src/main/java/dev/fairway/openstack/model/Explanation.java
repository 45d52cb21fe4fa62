// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.cloud.Detail;
import java.util.ArrayList;
import java.util.List;

/// What is there and how it is, in lines for people.
final class Explanation {
  private Explanation() {}

  static List<Detail> of(OpenStackObserved seen) {
    var details = new ArrayList<Detail>();
    for (var balancer : seen.balancers()) {
      details.add(balancer(balancer));
      for (var ip : seen.leadingTo(balancer)) {
        details.add(
            new Detail(
                "floating IP " + ip.address(),
                Detail.State.OK,
                "leads to %s%s".formatted(balancer.vip().address(), ip.keep() ? ", is kept" : "")));
      }
      balancer.graph().ifPresent(graph -> details.addAll(parts(graph)));
    }
    return details;
  }

  private static Detail balancer(Balancer balancer) {
    var state =
        balancer.broken()
            ? Detail.State.FAILING
            : balancer.pending() ? Detail.State.WAITING : Detail.State.OK;
    return new Detail(
        "load balancer " + balancer.id(),
        state,
        "%s, %s, provider %s, address %s"
            .formatted(
                balancer.provisioning(),
                balancer.operating(),
                balancer.provider(),
                balancer.vip().address()));
  }

  private static List<Detail> parts(Graph graph) {
    var details = new ArrayList<Detail>();
    for (var listener : graph.listeners()) {
      details.add(
          new Detail(
              "listener %s/%d".formatted(listener.protocol(), listener.port()),
              state(listener.provisioning()),
              listener.allowedCidrs().isEmpty()
                  ? "%s, open to all".formatted(listener.provisioning())
                  : "%s, open to %s"
                      .formatted(
                          listener.provisioning(), String.join(", ", listener.allowedCidrs()))));
    }
    for (var pool : graph.pools()) {
      for (var member : pool.members().orElse(List.of())) {
        details.add(
            new Detail(
                "member %s:%d (%s)".formatted(member.address(), member.port(), member.name()),
                member(member),
                member.operating() + (member.weight() == 0 ? ", takes no new connections" : "")));
      }
    }
    return details;
  }

  private static Detail.State state(String provisioning) {
    return switch (provisioning) {
      case "ACTIVE" -> Detail.State.OK;
      case "ERROR" -> Detail.State.FAILING;
      default -> Detail.State.WAITING;
    };
  }

  private static Detail.State member(Pool.Member member) {
    return switch (member.operating()) {
      case "ERROR", "OFFLINE" -> Detail.State.FAILING;
      case "ONLINE", "NO_MONITOR", "DRAINING" -> Detail.State.OK;
      default -> Detail.State.WAITING;
    };
  }
}
