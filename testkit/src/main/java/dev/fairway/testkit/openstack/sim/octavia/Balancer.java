// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A load balancer with its children.
final class Balancer implements Part {
  private final ObjectNode row;
  private final boolean ownsPort;
  private final Map<String, Listener> listeners = new LinkedHashMap<>();
  private final Map<String, Pool> pools = new LinkedHashMap<>();

  /// When the change under way is done; null for none.
  @Nullable Instant due;

  /// Whether the change under way, or the next one, never ends.
  boolean held;

  /// When what was made with it is done, if it is that later.
  @Nullable Instant partsDue;

  /// Whether the change under way fails.
  boolean failing;

  /// @param ownsPort whether the VIP's port goes with it
  Balancer(ObjectNode row, boolean ownsPort) {
    this.row = row;
    this.ownsPort = ownsPort;
  }

  @Override
  public ObjectNode row() {
    return row;
  }

  @Override
  public Balancer balancer() {
    return this;
  }

  boolean ownsPort() {
    return ownsPort;
  }

  Map<String, Listener> listeners() {
    return listeners;
  }

  Map<String, Pool> pools() {
    return pools;
  }

  String provider() {
    return row.path("provider").asText();
  }

  String port() {
    return row.path("vip_port_id").asText();
  }

  /// The VIP and the additional ones.
  List<String> addresses() {
    var addresses = new ArrayList<String>();
    addresses.add(row.path("vip_address").asText());
    row.path("additional_vips").forEach(vip -> addresses.add(vip.path("ip_address").asText()));
    return addresses;
  }

  @Override
  public ObjectNode view() {
    var view = row.deepCopy();
    ids(view.putArray("listeners"), listeners.keySet());
    ids(view.putArray("pools"), pools.keySet());
    return view;
  }

  /// With all children in full, as the answer to a POST shows it.
  ObjectNode graph() {
    var view = row.deepCopy();
    var shownListeners = view.putArray("listeners");
    listeners.values().forEach(listener -> shownListeners.add(listener.view()));
    var shownPools = view.putArray("pools");
    pools.values().forEach(pool -> shownPools.add(pool.graph()));
    return view;
  }

  static void ids(ArrayNode array, Collection<String> ids) {
    ids.forEach(id -> array.addObject().put("id", id));
  }
}
