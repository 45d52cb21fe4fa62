// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.IpFamily;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointPodsTest {

  @Test
  void readyPodsServeEachPortUnderItsName() {
    var slice =
        slice("IPv4", ready("10.0.0.2"), ready("10.0.0.1"), unready("10.0.0.3"))
            .addNewPort()
            .withName("http")
            .withPort(8080)
            .endPort()
            .addNewPort()
            .withName("dns")
            .withProtocol("UDP")
            .withPort(5353)
            .endPort()
            .build();

    assertThat(serving(slice))
        .isEqualTo(
            Map.of(
                "http", List.of(pod("10.0.0.1", 8080), pod("10.0.0.2", 8080)),
                "dns", List.of(pod("10.0.0.1", 5353), pod("10.0.0.2", 5353))));
  }

  @Test
  void aPortWithoutANameIsTheEmptyOne() {
    assertThat(serving(onPort(80, slice("IPv4", ready("10.0.0.1")))))
        .isEqualTo(Map.of("", List.of(pod("10.0.0.1", 80))));
  }

  @Test
  void whileNoneIsReadyThoseThatEndServe() {
    var ending = onPort(80, slice("IPv4", ending("10.0.0.1"), unready("10.0.0.2")));
    var ready = onPort(80, slice("IPv4", ready("10.0.0.3")));

    assertThat(serving(ending)).isEqualTo(Map.of("", List.of(pod("10.0.0.1", 80))));
    assertThat(serving(ending, ready)).isEqualTo(Map.of("", List.of(pod("10.0.0.3", 80))));
  }

  @Test
  void eachPortCountsForItself() {
    var ready = slice("IPv4", ready("10.0.0.1")).addNewPort().withName("a").withPort(1).endPort();
    var ending = slice("IPv4", ending("10.0.0.2")).addNewPort().withName("b").withPort(2).endPort();

    assertThat(serving(ready.build(), ending.build()))
        .isEqualTo(Map.of("a", List.of(pod("10.0.0.1", 1)), "b", List.of(pod("10.0.0.2", 2))));
  }

  @Test
  void bothFamiliesServeSideBySideAndNamesOfHostsDoNot() {
    var four = onPort(80, slice("IPv4", ready("10.0.0.1")));
    var six = onPort(80, slice("IPv6", ending("fd00::1")));
    var names = onPort(80, slice("FQDN", ready("example.com")));

    assertThat(serving(four, six, names).get(""))
        .extracting(Endpoint::address, Endpoint::family)
        .containsExactly(tuple("10.0.0.1", IpFamily.IPV4), tuple("fd00::1", IpFamily.IPV6));
  }

  @Test
  void aPodThatIsMovedToAnotherSliceStandsThereOnce() {
    var slice = onPort(80, slice("IPv4", ready("10.0.0.1")));

    assertThat(serving(slice, slice)).isEqualTo(Map.of("", List.of(pod("10.0.0.1", 80))));
  }

  @Test
  void aSliceWithoutPortsEndpointsOrAddressesServesNothing() {
    var without = new EndpointBuilder().withNewConditions().withReady(true).endConditions().build();

    assertThat(serving(new EndpointSlice(), slice("IPv4").build())).isEmpty();
    assertThat(serving(onPort(80, slice("IPv4", without)))).isEmpty();
    assertThat(serving(slice("IPv4", ready("10.0.0.1")).addNewPort().endPort().build())).isEmpty();
  }

  private static Map<String, List<Endpoint>> serving(EndpointSlice... slices) {
    return EndpointPods.of(List.of(slices)).serving();
  }

  private static Endpoint pod(String address, int port) {
    return new Endpoint(address, IpFamily.IPV4, port, Optional.of("node-1"), Optional.of("zone-a"));
  }

  private static EndpointSlice onPort(int port, EndpointSliceBuilder slice) {
    return slice.addNewPort().withPort(port).endPort().build();
  }

  private static EndpointSliceBuilder slice(
      String type, io.fabric8.kubernetes.api.model.discovery.v1.Endpoint... endpoints) {
    return new EndpointSliceBuilder().withAddressType(type).withEndpoints(endpoints);
  }

  private static io.fabric8.kubernetes.api.model.discovery.v1.Endpoint ready(String address) {
    return endpoint(address, true, true, false);
  }

  private static io.fabric8.kubernetes.api.model.discovery.v1.Endpoint unready(String address) {
    return endpoint(address, false, false, false);
  }

  private static io.fabric8.kubernetes.api.model.discovery.v1.Endpoint ending(String address) {
    return endpoint(address, false, true, true);
  }

  private static io.fabric8.kubernetes.api.model.discovery.v1.Endpoint endpoint(
      String address, boolean ready, boolean serving, boolean terminating) {
    return new EndpointBuilder()
        .withAddresses(address)
        .withNodeName("node-1")
        .withZone("zone-a")
        .withNewConditions()
        .withReady(ready)
        .withServing(serving)
        .withTerminating(terminating)
        .endConditions()
        .build();
  }
}
