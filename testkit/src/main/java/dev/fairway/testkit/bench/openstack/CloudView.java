// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.bench.Inventory;
import dev.fairway.testkit.openstack.lab.LabCaller;
import dev.fairway.testkit.process.Until;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Looks into OpenStack past the proxy, so that it counts for nobody.
final class CloudView {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final Tenancy tenancy;
  private final LabCaller caller;

  CloudView(Tenancy tenancy) {
    this.tenancy = tenancy;
    this.caller = LabCaller.login(tenancy.authUrl(), tenancy.login());
  }

  /// Counts all there is.
  ///
  /// @throws IllegalStateException when OpenStack does not say
  Inventory<CloudKind> take() {
    return new Inventory<>(
        Map.of(
            CloudKind.LOAD_BALANCER,
            balancers("loadbalancers", "id").size(),
            CloudKind.LISTENER,
            balancers("listeners", "id").size(),
            CloudKind.POOL,
            balancers("pools", "id").size(),
            CloudKind.HEALTH_MONITOR,
            balancers("healthmonitors", "id").size(),
            CloudKind.FLOATING_IP,
            networks("floatingips").size(),
            CloudKind.SECURITY_GROUP,
            networks("security-groups").size()));
  }

  /// The provisioning status of each load balancer.
  List<JsonNode> statuses() {
    return balancers("loadbalancers", "name", "provisioning_status");
  }

  /// The ids of all pools.
  List<String> pools() {
    return balancers("pools", "id").stream().map(CloudView::id).toList();
  }

  /// How many members a pool has.
  int members(String pool) {
    return balancers("pools/" + pool + "/members", "id").size();
  }

  /// Deletes all there is, and waits until it is gone. The project's own security group stays.
  void wipe() {
    Until.isTrue(
        "OpenStack to be empty",
        LIMIT,
        () -> {
          var left = balancers("loadbalancers", "id");
          left.forEach(one -> delete(octavia("loadbalancers/" + id(one) + "?cascade=true")));
          if (!left.isEmpty()) {
            Until.pause(PAUSE);
          }
          return left.isEmpty();
        });
    networks("floatingips").forEach(ip -> delete(neutron("floatingips/" + id(ip))));
    networks("security-groups").stream()
        .filter(group -> !group.path("name").asText().equals("default"))
        .forEach(group -> delete(neutron("security-groups/" + id(group))));
  }

  private void delete(URI uri) {
    var answer = caller.delete(uri);
    // It is gone by now, or still at work; then it is asked for again.
    if (answer.status() != NOT_FOUND && answer.status() != CONFLICT) {
      var _ = answer.accepted();
    }
  }

  private List<JsonNode> balancers(String kind, String... fields) {
    var query = "?fields=" + String.join("&fields=", fields);
    var plural = kind.substring(kind.lastIndexOf('/') + 1);
    return entries(octavia(kind + query), plural);
  }

  private List<JsonNode> networks(String kind) {
    return entries(neutron(kind), kind.replace('-', '_'));
  }

  private List<JsonNode> entries(URI uri, String plural) {
    var list = caller.get(uri).accepted().required(plural);
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  private URI octavia(String rest) {
    return URI.create(tenancy.loadBalancers() + "/v2/lbaas/" + rest);
  }

  private URI neutron(String rest) {
    return URI.create(tenancy.network() + "/v2.0/" + rest);
  }

  private static String id(JsonNode entry) {
    return entry.required("id").asText();
  }
}
