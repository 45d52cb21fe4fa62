// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.openstack.config.LbMethod;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What amphora and ovn, and older and newer releases of Octavia, do differently.
class ProviderTest {
  private static final String LEFT_OUT =
      "WARNING NotApplied: annotation loadbalancer.openstack.org/%s is not applied; remove it: provider ovn does not have that";
  private static final String CANNOT =
      "BLOCKING InvalidAnnotation: annotation loadbalancer.openstack.org/%s: '%s' cannot be had with provider ovn; remove it, or choose another provider in fairway.dev/openstack-provider";

  @Test
  void ovnSpreadsByAddressAndPortAndHasNoTimeouts() {
    var wish = wish().tcp(80).ovn();

    assertThat(wish.notes()).isEmpty();
    assertThat(Lines.of(wish.spec()))
        .contains("provider ovn", "TCP/80 algorithm SOURCE_IP_PORT", "TCP/80 timeouts -");
  }

  @ParameterizedTest
  @CsvSource({
    "timeout-client-data, 7",
    "timeout-member-connect, 7",
    "timeout-member-data, 7",
    "timeout-tcp-inspect, 7",
    "connection-limit, 7"
  })
  void ovnLeavesOutWhatItDoesNotHave(String annotation, String value) {
    var wish = wish().tcp(80).ovn();

    assertThat(Lines.changes(wish.specs(), wish.with(annotation, value).specs())).isEmpty();
    assertThat(wish.with(annotation, value).notes())
        .containsExactly(LEFT_OUT.formatted(annotation));
  }

  @ParameterizedTest
  @CsvSource({
    "proxy-protocol, v1",
    "proxy-protocol, v2",
    "x-forwarded-for, true",
    "default-tls-container-ref, https://b/v1/secrets/00000000-0000-0000-0000-0000000000f2"
  })
  void ovnRefusesWhatCannotBeLeftOut(String annotation, String value) {
    assertThat(wish().tcp(80).ovn().with(annotation, value).notes())
        .containsExactly(CANNOT.formatted(annotation, value));
  }

  @Test
  void ovnDoesNotServeInTheClearWhereTheOptionsAskForTls() {
    var reference = "https://b/v1/secrets/" + Cloud.id("f2");
    var wish = wish().tcp(443).option("defaultTlsContainerRef", Optional.of(reference));

    assertThat(wish.listener().tlsContainer()).contains(reference);
    assertThat(wish.ovn().notes())
        .containsExactly(
            "BLOCKING InvalidOption: option default-tls-container-ref of cloud.conf: '%s' cannot be had with provider ovn; remove it, or choose another provider in fairway.dev/openstack-provider"
                .formatted(reference));
  }

  @Test
  void aMethodThatTheProviderLacksIsRefusedWhereAServiceAsksAndMappedWhereTheCloudDoes() {
    var wish = wish().tcp(80).option("lbMethod", Optional.of(LbMethod.LEAST_CONNECTIONS)).ovn();
    var byPort = wish().tcp(80).option("lbMethod", Optional.of(LbMethod.SOURCE_IP_PORT));

    assertThat(wish.notes()).isEmpty();
    assertThat(wish.listener().pool().algorithm()).isEqualTo("SOURCE_IP_PORT");
    assertThat(wish.with("lb-method", "SOURCE_IP_PORT").notes()).isEmpty();
    assertThat(wish.with("lb-method", "SOURCE_IP").notes())
        .containsExactly(
            "BLOCKING InvalidAnnotation: annotation loadbalancer.openstack.org/lb-method: 'SOURCE_IP' cannot be had with provider ovn; write SOURCE_IP_PORT, or remove it");
    assertThat(byPort.notes()).isEmpty();
    assertThat(byPort.listener().pool().algorithm()).isEqualTo("ROUND_ROBIN");
    assertThat(wish().tcp(80).with("lb-method", "SOURCE_IP_PORT").notes())
        .containsExactly(
            "BLOCKING InvalidAnnotation: annotation loadbalancer.openstack.org/lb-method: 'SOURCE_IP_PORT' cannot be had with provider amphora; write ROUND_ROBIN, or remove it");
    assertThat(
            wish()
                .tcp(80)
                .with(Wish.PROVIDER, "f5")
                .with("lb-method", "SOURCE_IP_PORT")
                .listener()
                .pool()
                .algorithm())
        .isEqualTo("SOURCE_IP_PORT");
  }

  @Test
  void flavorsAndZonesAreLeftOutWhereTheyCannotBeHad() {
    var asked = wish().tcp(80).with("flavor-id", Cloud.id("f3")).with("availability-zone", "az");
    var told =
        "WARNING NotApplied: annotation loadbalancer.openstack.org/%s is not applied; remove it: provider %s of Octavia API 2.%d does not have that";

    assertThat(asked.notes()).isEmpty();
    assertThat(Lines.of(asked.ovn().spec())).contains("flavor -", "zone -");
    assertThat(asked.ovn().notes())
        .containsExactly(
            told.formatted("flavor-id", "ovn", 30), told.formatted("availability-zone", "ovn", 30));
    assertThat(Lines.of(asked.octavia(13).spec())).contains("zone -").doesNotContain("flavor -");
    assertThat(asked.octavia(13).notes())
        .containsExactly(told.formatted("availability-zone", "amphora", 13));
    assertThat(asked.octavia(14).notes()).isEmpty();
    assertThat(asked.octavia(5).notes()).hasSize(2);
    assertThat(
            wish()
                .tcp(80)
                .ovn()
                .option("flavorId", Optional.of(Cloud.id("f3")))
                .option("availabilityZone", Optional.of("az"))
                .notes())
        .isEmpty();
  }

  @Test
  void proxyProtocolOfVersion2NeedsAnOctaviaThatHasIt() {
    var wish = wish().tcp(80).with("proxy-protocol", "v2");

    assertThat(wish.octavia(22).listener().pool().protocol()).isEqualTo("PROXYV2");
    assertThat(wish.octavia(21).notes())
        .containsExactly(
            "BLOCKING InvalidAnnotation: annotation loadbalancer.openstack.org/proxy-protocol: 'v2' needs Octavia API 2.22, and this one is 2.21; write v1");
  }

  @Test
  void proxyProtocolExcludesForwardedFor() {
    assertThat(
            wish().tcp(80).with("proxy-protocol", "true").with("x-forwarded-for", "true").notes())
        .containsExactly(
            "BLOCKING InvalidAnnotation: annotation loadbalancer.openstack.org/proxy-protocol: 'true' excludes loadbalancer.openstack.org/x-forwarded-for; remove one of the two");
    assertThat(
            wish().tcp(80).with("proxy-protocol", "false").with("x-forwarded-for", "true").notes())
        .isEmpty();
  }

  @Test
  void proxyProtocolHoldsForTcpOnly() {
    var wish = wish().tcp(80).udp(90).with("proxy-protocol", "v1");

    assertThat(Lines.of(wish.spec())).contains("TCP/80 pool PROXY", "UDP/90 pool UDP");
    assertThat(wish.notes())
        .containsExactly(
            "INFO ProxyProtocolForTcp: annotation loadbalancer.openstack.org/proxy-protocol holds for the TCP ports only");
  }

  @Test
  void tlsMayBeTogetherWithEither() {
    var tls = wish().tcp(443).with("default-tls-container-ref", "x/v1/secrets/" + Cloud.id("f2"));

    assertThat(Lines.of(tls.with("x-forwarded-for", "true").spec()))
        .contains(
            "TCP/443 TERMINATED_HTTPS 443",
            "TCP/443 headers {X-Forwarded-For=true}",
            "TCP/443 pool HTTP");
    assertThat(Lines.of(tls.with("proxy-protocol", "v2").spec()))
        .contains("TCP/443 TERMINATED_HTTPS 443", "TCP/443 headers {}", "TCP/443 pool PROXYV2");
  }

  @Test
  void whatIsForTcpHasNoEffectWithoutAnyTcpPort() {
    var told =
        "WARNING NotApplied: annotation loadbalancer.openstack.org/%s is not applied; remove it: it is for TCP ports, and there is none";

    assertThat(
            wish()
                .udp(90)
                .with("default-tls-container-ref", "x/v1/secrets/" + Cloud.id("f2"))
                .with("x-forwarded-for", "true")
                .notes())
        .containsExactly(
            told.formatted("default-tls-container-ref"), told.formatted("x-forwarded-for"));
  }
}
