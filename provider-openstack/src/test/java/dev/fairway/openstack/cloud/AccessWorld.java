// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.cloud.Meters;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.ProviderEvents;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.model.Traffic;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.config.CredentialsFile;
import dev.fairway.openstack.config.OpenStackSettings;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.plan.OpenStackPlanner;
import dev.fairway.openstack.plan.Setup;
import dev.fairway.testkit.conformance.Examples;
import dev.fairway.testkit.openstack.Calls;
import dev.fairway.testkit.openstack.OpenStackProxy;
import dev.fairway.testkit.openstack.OpenStackSeed;
import dev.fairway.testkit.openstack.SimulatedOpenStack;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Query;
import dev.fairway.testkit.openstack.http.Request;
import dev.fairway.testkit.openstack.sim.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/// A simulated OpenStack with nodes, and controllers whose nodes have a security group of ours.
final class AccessWorld implements AutoCloseable {
  static final String OVN = "lb-provider = ovn\nlb-method = SOURCE_IP_PORT";
  private static final int ROUNDS = 50;

  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  final InstantSource clock = () -> now;
  final SimulatedOpenStack openstack = SimulatedOpenStack.start(0, clock);
  final OpenStackProxy proxy = OpenStackProxy.start(openstack.authUrl());
  final OpenStackSeed seed = openstack.seed().behind(proxy.authUrl());
  final AtomicBoolean mayWrite = new AtomicBoolean(true);
  private final List<Controller> controllers = new ArrayList<>();

  void pass(Duration time) {
    now = now.plus(time);
  }

  /// The calls that this makes.
  Calls during(Runnable work) {
    var mark = proxy.calls().mark();
    work.run();
    return proxy.calls().since(mark);
  }

  /// A node of the tenant; its address.
  String node(String name) {
    var port = openstack.putNode(name);
    return port(port).path("fixed_ips").path(0).path("ip_address").asText();
  }

  ObjectNode port(String id) {
    return openstack.neutron(neutron -> neutron.port(tenant(), id).orElseThrow());
  }

  /// Asks the network service as the tenant does, but past the proxy.
  JsonNode ask(String method, String path, String query, String body) {
    var request = new Request(method, "/v2.0/" + path, Query.of(query), Map.of(), body);
    return openstack.neutron(neutron -> Json.read(neutron.send(tenant(), request).body()));
  }

  Caller tenant() {
    return new Caller(seed.project(), false);
  }

  /// The port of a node, as it is now; a change of it is one of the port.
  ObjectNode portOf(String address) {
    return port(
        ask("GET", "ports", "fixed_ips=ip_address%3D" + address, "")
            .path("ports")
            .path(0)
            .path("id")
            .asText());
  }

  List<String> groupsAt(String address) {
    return Json.texts(portOf(address).path("security_groups"));
  }

  List<JsonNode> groups() {
    return ask("GET", "security-groups", "", "").path("security_groups").valueStream().toList();
  }

  /// What all groups let in, as in `tcp 30080-30080 0.0.0.0/0`.
  List<String> rules() {
    return groups().stream()
        .flatMap(group -> group.path("security_group_rules").valueStream())
        .filter(rule -> rule.path("direction").asText().equals("ingress"))
        .map(rule ->
            "%s %s-%s %s"
                .formatted(
                    rule.path("protocol").asText(),
                    rule.path("port_range_min").asText(),
                    rule.path("port_range_max").asText(),
                    rule.path("normalized_cidr").asText()))
        .toList();
  }

  Controller controller(String cluster, String... options) {
    var controller = new Controller(new ClusterId(cluster), String.join("\n", options));
    controllers.add(controller);
    return controller;
  }

  /// A Service `shop/NAME`.
  ///
  /// @param port as in `TCP/80@30080`
  static Present service(String name, String port, List<String> nodes, String... ranges) {
    var example = Examples.with(LoadBalancerKey.ofService("shop", name), List.of(port), 1);
    return new Present(
        example.key(),
        example.services(),
        example.frontends().stream().map(one -> from(one, List.of(ranges))).toList(),
        example.addresses(),
        Backends.of(
            nodes.stream()
                .map(ip -> new Target("node-" + ip, List.of(ip), Optional.empty(), true, Map.of()))
                .toList()),
        Map.of());
  }

  /// The same on a load balancer that is there already.
  static Present on(String balancer, Present present) {
    return new Present(
        present.key(),
        present.services(),
        present.frontends(),
        present.addresses(),
        present.backends(),
        Map.of("fairway.dev/openstack-load-balancer", balancer));
  }

  /// The ids of all load balancers.
  List<String> balancers() {
    return controllers.stream()
        .flatMap(one -> one.cloud.list().stream())
        .flatMap(seen -> seen.balancers().stream())
        .map(Balancer::id)
        .distinct()
        .toList();
  }

  private static Frontend from(Frontend one, List<String> ranges) {
    return new Frontend(
        one.service(),
        one.name(),
        one.protocol(),
        one.port(),
        one.appProtocol(),
        one.backend(),
        new Traffic(one.traffic().externalPolicy(), ranges, one.traffic().clientIpAffinity()));
  }

  @Override
  public void close() {
    controllers.forEach(one -> one.cloud.close());
    proxy.close();
    openstack.close();
  }

  /// A process that has just started.
  final class Controller {
    final OpenStackCloud cloud;
    final OpenStackPlanner planner;
    private final LinkedBlockingQueue<LoadBalancerKey> told = new LinkedBlockingQueue<>();

    private Controller(ClusterId cluster, String options) {
      var settings =
          OpenStackSettings.parse(
              Map.of(
                  "cloudConfig",
                  conf(options).toString(),
                  "requestsPerSecond",
                  "1000",
                  "burst",
                  "1000",
                  "pollMillis",
                  "20"));
      var conf = settings.readCloudConf(Map.of());
      this.planner =
          new OpenStackPlanner(new Setup(cluster, cluster.value(), conf.options(), conf.classes()));
      this.cloud =
          new OpenStackCloud(
              new ProviderContext(cluster, Map.of(), events(), mayWrite::get, noMeters(), clock),
              OpenStackApi.connect(
                  settings,
                  new CredentialsFile(settings, Map.of(), Path.of(""), clock),
                  clock,
                  new Random(1),
                  noMeters()),
              cluster.value(),
              conf.options().manageSecurityGroups(),
              Duration.ofMillis(20));
    }

    /// Plans and applies until nothing is left to do.
    OpenStackObserved reach(Desired desired) {
      for (var round = 0; round < ROUNDS; round++) {
        var seen = cloud.observe(desired.key());
        var plan = planner.plan(desired, seen);
        try {
          for (var action : plan.actions()) {
            seen = cloud.apply(action, desired.key());
          }
          var rest = planner.plan(desired, seen);
          if (rest.actions().isEmpty() && rest.await().isEmpty()) {
            return seen;
          }
        } catch (CloudException.NotReady _) {
          // comes again
        }
        awaitNews();
      }
      throw new AssertionError("no end: " + planner.plan(desired, cloud.observe(desired.key())));
    }

    List<String> plan(Desired desired) {
      return planner.plan(desired, cloud.observe(desired.key())).actions().stream()
          .map(action -> action.summary())
          .toList();
    }

    void remove(String name) {
      reach(new Desired.Absent(LoadBalancerKey.ofService("shop", name)));
    }

    private void awaitNews() {
      try {
        var _ = told.poll(200, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private ProviderEvents events() {
      return new ProviderEvents() {
        @Override
        public void changed(LoadBalancerKey key) {
          told.add(key);
        }

        @Override
        public void everythingChanged() {}

        @Override
        public void resourcesFreed() {}
      };
    }
  }

  private static Meters noMeters() {
    return new Meters() {
      @Override
      public void gauge(String name, String description, DoubleSupplier value) {}

      @Override
      public void counter(String name, String description, DoubleSupplier value) {}
    };
  }

  private Path conf(String options) {
    var text = seed.cloudConf("manage-security-groups = true", options);
    try {
      return Files.writeString(Files.createTempFile("fairway-access", ".conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
