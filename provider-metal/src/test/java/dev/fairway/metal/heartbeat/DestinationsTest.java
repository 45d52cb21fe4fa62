// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.net.InterfaceAddress;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DestinationsTest {
  @Test
  void aNodeOnALinkIsCalledByTheLinksBroadcast() {
    var links = List.of(link(2, "10.13.240.1/22"), link(3, "192.168.0.1/24"));

    assertThat(everywhere("10.13.241.9", links)).containsExactly("10.13.243.255");
  }

  @Test
  void aNodeOnTwoLinksIsCalledOnBoth() {
    var links = List.of(link(2, "10.0.0.1/24"), link(3, "10.0.0.2/16"));

    assertThat(everywhere("10.0.0.9", links)).containsExactly("10.0.0.255", "10.0.255.255");
  }

  @Test
  void aNodeBehindARouterCannotBeCalled() {
    assertThat(everywhere("10.2.0.1", List.of(link(2, "10.1.0.1/16")))).isEmpty();
  }

  @Test
  void aLinkOfTwoHostsHasNoBroadcast() {
    assertThat(everywhere("10.0.0.1", List.of(link(2, "10.0.0.0/31")))).isEmpty();
  }

  @Test
  void byIpv6AllNodesOfTheLinkAreCalled() {
    assertThat(everywhere("fd00::9", List.of(link(7, "fd00::1/64"), link(8, "fd01::1/64"))))
        .containsExactly("ff02:0:0:0:0:0:0:1%7");
  }

  @Test
  void otherwiseItIsTheAddressOfTheNode() {
    assertThat(Destinations.unicast(IpAddress.of("10.0.0.200")).getHostAddress())
        .isEqualTo("10.0.0.200");
    assertThat(Destinations.unicast(IpAddress.of("fd00::9")).getHostAddress())
        .isEqualTo("fd00:0:0:0:0:0:0:9");
  }

  private static List<String> everywhere(String address, List<Link> links) {
    return Destinations.everywhere(IpAddress.of(address), links).stream()
        .map(InetAddress::getHostAddress)
        .toList();
  }

  private static Link link(int index, String... addresses) {
    return new Link(
        index,
        "eth" + index,
        new MacAddress(index),
        true,
        true,
        0,
        Stream.of(addresses)
            .map(text -> text.split("/", 2))
            .map(parts -> new InterfaceAddress(IpAddress.of(parts[0]), Integer.parseInt(parts[1])))
            .toList());
  }
}
