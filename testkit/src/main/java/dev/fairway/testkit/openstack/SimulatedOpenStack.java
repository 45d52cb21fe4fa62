// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairway.testkit.openstack.http.Exchanges;
import dev.fairway.testkit.openstack.sim.identity.Secrets;
import dev.fairway.testkit.openstack.sim.network.Neutron;
import dev.fairway.testkit.openstack.sim.octavia.Controls;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/// Keystone, Octavia and Neutron in this process, with a cloud as [OpenStackSeed] describes it. As
/// the contract tests hold it to the answers of the real ones, unit tests may take it for them.
/// There is no data plane, and all health monitors are content.
public final class SimulatedOpenStack implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SimulatedCloud cloud;

  private SimulatedOpenStack(int port, InstantSource clock) {
    this.server = Exchanges.server(port, threads, this::handle);
    this.cloud = new SimulatedCloud(clock, "http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// On loopback, at a port of its own choice, with the clock of the system. Changes of load
  /// balancers are done when somebody next looks.
  public static SimulatedOpenStack start() {
    return start(0, InstantSource.system());
  }

  /// @param port 0 for any
  /// @param clock for tokens, for the times in rows, and for the time that changes take
  public static SimulatedOpenStack start(int port, InstantSource clock) {
    var simulated = new SimulatedOpenStack(port, clock);
    simulated.server.start();
    return simulated;
  }

  /// What it started with.
  public OpenStackSeed seed() {
    return cloud.seed();
  }

  /// Where tokens are issued.
  public URI authUrl() {
    return seed().authUrl();
  }

  /// How long changes of load balancers take from now on; zero at first.
  public void delay(Duration delay) {
    octavia(controls -> controls.delay(delay));
  }

  /// Does something to the load balancer service that no client can, between two requests.
  public void octavia(Consumer<Controls> work) {
    var _ =
        cloud.exclusively(() -> {
          work.accept(cloud.octavia().controls());
          return true;
        });
  }

  /// Does something to the network service that no client can, between two requests.
  public <T> T neutron(Function<Neutron, T> work) {
    return cloud.exclusively(() -> work.apply(cloud.neutron()));
  }

  /// Both states of a load balancer, as in `ERROR` and `OFFLINE`; a change under way is forgotten.
  public void setStatus(String balancer, String provisioning, String operating) {
    octavia(controls -> controls.status(balancer, provisioning, operating));
  }

  /// The change that a load balancer is in, or the next one, does not end before [#release].
  public void hold(String balancer) {
    octavia(controls -> controls.hold(balancer));
  }

  public void release(String balancer) {
    octavia(controls -> controls.release(balancer));
  }

  /// Of the tenant.
  ///
  /// @param kind `loadbalancer`, `listener`, `pool`, `healthmonitor`, `member`; or `floatingip`,
  ///   `port`, `security_group`, `security_group_rule`
  /// @param limit -1 for none
  public void setQuota(String kind, int limit) {
    var project = seed().project();
    if (List.of("floatingip", "port", "security_group", "security_group_rule").contains(kind)) {
      var _ =
          neutron(neutron -> {
            neutron.quota(project, kind, limit);
            return true;
          });
    } else {
      octavia(controls -> controls.quota(project, kind, limit));
    }
  }

  /// Gives a load balancer to the other tenant.
  public void makeForeign(String balancer) {
    octavia(controls -> controls.owner(balancer, seed().otherProject()));
  }

  /// Makes a load balancer of the tenant with all of its children, `ACTIVE` at once, as another
  /// controller might have left it.
  ///
  /// @param wanted as in the body of a POST, below `loadbalancer`
  /// @return its id
  public String putBalancer(JsonNode wanted) {
    return cloud.exclusively(() -> cloud.octavia().controls().plant(seed().project(), wanted));
  }

  /// A port of a node of the tenant, with an address in the private subnet.
  ///
  /// @return its id
  public String putNode(String name) {
    return neutron(
            neutron -> neutron.plantPort(seed().project(), name, List.of(seed().privateSubnet())))
        .path("id")
        .asText();
  }

  /// For tokens issued from now on; one hour at first.
  public void tokenLifetime(Duration lifetime) {
    cloud.identity().tokenLifetime(lifetime);
  }

  /// No token that was issued before holds any more.
  public void revokeTokens() {
    cloud.identity().revokeTokens();
  }

  /// New passwords; tokens that were issued before still hold.
  public void secrets(Secrets secrets) {
    cloud.identity().secrets(secrets);
  }

  /// The most that one page of a list of load balancers, listeners… holds; 1,000 at first.
  public void pageSize(int size) {
    cloud.exclusively(() -> {
      cloud.octavia().pageSize(size);
      return true;
    });
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Exchanges.send(exchange, cloud.answer(Exchanges.request(exchange)));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
