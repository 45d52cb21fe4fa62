// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.net.Netns;
import dev.fairway.metal.net.Wire;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhoHasIT {
  private static final IpAddress VIP = IpAddress.of("10.13.242.7");

  private Wire wire;

  @BeforeEach
  void open() throws Exception {
    wire = new Wire("wh").withIpv6();
  }

  @AfterEach
  void close() throws Exception {
    wire.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {Wire.CLIENT_ADDRESS, Wire.CLIENT_ADDRESS_6})
  void whoAnswersIsHeardWithTheTimeItTook(String address) throws Exception {
    assertThat(ask(wire.node(), address))
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.mac()).isEqualTo(wire.clientMac());
          assertThat(answer.interfaceName()).isEqualTo("eth0");
          assertThat(answer.after()).isPositive().isLessThan(Duration.ofSeconds(1));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.13.242.7", "fd00:13::7"})
  void nobodyIsHeardWhereNobodyHasTheAddress(String address) throws Exception {
    assertThat(ask(wire.node(), address)).isEmpty();
  }

  /// The kernel of the node and an announcer beside it have one Ethernet address; a second one
  /// comes in with the client's.
  @Test
  void anOwnerDoesNotTakeTheQuestionForSomebodyWhoWantsTheAddress() throws Exception {
    var owner =
        Netns.call(
            wire.client(),
            () -> L2Announcer.open(InstantSource.system(), _ -> {}, Rivals.ignored()));
    try {
      var probe =
          Netns.call(
              wire.client(),
              () ->
                  owner.probe(
                      new AnnouncedVip(VIP, Set.of()),
                      new ProbeTimes(1, Duration.ofSeconds(2), true),
                      MacAddress.ZERO::equals));

      assertThat(ask(wire.node(), VIP.toString())).isEmpty();

      assertThat(probe.join()).isEqualTo(Optional.empty());
    } finally {
      owner.close();
    }
  }

  @Test
  void withoutAnAddressOfItsOwnAnInterfaceAsksNobody() throws Exception {
    var bare = Wire.eth0(wire.node());
    var link =
        new Link(
            bare.index(),
            bare.name(),
            bare.mac(),
            bare.speaksArp(),
            bare.running(),
            bare.carrierChanges(),
            List.of());

    assertThatThrownBy(() -> WhoHas.ask(link, VIP, _ -> false, InstantSource.system()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("eth0 has no");
  }

  private static List<WhoHas.Answer> ask(String namespace, String address) throws Exception {
    var link = Wire.eth0(namespace);
    return Netns.call(
        namespace,
        () -> WhoHas.ask(link, IpAddress.of(address), link.mac()::equals, InstantSource.system()));
  }
}
