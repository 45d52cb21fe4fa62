// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.l2.NdpMessage.Advertisement;
import dev.fairway.metal.l2.NdpMessage.Solicitation;
import dev.fairway.metal.l2.Sighting.Kind;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SightingTest {

  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:66");
  private static final MacAddress SENDER = MacAddress.of("02:00:00:00:00:67");
  private static final IpAddress V4 = IpAddress.of("10.13.242.7");
  private static final IpAddress OTHER_V4 = IpAddress.of("10.13.242.8");
  private static final IpAddress NO_V4 = IpAddress.of("0.0.0.0");
  private static final IpAddress V6 = IpAddress.of("fd00::7");
  private static final IpAddress OTHER_V6 = IpAddress.of("fd00::8");

  @Test
  void whoeverSendsArpHasTheSenderAddress() {
    assertThat(arp(Operation.REQUEST, V4, OTHER_V4)).contains(claim(V4, MAC));
    assertThat(arp(Operation.REPLY, V4, OTHER_V4)).contains(claim(V4, MAC));
    assertThat(arp(Operation.REQUEST, V4, V4)).contains(claim(V4, MAC));
  }

  @Test
  void whoeverHasNoAddressAsksForTheOneItWants() {
    assertThat(arp(Operation.REQUEST, NO_V4, V4)).contains(new Sighting(V4, MAC, Kind.PROBE));
    assertThat(arp(Operation.REPLY, NO_V4, V4)).isEmpty();
    assertThat(Sighting.in(ProbeFrame.of(V6, MAC))).contains(new Sighting(V6, MAC, Kind.PROBE));
    assertThat(Sighting.in(ProbeFrame.of(V4, MAC))).contains(new Sighting(V4, MAC, Kind.PROBE));
  }

  @Test
  void advertisementClaimsItsTarget() {
    assertThat(ndp(OTHER_V6, new Advertisement(V6, false, false, true, Optional.of(MAC))))
        .contains(claim(V6, MAC));
    assertThat(ndp(OTHER_V6, new Advertisement(V6, false, true, false, Optional.empty())))
        .contains(claim(V6, SENDER));
  }

  @Test
  void solicitationClaimsItsSource() {
    assertThat(ndp(V6, new Solicitation(OTHER_V6, Optional.of(MAC)))).contains(claim(V6, MAC));
    assertThat(ndp(V6, new Solicitation(OTHER_V6, Optional.empty()))).contains(claim(V6, SENDER));
  }

  private static Sighting claim(IpAddress address, MacAddress mac) {
    return new Sighting(address, mac, Kind.CLAIM);
  }

  private static Optional<Sighting> arp(Operation operation, IpAddress sender, IpAddress target) {
    return Sighting.in(
        new ArpFrame(
            MacAddress.BROADCAST,
            SENDER,
            new ArpPacket(operation, MAC, sender, MacAddress.ZERO, target)));
  }

  private static Optional<Sighting> ndp(IpAddress from, NdpMessage message) {
    return Sighting.in(
        new NdpFrame(
            Ipv6Groups.mac(Ipv6Groups.ALL_NODES), SENDER, from, Ipv6Groups.ALL_NODES, message));
  }
}
