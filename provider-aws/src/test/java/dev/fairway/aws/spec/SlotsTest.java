// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Wish.full;
import static dev.fairway.aws.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.Backend;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which frontends become which listeners.
class SlotsTest {
  private static final String ONE_A_PORT =
      " is not served, because a Network Load Balancer has one listener a port, and ";
  private static final String CERT = "arn:aws:acm:eu-west-1:123456789012:certificate/one";

  private static Frontend of(String service, Protocol protocol, int port, int nodePort) {
    return of(service, protocol, port, Wish.nodePort(nodePort));
  }

  private static Frontend of(String service, Protocol protocol, int port, Backend backend) {
    return Wish.frontend(service, "", protocol, port, backend, Wish.CLUSTER);
  }

  private static List<String> listeners(Wish wish) {
    return wish.spec().listeners().stream()
        .map(listener ->
            "%s %s -> %s %d"
                .formatted(
                    listener.id(),
                    listener.services(),
                    listener.group().protocol(),
                    listener.group().port()))
        .toList();
  }

  @Test
  void tcpAndUdpOfOnePortAndNodePortAreOneListener() {
    var dns =
        wish().with(of("web", Protocol.UDP, 53, 30053)).with(of("web", Protocol.TCP, 53, 30053));

    assertThat(listeners(dns)).containsExactly("TCP_UDP/53 [shop/web] -> TCP_UDP 30053");
    assertThat(dns.notes()).isEmpty();
  }

  @Test
  void withTheMergeTurnedOffOnlyTcpIsServed() {
    var dns =
        wish()
            .with(of("web", Protocol.UDP, 53, 30053))
            .with(of("web", Protocol.TCP, 53, 30053))
            .with("enable-tcp-udp-listener", "false");

    assertThat(listeners(dns)).containsExactly("TCP/53 [shop/web] -> TCP 30053");
    assertThat(dns.notes())
        .containsExactly(
            "WARNING PortNotServed: port 53/UDP of Service shop/web"
                + ONE_A_PORT
                + "port 53/TCP of Service shop/web has it; choose another port, or set annotation"
                + " %s to true".formatted(full("enable-tcp-udp-listener")));
  }

  @Test
  void withOtherNodePortsOnlyTcpIsServed() {
    var dns =
        wish().with(of("web", Protocol.UDP, 53, 30054)).with(of("web", Protocol.TCP, 53, 30053));

    assertThat(listeners(dns)).containsExactly("TCP/53 [shop/web] -> TCP 30053");
    assertThat(dns.notes())
        .containsExactly(
            "WARNING PortNotServed: port 53/UDP of Service shop/web"
                + ONE_A_PORT
                + "port 53/TCP of Service shop/web has it, with other targets (node port 30053, not"
                + " 30054); give both the same nodePort, or choose another port");
  }

  @Test
  void theOlderServiceHasThePort() {
    var shared =
        wish()
            .with(of("web", Protocol.TCP, 80, 30080))
            .with(of("older", Protocol.UDP, 53, 30054))
            .with(of("younger", Protocol.TCP, 53, 30053));

    assertThat(listeners(shared))
        .containsExactly("UDP/53 [shop/older] -> UDP 30054", "TCP/80 [shop/web] -> TCP 30080");
    assertThat(shared.notes())
        .containsExactly(
            "WARNING PortNotServed: port 53/TCP of Service shop/younger"
                + ONE_A_PORT
                + "port 53/UDP of Service shop/older has it, with other targets (node port 30054,"
                + " not 30053); give both the same nodePort, or choose another port");
  }

  @Test
  void twoServicesWithOneNodePortShareAListenerIfTheyAreAlike() {
    var shared =
        wish().with(of("web", Protocol.TCP, 53, 30053)).with(of("dns", Protocol.UDP, 53, 30053));

    assertThat(listeners(shared))
        .containsExactly("TCP_UDP/53 [shop/web, shop/dns] -> TCP_UDP 30053");
  }

  @Test
  void noPortIsOpenedToTheClientsOfAnother() {
    var few = new Traffic(ExternalTrafficPolicy.CLUSTER, List.of("192.0.2.0/24"), Optional.empty());
    var shared =
        wish()
            .with(of("web", Protocol.TCP, 53, 30053))
            .with(Wish.frontend("dns", "", Protocol.UDP, 53, Wish.nodePort(30053), few));

    assertThat(listeners(shared)).containsExactly("TCP/53 [shop/web] -> TCP 30053");
    assertThat(shared.notes())
        .containsExactly(
            "WARNING PortNotServed: port 53/UDP of Service shop/dns"
                + ONE_A_PORT
                + "port 53/TCP of Service shop/web has it, with other source ranges or another"
                + " externalTrafficPolicy; choose another port, or give both the same");
  }

  @Test
  void whereTlsIsSpokenUdpCannotBe() {
    var quic =
        wish()
            .with(of("web", Protocol.TCP, 443, 30443))
            .with(of("web", Protocol.UDP, 443, 30443))
            .with("ssl-cert", CERT);

    assertThat(listeners(quic)).containsExactly("TLS/443 [shop/web] -> TCP 30443");
    assertThat(quic.notes())
        .containsExactly(
            "WARNING PortNotServed: port 443/UDP of Service shop/web"
                + ONE_A_PORT
                + "port 443/TCP of Service shop/web, which it cannot be joined with where TLS is"
                + " spoken, has it; choose another port, or leave 443 out of "
                + full("ssl-ports"));
  }

  @Test
  void listedPortsTakeTlsByNumberNameAndAll() {
    var web = wish().tcp(80, "http").tcp(443, "https").udp(53).with("ssl-cert", CERT);

    assertThat(listeners(web.with("ssl-ports", "https")))
        .containsExactly(
            "UDP/53 [shop/web] -> UDP 30053",
            "TCP/80 [shop/web] -> TCP 30080",
            "TLS/443 [shop/web] -> TCP 30443");
    assertThat(listeners(web.with("ssl-ports", "80,443")))
        .containsExactly(
            "UDP/53 [shop/web] -> UDP 30053",
            "TLS/80 [shop/web] -> TCP 30080",
            "TLS/443 [shop/web] -> TCP 30443");
    assertThat(listeners(web.with("ssl-ports", "*")))
        .isEqualTo(listeners(web))
        .contains("TLS/80 [shop/web] -> TCP 30080", "TLS/443 [shop/web] -> TCP 30443");
    assertThat(web.with("ssl-ports", "*").notes())
        .containsExactly(
            "INFO AllPortsTakeTls: annotation %s: '*' stands for all TCP ports here, and for none with aws-load-balancer-controller"
                .formatted(full("ssl-ports")));
  }

  @Test
  void tlsIsSetUpAsAskedFor() {
    var tls =
        wish()
            .tcp(443)
            .with("ssl-cert", CERT)
            .with("ssl-negotiation-policy", "P-2")
            .with("alpn-policy", "HTTP2Preferred")
            .with("backend-protocol", "ssl");

    assertThat(tls.listener().tls())
        .contains(new Tls(List.of(CERT), "P-2", Optional.of("HTTP2Preferred")));
    assertThat(listeners(tls)).containsExactly("TLS/443 [shop/web] -> TLS 30443");
    assertThat(tls.with("alpn-policy", "None").listener().tls())
        .contains(new Tls(List.of(CERT), "P-2", Optional.empty()));
  }

  @Test
  void aPortByNameThatIsNotTcpCannotTakeTls() {
    var wish =
        wish()
            .tcp(80, "http")
            .with(Wish.frontend("web", "quic", Protocol.UDP, 443, Wish.nodePort(1), Wish.CLUSTER))
            .with("ssl-cert", CERT)
            .with("ssl-ports", "quic");

    assertThat(wish.notes())
        .containsExactly(
            "BLOCKING InvalidAnnotation: annotation %s: 'quic' names port 'quic', which no Service of the load balancer has; write one of [http, 80]"
                .formatted(full("ssl-ports")));
  }

  @Test
  void annotationsOfAPortCountForAllServicesOfTheGroup() {
    var shared =
        wish()
            .with(
                Wish.frontend("web", "https", Protocol.TCP, 443, Wish.nodePort(1443), Wish.CLUSTER))
            .with(
                Wish.frontend(
                    "api", "https", Protocol.TCP, 8443, Wish.nodePort(2443), Wish.CLUSTER))
            .with(Wish.frontend("api", "http", Protocol.TCP, 80, Wish.nodePort(2080), Wish.CLUSTER))
            .with("ssl-cert", CERT)
            .with("ssl-ports", "https")
            .with("healthcheck-port", "https");

    assertThat(listeners(shared))
        .containsExactly(
            "TCP/80 [shop/api] -> TCP 2080",
            "TLS/443 [shop/web] -> TCP 1443",
            "TLS/8443 [shop/api] -> TCP 2443");
    assertThat(shared.spec().listeners().stream().map(l -> l.group().check().port()))
        .containsExactly("2443", "1443", "2443");
  }

  @Test
  void theAttributesOfAListenerAreThoseOfItsVeryNameFirst() {
    var dns =
        wish()
            .with(of("web", Protocol.TCP, 53, 30053))
            .with(of("web", Protocol.UDP, 53, 30053))
            .with("listener-attributes.TCP-53", "tcp.idle_timeout.seconds=60,a=1")
            .with("listener-attributes.TCP_UDP-53", "tcp.idle_timeout.seconds=90");

    assertThat(dns.listener().attributes())
        .isEqualTo(Map.of("a", "1", "tcp.idle_timeout.seconds", "90"));
  }

  @Test
  void anIdleTimeoutOfTcpIsLeftOutWhereThereIsNone() {
    var tls =
        wish()
            .tcp(443)
            .with("ssl-cert", CERT)
            .with("listener-attributes.TCP-443", "tcp.idle_timeout.seconds=60");

    assertThat(tls.listener().attributes()).isEmpty();
    assertThat(tls.notes())
        .containsExactly(
            "WARNING NotApplied: attribute tcp.idle_timeout.seconds is not applied to listener"
                + " TLS/443, which cannot have it; remove it");
  }

  @Test
  void fiftyListenersAreServed() {
    var many = wish();
    for (var port = 1; port <= 50; port++) {
      many = many.tcp(port);
    }

    assertThat(many.spec().listeners()).hasSize(50);
    assertThat(many.notes()).isEmpty();
  }

  @Test
  void beyondFiftyListenersTheYoungestServicesGoWithout() {
    var many = wish().with(of("web", Protocol.TCP, 9000, 30000));
    for (var port = 1; port <= 12; port++) {
      many = many.with(of("youngest", Protocol.TCP, port, 31000 + port));
    }
    for (var port = 100; port < 148; port++) {
      many = many.with(of("web", Protocol.TCP, port, 30000 + port));
    }

    assertThat(many.spec().listeners().stream().map(ListenerSpec::port))
        .hasSize(50)
        .startsWith(1, 100)
        .endsWith(147, 9000);
    assertThat(many.notes())
        .containsExactly(
            "WARNING ListenerLimit: "
                + String.join(
                    ", ",
                    List.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11).stream()
                        .map("port %d/TCP of Service shop/youngest"::formatted)
                        .toList())
                + " and 1 more: not served, because a Network Load Balancer has at most 50"
                + " listeners; give some of the Services another name in annotation"
                + " fairway.dev/share, or spread the ports over several Services");
  }

  @Test
  void proxyProtocolOfAMergedListenerCountsForBoth() {
    var dns =
        wish()
            .with(of("web", Protocol.TCP, 53, 30053))
            .with(of("web", Protocol.UDP, 53, 30053))
            .with("proxy-protocol-per-target-group", "53");

    assertThat(dns.group().attributes()).containsEntry("proxy_protocol_v2.enabled", "true");
  }

  @Test
  void proxyProtocolOfSomePortsComesBeforeTheAttributesAndThatOfAllBeforeIt() {
    var web =
        wish()
            .tcp(80)
            .with("target-group-attributes", "proxy_protocol_v2.enabled=true")
            .with("target-group-attributes.80", "proxy_protocol_v2.enabled=true")
            .with("proxy-protocol-per-target-group", "81");

    assertThat(web.group().attributes()).containsEntry("proxy_protocol_v2.enabled", "false");
    assertThat(web.with("proxy-protocol", "*").group().attributes())
        .containsEntry("proxy_protocol_v2.enabled", "true");
  }

  @Test
  void aDualstackLoadBalancerServesNoUdp() {
    var dns =
        wish()
            .with(of("web", Protocol.TCP, 53, 30053))
            .with(of("web", Protocol.UDP, 53, 30053))
            .with("ip-address-type", "dualstack");
    var note =
        "PortNotServed: port 53/UDP of Service shop/web is not served, because a dualstack load"
            + " balancer takes UDP only with IPv6 prefixes for source NAT, which Fairway does not"
            + " give it; put UDP into a Service with %s: ipv4".formatted(full("ip-address-type"));

    assertThat(listeners(dns)).containsExactly("TCP/53 [shop/web] -> TCP 30053");
    assertThat(dns.notes()).containsExactly("WARNING " + note);
    assertThat(wish().udp(53).with("ip-address-type", "dualstack").notes())
        .containsExactly("BLOCKING " + note);
  }
}
