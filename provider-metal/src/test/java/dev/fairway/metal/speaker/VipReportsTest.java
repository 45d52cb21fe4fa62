// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.Claim;
import dev.fairway.metal.l2.Claims;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.speaker.VipReport.VipClaimed;
import dev.fairway.metal.speaker.VipReport.VipNotAnnounced;
import dev.fairway.metal.speaker.VipReport.VipWithdrawn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VipReportsTest {

  private static final IpAddress VIP = IpAddress.of("10.13.242.7");
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:0b");
  private static final MacAddress NEW_MAC = MacAddress.of("02:00:00:00:00:0c");
  private static final Claims ON_ETH0 = claimed(new Claim("eth0", MAC));
  private static final Claims BROKEN = new Claims(Map.of(), Map.of(VIP, "eth0 is down"));

  @Test
  void newClaimIsReportedOnce() {
    assertThat(VipReports.between(Claims.NONE, ON_ETH0))
        .containsExactly(new VipClaimed(VIP, "eth0", MAC));
    assertThat(VipReports.between(ON_ETH0, ON_ETH0)).isEmpty();
  }

  @Test
  void onlyTheFirstInterfaceCounts() {
    Claims onBoth = claimed(new Claim("eth0", MAC), new Claim("eth1", MAC));

    assertThat(VipReports.between(ON_ETH0, onBoth)).isEmpty();
    assertThat(VipReports.between(onBoth, claimed(new Claim("eth1", MAC))))
        .containsExactly(new VipClaimed(VIP, "eth1", MAC));
  }

  @Test
  void newEthernetAddressIsReported() {
    assertThat(VipReports.between(ON_ETH0, claimed(new Claim("eth0", NEW_MAC))))
        .containsExactly(new VipClaimed(VIP, "eth0", NEW_MAC));
  }

  @Test
  void vipThatFailsIsReportedWithTheReasonAndAgainWhenItWorks() {
    assertThat(VipReports.between(ON_ETH0, BROKEN))
        .containsExactly(new VipNotAnnounced(VIP, "eth0 is down"));
    assertThat(VipReports.between(BROKEN, ON_ETH0))
        .containsExactly(new VipClaimed(VIP, "eth0", MAC));
  }

  @Test
  void vipThatLeavesIsWithdrawnWhetherItWorkedOrNot() {
    assertThat(VipReports.between(ON_ETH0, Claims.NONE)).containsExactly(new VipWithdrawn(VIP));
    assertThat(VipReports.between(BROKEN, Claims.NONE)).containsExactly(new VipWithdrawn(VIP));
  }

  private static Claims claimed(Claim... claims) {
    return new Claims(Map.of(VIP, List.of(claims)), Map.of());
  }
}
