// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.Detail;
import dev.fairway.metal.cloud.Enquiry.Answers;
import dev.fairway.metal.look.Diagnosis;
import dev.fairway.metal.look.Evidence;
import dev.fairway.metal.model.Answering;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Has the VIPs of a load balancer looked at from their nodes, and says what is wrong with them.
final class Inspection implements AutoCloseable {
  /// Nodes that are asked besides those that may own the VIP: to them it is any neighbour's
  /// address.
  private static final int OTHERS = 2;

  /// Nodes that are asked because they were heard.
  private static final int SUSPECTS = 3;

  private final MetalWatch watch;
  private final Enquiry enquiry;

  Inspection(MetalWatch watch, Enquiry enquiry) {
    this.watch = watch;
    this.enquiry = enquiry;
  }

  List<Detail> of(MetalObserved seen) {
    return seen.vips().stream()
        .filter(vip -> !vip.owners().isEmpty())
        .flatMap(vip -> of(seen, vip).stream())
        .toList();
  }

  private List<Detail> of(MetalObserved seen, VipView vip) {
    var answering = Optional.ofNullable(seen.answering().get(vip.address()));
    var first = ask(vip.address(), witnesses(vip, answering));
    var evidence = evidence(seen, vip, answering, first);
    var suspects = evidence.heardWithoutLook().stream().limit(SUSPECTS).toList();
    if (!suspects.isEmpty()) {
      evidence = evidence(seen, vip, answering, first.plus(ask(vip.address(), suspects)));
    }
    return Diagnosis.of(evidence);
  }

  private Evidence evidence(
      MetalObserved seen, VipView vip, Optional<Answering> answering, Answers answers) {
    return new Evidence(
        vip.address(),
        vip.owners(),
        answering,
        seen.conflict(vip.address()),
        answers.looks(),
        answers.silent(),
        watch.speakers().stations());
  }

  private Set<String> witnesses(VipView vip, Optional<Answering> answering) {
    var nodes = new LinkedHashSet<>(vip.owners());
    answering.map(Answering::node).ifPresent(nodes::add);
    var links = watch.speakers().links();
    watch.speakers().alive().stream()
        .filter(node -> !nodes.contains(node))
        .filter(node ->
            links.getOrDefault(node, List.of()).stream()
                .anyMatch(link -> link.hasSubnetOf(vip.address())))
        .sorted()
        .limit(OTHERS)
        .forEach(nodes::add);
    return nodes;
  }

  private Answers ask(IpAddress vip, Collection<String> nodes) {
    Map<String, IpAddress> reached = new HashMap<>();
    Map<String, String> unknown = new HashMap<>();
    for (var node : nodes) {
      watch
          .nodeAddress(node)
          .ifPresentOrElse(
              address -> reached.put(node, address),
              () -> unknown.put(node, "its Node object has no InternalIP"));
    }
    return enquiry.ask(vip, reached).plus(new Answers(List.of(), unknown));
  }

  @Override
  public void close() {
    enquiry.close();
  }
}
