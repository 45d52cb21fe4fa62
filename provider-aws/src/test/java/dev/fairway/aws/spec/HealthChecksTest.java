// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Wish.full;
import static dev.fairway.aws.spec.Wish.pod;
import static dev.fairway.aws.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.Protocol;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
  private static HealthCheckSpec http(String port, String path, int interval, int timeout) {
    return new HealthCheckSpec(
        "HTTP", port, Optional.of(path), Optional.of("200-399"), interval, timeout, 2, 2);
  }

  @Test
  void withPolicyLocalKubeProxyIsAsked() {
    assertThat(wish().local(80).group().check()).isEqualTo(http("32000", "/healthz", 10, 6));
  }

  @Test
  void withPolicyLocalEverythingCanBeAskedForOtherwise() {
    var check =
        wish()
            .local(80)
            .with("healthcheck-protocol", "HTTPS")
            .with("healthcheck-port", "8443")
            .with("healthcheck-path", "/ready")
            .with("healthcheck-success-codes", "200")
            .with("healthcheck-interval", "20")
            .with("healthcheck-timeout", "15")
            .with("healthcheck-healthy-threshold", "4")
            .with("healthcheck-unhealthy-threshold", "5")
            .group()
            .check();

    assertThat(check)
        .isEqualTo(
            new HealthCheckSpec(
                "HTTPS", "8443", Optional.of("/ready"), Optional.of("200"), 20, 15, 4, 5));
  }

  @Test
  void withTcpThereIsNeitherPathNorCode() {
    assertThat(
            wish()
                .local(80)
                .with("healthcheck-protocol", "tcp")
                .with("healthcheck-path", "/ready")
                .group()
                .check())
        .isEqualTo(
            new HealthCheckSpec("TCP", "32000", Optional.empty(), Optional.empty(), 10, 6, 2, 2));
  }

  @Test
  void withPodsAsTargetsPolicyLocalMakesNoDifference() {
    assertThat(wish().local(80).with("nlb-target-type", "ip").group().check())
        .isEqualTo(
            new HealthCheckSpec(
                "TCP", "traffic-port", Optional.empty(), Optional.empty(), 10, 10, 3, 3));
  }

  @Test
  void theNameOfAPortStandsForThePortOfItsPods() {
    var web =
        Wish.frontend(
            "web", "http", Protocol.TCP, 80, Wish.pods(pod("10.0.0.1", 8080)), Wish.CLUSTER);
    var ip = wish().with(web).with("nlb-target-type", "ip").with("healthcheck-port", "http");

    assertThat(ip.group().check().port()).isEqualTo("8080");
  }

  @Test
  void theNameOfAPortWithoutPodsIsThePortOfTheTraffic() {
    var web = Wish.frontend("web", "http", Protocol.TCP, 80, Wish.pods(), Wish.CLUSTER);
    var ip = wish().with(web).with("nlb-target-type", "ip").with("healthcheck-port", "http");

    assertThat(ip.group().check().port()).isEqualTo("traffic-port");
  }

  @Test
  void theNameOfAPortThatDiffersFromPodToPodIsRefused() {
    var pods = Wish.pods(pod("10.0.0.1", 8080), pod("10.0.0.2", 8081));
    var web = Wish.frontend("web", "http", Protocol.TCP, 80, pods, Wish.CLUSTER);
    var ip = wish().with(web).with("nlb-target-type", "ip").with("healthcheck-port", "http");

    assertThat(ip.notes())
        .containsExactly(
            "BLOCKING InvalidAnnotation: annotation %s: 'http' stands for the ports [8080, 8081] of different pods; write the number of a port, or traffic-port"
                .formatted(full("healthcheck-port")));
  }
}
