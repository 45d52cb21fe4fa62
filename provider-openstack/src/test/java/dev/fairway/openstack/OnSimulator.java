// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.testkit.openstack.Calls;
import dev.fairway.testkit.openstack.SimulatedOpenStack;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/// Tests of the whole provider: one simulated cloud for a class, emptied after each test, and a
/// controller that has just started for each.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnSimulator {
  private static final ObjectMapper JSON = new ObjectMapper();

  final InstantSource clock;
  final SimulatedOpenStack cloud;
  final OpenStackWorld world;
  final Sight sight;
  Controller controller;

  OnSimulator() {
    this(InstantSource.system());
  }

  OnSimulator(InstantSource clock) {
    this.clock = clock;
    this.cloud = SimulatedOpenStack.start(0, clock);
    this.world = new OpenStackWorld(cloud.authUrl(), cloud.seed());
    this.sight = world.sight(clock);
    this.controller = new Controller(world, clock);
  }

  @BeforeEach
  void startController() {
    controller = new Controller(world, clock);
  }

  @AfterEach
  void emptyCloud() {
    controller.close();
    world.proxy.faults().clear();
    cloud.delay(Duration.ZERO);
    cloud.octavia(octavia -> octavia.failNext(0));
    cloud.octavia(octavia -> octavia.lag(Duration.ZERO));
    cloud.setQuota("loadbalancer", -1);
    cloud.setQuota("floatingip", -1);
    for (var balancer : sight.balancers()) {
      cloud.octavia(octavia -> octavia.vanish(balancer.path("id").asText()));
    }
    for (var ip : sight.floatingIps()) {
      var _ =
          sight
              .api()
              .delete(
                  Call.of(Operation.DELETE_FLOATING_IP, "/floatingips/" + ip.path("id").asText()));
    }
    world.proxy.clear();
  }

  @AfterAll
  void stop() {
    world.close();
    sight.close();
    cloud.close();
  }

  /// The calls that were made meanwhile.
  Calls during(Runnable work) {
    var mark = world.proxy.calls().mark();
    work.run();
    return world.proxy.calls().since(mark);
  }

  static JsonNode json(String text, Object... values) {
    try {
      return JSON.readTree(text.formatted(values).replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
