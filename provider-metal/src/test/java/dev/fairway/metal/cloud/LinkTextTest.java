// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.model.NodeLink;
import dev.fairway.metal.net.InterfaceAddress;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTextTest {
  @Test
  void whatASpeakerTellsIsUnderstood() {
    var text =
        OwnLinks.text(
            List.of(
                link("veth1", true, "fe80::1/64"),
                link("eth0", true, "10.13.240.11/22", "fd00:13::1/64", "fe80::2/64"),
                link("eth1", false, "192.0.2.1/24")));

    assertThat(LinkText.parse(text))
        .contains(
            List.of(
                new NodeLink(
                    "eth0",
                    List.of(
                        IpRange.ofPrefix(IpAddress.of("10.13.240.0"), 22),
                        IpRange.ofPrefix(IpAddress.of("fd00:13::"), 64))),
                new NodeLink("veth1", List.of())));
  }

  @Test
  void noInterfaceIsSomethingToTellToo() {
    assertThat(LinkText.parse(OwnLinks.text(List.of()))).contains(List.of());
  }

  @Test
  void ofManyInterfacesThoseWithASubnetAreToldAndThatThereAreOthers() {
    var links = new ArrayList<Link>();
    for (var i = 0; i < 200; i++) {
      links.add(link("veth" + i, true));
    }
    links.add(link("zeth", true, "192.0.2.1/24"));

    var told = LinkText.parse(OwnLinks.text(links)).orElseThrow();

    assertThat(told.getFirst().name()).isEqualTo("zeth");
    assertThat(told.getLast().name()).isEqualTo(NodeLink.OTHERS);
    assertThat(told).hasSize(65);
  }

  @Test
  void theStationsOfANodeAreThoseOfItsNetworksAndNotOfItsPods() {
    assertThat(
            OwnLinks.stations(
                List.of(
                    link("veth1", true, "fe80::1/64"),
                    link("eth0", true, "10.13.240.11/22"),
                    link("eth1", false, "192.0.2.1/24"))))
        .isEqualTo("52:54:00:00:00:01");
    assertThat(OwnLinks.stations(List.of(link("veth1", true)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "=10.0.0.0/8", "eth0=10.0.0.0", "eth0=10.0.0.0/33", "eth0=x/8"})
  void whatCannotBeReadIsNotBelievedByHalves(String text) {
    assertThat(LinkText.parse("eth1=192.0.2.0/24," + text)).isEmpty();
  }

  private static Link link(String name, boolean running, String... addresses) {
    return new Link(
        1,
        name,
        MacAddress.of("52:54:00:00:00:01"),
        true,
        running,
        0,
        Stream.of(addresses)
            .map(text -> {
              var slash = text.indexOf('/');
              return new InterfaceAddress(
                  IpAddress.of(text.substring(0, slash)),
                  Integer.parseInt(text.substring(slash + 1)));
            })
            .toList());
  }
}
