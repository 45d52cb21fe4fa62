// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SpecReaderTest {
  @Test
  void aServiceThatSaysNothingGetsAFloatingAddressAndTheNodesAsMembers() {
    var reading = wish().tcp(80).read();

    assertThat(reading.notes()).isEmpty();
    assertThat(reading.access()).isEmpty();
    assertThat(reading.specs())
        .containsExactly(
            new Spec(
                Half.MAIN,
                new Frame(
                    "amphora",
                    Optional.empty(),
                    Optional.empty(),
                    new Frame.Vip(
                        Optional.empty(),
                        Optional.of(Cloud.NODES.id()),
                        Optional.empty(),
                        Optional.empty()),
                    List.of()),
                new Exposure.Floating(Cloud.EXTERNAL.id(), List.of(), Optional.empty(), false),
                List.of(
                    new ListenerSpec(
                        "TCP/80",
                        "TCP",
                        80,
                        -1,
                        List.of(),
                        List.of(),
                        Optional.of(new ListenerSpec.Timeouts(50000, 5000, 50000, 0)),
                        new TreeMap<>(),
                        Optional.empty(),
                        new TreeSet<>(),
                        new ListenerSpec.PoolSpec(
                            "TCP",
                            "ROUND_ROBIN",
                            false,
                            OptionalInt.empty(),
                            List.of(
                                new ListenerSpec.MemberSpec(
                                    "a",
                                    "10.0.0.11",
                                    30080,
                                    Optional.of(Cloud.NODES.id()),
                                    OptionalInt.empty(),
                                    false)),
                            Optional.empty(),
                            new TreeSet<>()))),
                new TreeSet<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false));
  }

  @Test
  void portsAreOrderedAndTheSameNumberMayServeSeveralTransports() {
    assertThat(wish().udp(53).tcp(8080).tcp(53).sctp(53).spec().listeners())
        .extracting(ListenerSpec::part)
        .containsExactly("TCP/53", "UDP/53", "SCTP/53", "TCP/8080");
  }

  @Test
  void sctpNeedsAnOctaviaThatHasIt() {
    var wish = wish().sctp(9).tcp(80).octavia(22);

    assertThat(wish.spec().listeners()).extracting(ListenerSpec::part).containsExactly("TCP/80");
    assertThat(wish.notes())
        .containsExactly(
            "WARNING UnsupportedProtocol: port SCTP/9 of Service shop/web is not served: SCTP needs Octavia API 2.23, and this one is 2.22; have Octavia updated, or remove the port");
    assertThat(wish().sctp(9).octavia(22).notes())
        .singleElement()
        .asString()
        .startsWith("BLOCKING UnsupportedProtocol: port SCTP/9");
    assertThat(wish().sctp(9).octavia(23).listener().pool().protocol()).isEqualTo("SCTP");
  }

  @Test
  void clientsThatShouldStayWithAPodStayWithANode() {
    assertThat(Lines.of(wish().tcp(80).sticky().spec())).contains("TCP/80 affinity true -1");
    assertThat(Lines.of(wish().udp(53).sticky().spec())).contains("UDP/53 affinity true 10800");
  }

  @Test
  void withoutANodePortThereAreNoMembers() {
    assertThat(
            wish()
                .port(dev.fairway.cloud.model.Protocol.TCP, 80, OptionalInt.empty())
                .listener()
                .pool()
                .members())
        .isEmpty();
  }

  @Test
  void somebodyElsesLoadBalancerServesWithoutASubnetOfItsOwn() {
    var elsewhere = wish().tcp(80).nodes(Wish.node("a", "172.16.0.1"));

    assertThat(elsewhere.read().specs()).isEmpty();
    assertThat(elsewhere.with("fairway.dev/openstack-load-balancer", "edge").spec().frame().vip())
        .isEqualTo(
            new Frame.Vip(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    // This one may be our own: the present controller writes it on every Service.
    assertThat(elsewhere.with("load-balancer-id", Cloud.id("d1")).read().specs()).isEmpty();
  }

  @Test
  void ourAnnotationComesBeforeTheOneThatThePresentControllerWritesItself() {
    assertThat(
            wish()
                .tcp(80)
                .with("load-balancer-id", Cloud.id("d1"))
                .with("fairway.dev/openstack-load-balancer", "edge")
                .spec()
                .attach())
        .contains("edge");
  }
}
