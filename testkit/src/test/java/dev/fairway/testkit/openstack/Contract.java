// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.pollinterval.IterativePollInterval.iterative;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.pollinterval.PollInterval;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the parts of the contract have in common: a tenant, and load balancers and floating IPs
/// that go away after each test.
abstract class Contract {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

  private final List<String> balancers = new ArrayList<>();
  private final List<String> floatingIps = new ArrayList<>();
  private Tenant tenant = Tenant.NOBODY;

  abstract OpenStackSeed seed();

  @BeforeEach
  final void logIn() {
    tenant = Tenant.of(seed(), "demo");
  }

  @AfterEach
  void cleanUp() {
    floatingIps.forEach(id -> tenant.neutron("DELETE", "/floatingips/" + id));
    for (var id : balancers) {
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(growing())
          .until(() -> octavia("DELETE", "/loadbalancers/" + id + "?cascade=true"), Contract::gone);
    }
  }

  /// Short enough for a simulation, and no burden for a real one: an answer of Octavia takes as
  /// much of the processor as a step of the work that is waited for.
  private static PollInterval growing() {
    return iterative(
        last -> last.compareTo(LONGEST_PAUSE) < 0 ? last.multipliedBy(5) : LONGEST_PAUSE,
        Duration.ofMillis(2));
  }

  private static boolean gone(Answer answer) {
    return answer.status() == 204
        || answer.status() == 404
        || answer.error().orElse("").contains("PENDING_DELETE");
  }

  final Tenant tenant() {
    return tenant;
  }

  final Tenant admin() {
    return Tenant.of(seed(), "admin");
  }

  final Answer octavia(String method, String path) {
    return tenant.octavia(method, path);
  }

  /// Single quotes in `body` stand for double ones.
  final Answer octavia(String method, String path, String body, Object... values) {
    return tenant.octavia(method, path, body.replace('\'', '"').formatted(values));
  }

  final Answer neutron(String method, String path) {
    return tenant.neutron(method, path);
  }

  /// Single quotes in `body` stand for double ones.
  final Answer neutron(String method, String path, String body, Object... values) {
    return tenant.neutron(method, path, body.replace('\'', '"').formatted(values));
  }

  /// A load balancer that is `ACTIVE`: the answer to its POST.
  ///
  /// @param attributes with a comma after each
  final JsonNode balancer(String attributes, Object... values) {
    var made = posted(attributes, values);
    active(id(made));
    return made;
  }

  /// The same, still `PENDING_CREATE` perhaps.
  final JsonNode posted(String attributes, Object... values) {
    return Tenant.row(post(attributes, values), "loadbalancer");
  }

  /// The answer to a POST, whatever it is.
  final Answer post(String attributes, Object... values) {
    var body = "{'loadbalancer': {" + attributes + " 'vip_subnet_id': '" + seed().privateSubnet();
    var answer = octavia("POST", "/loadbalancers", body + "'}}", values);
    if (answer.ok()) {
      balancers.add(id(answer.json().path("loadbalancer")));
    }
    return answer;
  }

  /// One listener with one pool.
  final JsonNode oneListener() {
    return balancer(
        "'listeners': [{'name': 'l', 'protocol': 'TCP', 'protocol_port': 80, 'default_pool':"
            + " {'name': 'p', 'protocol': 'TCP', 'lb_algorithm': 'ROUND_ROBIN'}}],");
  }

  final void active(String balancer) {
    await("load balancer to become ACTIVE")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(growing())
        .until(
            () -> row("/loadbalancers/" + balancer).path("provisioning_status").asText(),
            "ACTIVE"::equals);
  }

  /// Until the load balancer's time of change is a later one. It is told in whole seconds: two
  /// changes within one leave it as it is, so the change is made again.
  final void movesTheTime(String balancer, Runnable change) {
    var before = timeOfChange(balancer);
    await("time of change to move")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(LONGEST_PAUSE)
        .until(
            () -> {
              change.run();
              return timeOfChange(balancer);
            },
            now -> now.compareTo(before) > 0);
  }

  private String timeOfChange(String balancer) {
    return row("/loadbalancers/" + balancer).path("updated_at").asText();
  }

  /// Until it is not there any more.
  final void gone(String balancer) {
    await("load balancer to be gone")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(growing())
        .until(() -> octavia("GET", "/loadbalancers/" + balancer).status(), s -> s == 404);
  }

  /// Until it is in `ERROR`.
  final void failed(String balancer) {
    await("load balancer to fail")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(growing())
        .until(
            () -> row("/loadbalancers/" + balancer).path("provisioning_status").asText(),
            "ERROR"::equals);
  }

  /// Single quotes stand for double ones.
  static JsonNode json(String text, Object... values) {
    return Json.read(text.formatted(values).replace('\'', '"'));
  }

  /// The object at a path of the load balancer service.
  final JsonNode row(String path) {
    var answer = octavia("GET", path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.json().iterator().next();
  }

  final JsonNode floatingIp(String attributes, Object... values) {
    var made = Tenant.row(postFloatingIp(attributes, values), "floatingip");
    floatingIps.add(id(made));
    return made;
  }

  /// The answer to a POST, whatever it is.
  final Answer postFloatingIp(String attributes, Object... values) {
    var body = "{'floatingip': {" + attributes + " 'floating_network_id': '";
    return neutron("POST", "/floatingips", body + seed().publicNetwork() + "'}}", values);
  }

  static String id(JsonNode row) {
    return row.path("id").asText();
  }

  static void refused(Answer answer, int status, String text) {
    assertThat(answer.error().orElse("") + " " + answer.body()).contains(text);
    assertThat(answer.status()).isEqualTo(status);
  }
}
