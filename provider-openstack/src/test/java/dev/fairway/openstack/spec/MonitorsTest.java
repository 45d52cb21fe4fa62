// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.Protocol;
import dev.fairway.openstack.config.MonitorOptions;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorsTest {
  private static Wish with(boolean create) {
    return wish().option("monitor", Records.with(MonitorOptions.standard(), "create", create));
  }

  private static Wish local() {
    return wish().tcp(80).local();
  }

  private static String monitor(Wish wish) {
    var pool = wish.listener().pool();
    var port = pool.members().getFirst().monitorPort();
    return pool.monitor().map(Lines::monitor).orElse("-")
        + (port.equals(OptionalInt.empty()) ? "" : " at " + port.getAsInt());
  }

  @ParameterizedTest(name = "{0} {1} 2.{2} {3}: {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "amphora | TCP  | 30 | Cluster | TCP 5 3 1 3",
        "amphora | UDP  | 30 | Cluster | UDP-CONNECT 5 3 1 3",
        "amphora | SCTP | 30 | Cluster | SCTP 5 3 1 3",
        "amphora | TCP  | 30 | Local   | HTTP/healthz 5 3 1 3 at 32000",
        "amphora | UDP  | 30 | Local   | HTTP/healthz 5 3 1 3 at 32000",
        "amphora | SCTP | 30 | Local   | HTTP/healthz 5 3 1 3 at 32000",
        "amphora | TCP  | 15 | Local   | HTTP/healthz 5 3 1 3 at 32000",
        "amphora | UDP  | 16 | Local   | HTTP/healthz 5 3 1 3 at 32000",
        "amphora | UDP  | 15 | Local   | UDP-CONNECT 5 3 1 3",
        "ovn     | TCP  | 30 | Cluster | TCP 5 3 1 3",
        "ovn     | UDP  | 30 | Cluster | UDP-CONNECT 5 3 1 3",
        "ovn     | SCTP | 30 | Cluster | -",
        "ovn     | TCP  | 30 | Local   | TCP 5 3 1 3",
        "ovn     | UDP  | 30 | Local   | UDP-CONNECT 5 3 1 3",
        "ovn     | SCTP | 30 | Local   | -"
      })
  void theKindOfCheckFollowsFromProviderTransportReleaseAndPolicy(
      String provider, Protocol protocol, int minor, String policy, String expected) {
    var wish = with(true).port(protocol, 90).with(Wish.PROVIDER, provider).octavia(minor);

    assertThat(monitor(policy.equals("Local") ? wish.local() : wish)).isEqualTo(expected);
  }

  @Test
  void withPolicyLocalThereIsOneEvenIfTheOptionsHaveNone() {
    assertThat(monitor(local())).isEqualTo("HTTP/healthz 5 3 1 3 at 32000");
    assertThat(local().notes()).isEmpty();
    assertThat(monitor(local().gold("createMonitor", java.util.Optional.of(false))))
        .isEqualTo("HTTP/healthz 5 3 1 3 at 32000");
    assertThat(monitor(with(false).tcp(80))).isEqualTo("-");
  }

  @Test
  void whoeverTurnsItOffWithPolicyLocalIsWarned() {
    var wish = local().with("enable-health-monitor", "false");

    assertThat(monitor(wish)).isEqualTo("-");
    assertThat(wish.notes())
        .containsExactly(
            "WARNING NoHealthMonitor: annotation loadbalancer.openstack.org/enable-health-monitor is false: with externalTrafficPolicy Local, connections to nodes without endpoints are lost; remove it");
    assertThat(with(true).tcp(80).with("enable-health-monitor", "false").notes()).isEmpty();
  }

  @Test
  void whatOvnChecksInsteadIsTold() {
    assertThat(local().ovn().notes())
        .containsExactly(
            "INFO HealthCheckByOvn: provider ovn checks the node ports, which nodes without endpoints do not answer: there is no HTTP check of spec.healthCheckNodePort");
    assertThat(wish().sctp(90).ovn().with("enable-health-monitor", "true").notes())
        .containsExactly(
            "WARNING NoHealthMonitor: port SCTP/90: provider ovn has no health checks of SCTP; set annotation loadbalancer.openstack.org/enable-health-monitor to false");
  }

  @Test
  void whatAnOlderOctaviaChecksInsteadIsTold() {
    assertThat(wish().udp(90).local().octavia(15).notes())
        .containsExactly(
            "WARNING HealthCheckAtNodePort: port UDP/90: HTTP checks of such ports need Octavia API 2.16, and this one is 2.15; the node port is checked instead; have Octavia updated, or use externalTrafficPolicy Cluster");
  }

  @Test
  void aCheckMayNotTakeLongerThanThereIsToTheNextOne() {
    var wish = with(true).tcp(80).with("health-monitor-delay", "4");

    assertThat(monitor(wish.with("health-monitor-timeout", "4"))).isEqualTo("TCP 4 4 1 3");
    assertThat(wish.with("health-monitor-timeout", "5").notes())
        .containsExactly(
            "BLOCKING InvalidHealthMonitor: a check may take 5 s, longer than the 4 s to the next one; set annotation loadbalancer.openstack.org/health-monitor-timeout to at most 4, or loadbalancer.openstack.org/health-monitor-delay to more");
  }

  @Test
  void numbersThatNobodyUsesHarmNobody() {
    assertThat(wish().tcp(80).with("health-monitor-delay", "1").notes()).isEmpty();
  }
}
