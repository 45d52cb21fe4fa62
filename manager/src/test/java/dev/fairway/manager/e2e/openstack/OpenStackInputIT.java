// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static dev.fairway.manager.e2e.openstack.OpenStackCluster.CALM;
import static dev.fairway.manager.e2e.openstack.OpenStackCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What users write wrongly, in Services and in cloud.conf: they are told, and OpenStack is not
/// called.
class OpenStackInputIT {
  private static OpenStackCluster cluster;

  @BeforeAll
  static void start() {
    cluster = OpenStackCluster.start(Cloud.Simulated.start(), 3);
    cluster.readyController(CALM);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void leaveNothing() {
    cluster.controllerProcess().requireAlive();
    cluster.clear();
  }

  /// @param key of an annotation, without the prefix of OpenStack
  /// @param told what the message says besides both
  private record Wrong(String key, String value, String told) {
    private Wish wish() {
      return Wish.web("web-" + key).openstack(key, value);
    }
  }

  @Test
  void wrongValuesAreToldOnceAndNothingIsCalled() {
    var all =
        List.of(
            new Wrong("subnet-id", "private", "a UUID"),
            new Wrong("timeout-client-data", "1000000000000", "2073600000"),
            new Wrong("health-monitor-max-retries", "11", "10"),
            new Wrong("class", "gold", "class of cloud.conf"),
            new Wrong("hostname", "www example com", "DNS name"),
            new Wrong("lb-method", "RANDOM", "ROUND_ROBIN"),
            new Wrong("connection-limit", "many", "-1"),
            new Wrong("keep-floatingip", "maybe", "true"),
            new Wrong("proxy-protocol", "v3", "v2"),
            new Wrong("load-balancer-id", "edge", "a UUID"));
    var mark = cluster.calls().mark();

    var services =
        all.stream().collect(Collectors.toMap(wrong -> wrong, one -> cluster.create(one.wish())));

    services.forEach((wrong, service) -> {
      cluster.awaitWarning(service, Wish.PREFIX + wrong.key(), wrong.value(), wrong.told());
      assertThat(cluster.condition(service, "LoadBalancerProvisioning"))
          .hasValueSatisfying(condition -> {
            assertThat(condition.getStatus()).isEqualTo("False");
            assertThat(condition.getMessage()).contains(Wish.PREFIX + wrong.key(), wrong.value());
          });
    });
    assertThat(cluster.quietSince(mark).all()).isEmpty();
    assertThat(services.values())
        .allSatisfy(service ->
            assertThat(cluster.events(service)).filteredOn("type", "Warning").hasSize(1));
  }

  @Test
  void theProxyProtocolTogetherWithAHeaderIsToldAndNothingIsCalled() {
    var mark = cluster.calls().mark();

    var web =
        cluster.create(
            Wish.web("web").openstack("proxy-protocol", "v2").openstack("x-forwarded-for", "true"));

    cluster.awaitWarning(web, "proxy-protocol", "x-forwarded-for");
    assertThat(cluster.quietSince(mark).all()).isEmpty();
  }

  @Test
  void rangesThatTheProviderCannotEnforceOpenNothing() {
    var mark = cluster.calls().mark();

    var web =
        cluster.create(
            Wish.web("web")
                .annotation("fairway.dev/openstack-provider", "ovn")
                .sourceRanges("10.1.0.0/16"));

    cluster.awaitWarning(web, "SourceRangesNotEnforced", "ovn", "allow-unenforced-source-ranges");
    assertThat(cluster.quietSince(mark).all()).isEmpty();
    assertThat(cluster.addresses(web)).isEmpty();
  }

  @Test
  void anUnknownAnnotationIsServedAndToldWithTheNearestOne() {
    var web = cluster.create(Wish.web("web").openstack("lb-methods", "SOURCE_IP"));

    cluster.awaitServed(web);
    cluster.awaitWarning(web, Wish.PREFIX + "lb-methods", Wish.PREFIX + "lb-method");
  }

  @Test
  void anUnknownOptionIsWarnedOfWithTheNearestOneAndTheStartGoesOn() {
    cluster.kill();
    cluster.controllerWith(cluster.cloudConf("create-monitr = true"), CALM);

    var web = cluster.create(Wish.web("web"));
    cluster.awaitServed(web);

    assertThat(cluster.log()).contains("create-monitr", "create-monitor");
    cluster.kill();
    cluster.readyController(CALM);
  }

  @Test
  void anOptionOfTheWrongTypeIsNamedWithItsLineAndTheStartRefused() {
    cluster.kill();
    var conf = cluster.cloudConf("monitor-max-retries = often");
    var line = conf.lines().toList().indexOf("monitor-max-retries = often") + 1;

    var process = cluster.controllerWith(conf, CALM);

    await().atMost(SOON).until(() -> process.awaitExit(Duration.ofMillis(100)));
    assertThat(process.exitCode()).hasValue(2);
    assertThat(cluster.log()).contains("cloud-", ".conf:" + line, "monitor-max-retries", "often");
    cluster.readyController(CALM);
  }
}
