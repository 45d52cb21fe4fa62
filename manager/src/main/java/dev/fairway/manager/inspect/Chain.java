// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.Target;
import dev.fairway.manager.desired.NodeView;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ServiceView.Condition;
import dev.fairway.manager.inspect.Explanation.ConditionView;
import dev.fairway.manager.inspect.Explanation.LastError;
import dev.fairway.manager.inspect.Explanation.Port;
import dev.fairway.manager.inspect.Explanation.TargetView;
import dev.fairway.manager.inspect.Explanation.Wanted;
import dev.fairway.manager.inspect.Explanation.Work;
import dev.fairway.manager.queue.WorkQueue;
import dev.fairway.manager.reconcile.PassHistory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The links of an explanation, from what the controller knows: pure.
public final class Chain {
  private Chain() {}

  public static Optional<Wanted> wanted(ServiceView service, Desired desired) {
    return switch (desired) {
      case Desired.Absent _ -> Optional.empty();
      case Desired.Present present ->
          Optional.of(
              new Wanted(
                  present.frontends().stream().map(Chain::port).toList(),
                  present.addresses().families().stream().map(Object::toString).toList(),
                  present.addresses().addresses(),
                  service.spec().externalPolicy().name(),
                  service.spec().sourceRanges()));
    };
  }

  private static Port port(Frontend frontend) {
    var nodePort = frontend.backend().nodePort();
    return new Port(
        frontend.id(),
        frontend.service().toString(),
        nodePort.isPresent() ? Optional.of(nodePort.getAsInt()) : Optional.empty());
  }

  /// The conditions of ours on a Service.
  public static List<ConditionView> conditions(ServiceView service) {
    return Stream.of(Condition.SERVING, Condition.PROVISIONING)
        .flatMap(type ->
            service.status().conditions().stream()
                .filter(condition -> condition.type().equals(type)))
        .map(condition ->
            new ConditionView(
                condition.type(),
                condition.status(),
                condition.reason(),
                condition.message(),
                condition.observedGeneration() >= service.generation()))
        .toList();
  }

  /// @param endpointNodes names of the nodes with a ready endpoint
  public static List<TargetView> targets(
      List<NodeView> nodes, Backends backends, Set<String> endpointNodes) {
    var draining = backends.draining().stream().map(Target::node).collect(Collectors.toSet());
    return nodes.stream()
        .map(node ->
            new TargetView(
                node.name(),
                node.eligible(),
                node.ineligible(),
                draining.contains(node.name()),
                node.ready(),
                endpointNodes.contains(node.name())))
        .toList();
  }

  public static Work work(WorkQueue.Place place, Optional<PassHistory.Entry> history) {
    return new Work(
        state(place),
        place.workingSince().or(place::waitingSince),
        place.due(),
        history.map(PassHistory.Entry::last),
        history.map(PassHistory.Entry::succeeded).orElse(false),
        history.flatMap(PassHistory.Entry::error).map(Chain::error));
  }

  private static Work.State state(WorkQueue.Place place) {
    if (place.workingSince().isPresent()) {
      return Work.State.WORKING;
    }
    return place.waitingSince().isPresent() ? Work.State.WAITING : Work.State.RESTING;
  }

  private static LastError error(PassHistory.Failure failure) {
    return new LastError(
        failure.reason(), failure.message(), failure.first(), failure.last(), failure.count());
  }
}
