// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.CallFailed;
import dev.fairway.openstack.cloud.connect.Lane;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.cloud.connect.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Octavia makes the port of a load balancer before it looks whether it will make that, and leaves
/// the port behind when it does not: one address of the subnet for each attempt. What was left so
/// is deleted, when load balancers of ours were refused, long after.
final class VipPorts {
  private static final Logger LOG = LoggerFactory.getLogger(VipPorts.class);
  private static final String PORTS = "/ports";
  private static final String OWNER = "Octavia";
  private static final Pattern NAME = Pattern.compile("octavia-lb-([0-9a-f-]{36})");

  // Longer than any request takes: until it ends, its load balancer is not to be seen.
  private static final Duration LONG = Duration.ofMinutes(10);

  private final OpenStackApi api;
  private final OctaviaReads octavia;
  private final InstantSource clock;
  private Optional<Instant> dueAt = Optional.empty();

  VipPorts(OpenStackApi api, OctaviaReads octavia, InstantSource clock) {
    this.api = api;
    this.octavia = octavia;
    this.clock = clock;
  }

  /// A load balancer was not made.
  synchronized void refused(CloudException e) {
    if (CallFailed.of(e).filter(failed -> failed.fate() != CallFailed.Fate.NOT_SENT).isPresent()
        && dueAt.isEmpty()) {
      dueAt = Optional.of(clock.instant().plus(LONG));
    }
  }

  private synchronized boolean due() {
    var due = dueAt.filter(at -> !at.isAfter(clock.instant())).isPresent();
    if (due) {
      dueAt = Optional.empty();
    }
    return due;
  }

  private synchronized void again() {
    dueAt = Optional.of(clock.instant().plus(LONG));
  }

  /// Looks for them once, if it is time. One list of ports, one of load balancers, and two calls
  /// for each that is deleted.
  void sweep(BooleanSupplier mayWrite) {
    if (!due()) {
      return;
    }
    try {
      // Ports first: a load balancer that is made in between is in the second list.
      var ports =
          api.list(
              Call.of(Operation.LIST_PORTS, PORTS)
                  .in(Lane.BACKGROUND)
                  .with("device_owner", OWNER)
                  .with("fields", "id")
                  .with("fields", "name")
                  .with("fields", "device_id")
                  .with("fields", "device_owner")
                  .with("fields", "created_at"),
              "ports");
      var balancers =
          octavia.balancers(Lane.BACKGROUND).stream()
              .map(listed -> listed.balancer().id())
              .collect(Collectors.toSet());
      var before = clock.instant().minus(LONG);
      for (var port : ports) {
        var balancer = balancer(port);
        if (balancer.filter(id -> !balancers.contains(id)).isPresent()
            && createdAt(port).filter(at -> at.isBefore(before)).isPresent()
            && mayWrite.getAsBoolean()) {
          delete(port.path("id").asText(), balancer.get());
        } else if (balancer.filter(id -> !balancers.contains(id)).isPresent()) {
          again();
        }
      }
    } catch (CloudException e) {
      again();
      throw e;
    }
  }

  // Those of other projects may be seen by some, but not their load balancers: so it is asked for
  // by
  // its id, and only "there is none" counts.
  private void delete(String port, String balancer) {
    var there =
        api.get(
            Call.of(Operation.GET_LOAD_BALANCER, OctaviaReads.BALANCERS + "/" + balancer)
                .in(Lane.BACKGROUND));
    if (there.isEmpty()
        && api.delete(Call.of(Operation.DELETE_PORT, PORTS + "/" + port).in(Lane.BACKGROUND))) {
      LOG.info(
          "deleted port {}, which was made for load balancer {}, which never was", port, balancer);
    }
  }

  private static Optional<String> balancer(JsonNode port) {
    var name = NAME.matcher(Json.textOr(port, "name", ""));
    return name.matches()
            && Json.textOr(port, "device_owner", "").equals(OWNER)
            && Json.textOr(port, "device_id", "").equals("lb-" + name.group(1))
        ? Optional.of(name.group(1))
        : Optional.empty();
  }

  private static Optional<Instant> createdAt(JsonNode port) {
    try {
      return Json.text(port, "created_at").map(Instant::parse);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
