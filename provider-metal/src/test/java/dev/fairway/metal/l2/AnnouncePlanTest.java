// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.net.InterfaceAddress;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncePlanTest {

  private static final IpAddress VIP = IpAddress.of("10.13.242.7");
  private static final Link LAN = link(2, "eth0", true, "10.13.240.11", 22);
  private static final Link STORAGE = link(3, "eth1", true, "10.99.0.11", 24);
  private static final Link DOWN = link(4, "eth2", false, "10.13.241.11", 22);

  @Test
  void vipGoesToTheInterfacesThatHaveItsSubnet() {
    AnnouncePlan plan = AnnouncePlan.of(List.of(LAN, STORAGE, DOWN), List.of(vip()));

    assertThat(plan.onLink()).containsOnlyKeys(LAN).containsEntry(LAN, Set.of(VIP));
    assertThat(plan.nowhere()).isEmpty();
  }

  @Test
  void namedInterfaceIsTakenWithoutTheSubnet() {
    AnnouncePlan plan = AnnouncePlan.of(List.of(LAN, STORAGE), List.of(vip("eth1", "eth9")));

    assertThat(plan.onLink()).containsOnlyKeys(STORAGE);
  }

  @Test
  void vipThatGoesNowhereHasAReason() {
    assertThat(AnnouncePlan.of(List.of(STORAGE), List.of(vip())).nowhere().get(VIP))
        .startsWith("no interface of this node has a subnet with 10.13.242.7;");
    assertThat(AnnouncePlan.of(List.of(DOWN), List.of(vip())).nowhere().get(VIP))
        .isEqualTo("no interface for 10.13.242.7 is up, has a carrier and speaks ARP: eth2");
    assertThat(AnnouncePlan.of(List.of(LAN), List.of(vip("eth9"))).nowhere().get(VIP))
        .isEqualTo("this node has none of the interfaces that the Announcement names: eth9");
  }

  @Test
  void ipv6GoesToTheInterfacesThatHaveItsSubnet() {
    IpAddress v6 = IpAddress.of("fd00:13::7");
    Link both =
        new Link(
            5,
            "eth3",
            MacAddress.of("02:00:00:00:00:05"),
            true,
            true,
            0,
            List.of(
                new InterfaceAddress(IpAddress.of("10.13.240.11"), 22),
                new InterfaceAddress(IpAddress.of("fe80::5"), 64),
                new InterfaceAddress(IpAddress.of("fd00:13::11"), 64)));

    AnnouncePlan plan =
        AnnouncePlan.of(List.of(LAN, both), List.of(new AnnouncedVip(v6, Set.of()), vip()));

    assertThat(plan.on(LAN, Family.IPV6)).isEmpty();
    assertThat(plan.on(both, Family.IPV6)).containsExactly(v6);
    assertThat(plan.on(both, Family.IPV4)).containsExactly(VIP);
    assertThat(plan.nowhere()).isEmpty();
  }

  private static AnnouncedVip vip(String... interfaces) {
    return new AnnouncedVip(VIP, Set.of(interfaces));
  }

  private static Link link(int index, String name, boolean running, String address, int length) {
    return new Link(
        index,
        name,
        MacAddress.of("02:00:00:00:00:0" + index),
        true,
        running,
        0,
        List.of(new InterfaceAddress(IpAddress.of(address), length)));
  }
}
