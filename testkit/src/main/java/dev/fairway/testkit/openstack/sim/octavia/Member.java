// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Times;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One member of a pool; kept small, as there are a hundred thousand of them in a wide run.
final class Member {
  private final String id;
  private final String address;
  private final int port;
  private final Instant created;
  private String name = "";
  private int weight = 1;
  private boolean backup;
  private boolean enabled = true;
  private @Nullable String subnet;
  private int monitorPort;
  private @Nullable String monitorAddress;
  private List<String> tags = List.of();
  private @Nullable Instant updated;
  private String provisioning = Status.PENDING_CREATE;
  private String operating = Status.NO_MONITOR;

  Member(String id, JsonNode wanted, boolean monitored, Instant now) {
    this.id = id;
    this.address = wanted.path("address").asText().intern();
    this.port = wanted.path("protocol_port").asInt();
    this.created = now;
    this.operating = monitored ? Status.OFFLINE : Status.NO_MONITOR;
    replace(wanted);
  }

  static String key(JsonNode wanted) {
    return wanted.path("address").asText() + " " + wanted.path("protocol_port").asInt();
  }

  String key() {
    return address + " " + port;
  }

  String id() {
    return id;
  }

  String address() {
    return address;
  }

  @Nullable String subnet() {
    return subnet;
  }

  boolean monitoredElsewhere() {
    return monitorPort > 0 || monitorAddress != null;
  }

  String provisioning() {
    return provisioning;
  }

  void provisioning(String status, Instant now) {
    provisioning = status;
    updated = now;
  }

  void operating(String status) {
    operating = status;
  }

  /// What a batch does to a member that is there: what it leaves out, but for name and tags, goes
  /// back to its default.
  void replace(JsonNode wanted) {
    weight = 1;
    backup = false;
    enabled = true;
    monitorPort = 0;
    monitorAddress = null;
    merge(wanted);
  }

  /// What a PUT of this one member does.
  void merge(JsonNode wanted) {
    name = wanted.path("name").asText(name).intern();
    if (wanted.has("weight")) {
      weight = wanted.path("weight").asInt(1);
    }
    if (wanted.has("backup")) {
      backup = wanted.path("backup").asBoolean();
    }
    if (wanted.has("admin_state_up")) {
      enabled = wanted.path("admin_state_up").asBoolean();
    }
    if (wanted.hasNonNull("subnet_id")) {
      subnet = wanted.path("subnet_id").asText().intern();
    }
    if (wanted.has("monitor_port")) {
      monitorPort = wanted.path("monitor_port").asInt();
    }
    if (wanted.has("monitor_address")) {
      monitorAddress = text(wanted.path("monitor_address"));
    }
    if (wanted.has("tags")) {
      tags = Json.texts(wanted.path("tags"));
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isNull() ? null : node.asText();
  }

  ObjectNode view(String project) {
    var view = Json.object().put("id", id).put("name", name);
    view.put(Status.OPERATING, operating).put(Status.PROVISIONING, provisioning);
    view.put("admin_state_up", enabled).put("address", address).put("protocol_port", port);
    view.put("weight", weight).put("backup", backup).put("subnet_id", subnet);
    view.put("project_id", project).put("tenant_id", project);
    view.put("created_at", Times.octavia(created));
    view.put("updated_at", updated == null ? null : Times.octavia(updated));
    view.put("monitor_address", monitorAddress);
    view.put("monitor_port", monitorPort == 0 ? null : (Integer) monitorPort);
    view.set("tags", Json.texts(tags));
    return view.put("vnic_type", "normal");
  }

  /// As the status tree shows it.
  ObjectNode status() {
    return Json.object()
        .put("id", id)
        .put("name", name)
        .put(Status.OPERATING, operating)
        .put(Status.PROVISIONING, provisioning)
        .put("address", address)
        .put("protocol_port", port);
  }
}
