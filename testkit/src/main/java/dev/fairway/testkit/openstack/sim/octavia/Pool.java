// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pool with its members and its monitor.
final class Pool implements Part {
  private final Balancer balancer;
  private final ObjectNode row;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private @Nullable Monitor monitor;

  /// Whether the change that it is in ends in `ERROR`.
  boolean failing;

  Pool(Balancer balancer, ObjectNode row) {
    this.balancer = balancer;
    this.row = row;
  }

  @Override
  public ObjectNode row() {
    return row;
  }

  @Override
  public Balancer balancer() {
    return balancer;
  }

  /// By address and port.
  Map<String, Member> members() {
    return members;
  }

  Optional<Monitor> monitor() {
    return Optional.ofNullable(monitor);
  }

  void monitor(@Nullable Monitor next) {
    monitor = next;
  }

  String protocol() {
    return row.path("protocol").asText();
  }

  List<Listener> listeners() {
    return balancer.listeners().values().stream()
        .filter(listener -> listener.row().path("default_pool_id").asText().equals(id()))
        .toList();
  }

  @Override
  public ObjectNode view() {
    var view = row.deepCopy();
    view.putArray("loadbalancers").addObject().put("id", balancer.id());
    Balancer.ids(view.putArray("listeners"), listeners().stream().map(Part::id).toList());
    Balancer.ids(view.putArray("members"), members.values().stream().map(Member::id).toList());
    // Left out, unlike everything else, when there is none.
    return monitor == null ? view : view.put("healthmonitor_id", monitor.id());
  }

  /// With members and monitor in full.
  ObjectNode graph() {
    var view = row.deepCopy();
    Balancer.ids(view.putArray("listeners"), listeners().stream().map(Part::id).toList());
    var shown = view.putArray("members");
    members.values().forEach(member -> shown.add(member.view(project())));
    if (monitor != null) {
      view.set("healthmonitor", monitor.row().deepCopy());
    }
    return view;
  }
}
