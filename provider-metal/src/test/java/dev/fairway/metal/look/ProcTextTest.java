// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.pool.IpAddress;
import org.junit.jupiter.api.Test;

/// Tables as kernels print them.
class ProcTextTest {
  private static final String ROUTES_4 =
      """
      Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
      eth0\t00000000\t01F00D0A\t0003\t0\t0\t0\t00000000\t0\t0\t0
      eth0\t00F00D0A\t00000000\t0001\t0\t0\t0\t00FCFFFF\t0\t0\t0
      tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0
      """;
  private static final String ROUTES_6 =
      """
      fd000013000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
      00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth1
      00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
      """;
  private static final String NETSTAT =
      """
      TcpExt: SyncookiesSent IPReversePathFilter TCPTimeouts
      TcpExt: 0 17 3
      IpExt: InNoRoutes InTruncatedPkts
      IpExt: 5 0
      """;
  private static final String IPVS =
      """
      IP Virtual Server version 1.2.1 (size=4096)
      Prot LocalAddress:Port Scheduler Flags
        -> RemoteAddress:Port Forward Weight ActiveConn InActConn
      TCP  0A0DF207:0050 rr\s
        -> 0AF40102:1F90      Masq    1      0          0
      TCP  [fd00:0013:0000:0000:0000:0000:0000:0007]:0050 rr\s
      """;

  @Test
  void onlyARouteToEverybodyIsADefaultRoute() {
    assertThat(ProcText.defaultRoutes4(ROUTES_4)).containsExactly("eth0");
    assertThat(ProcText.defaultRoutes6(ROUTES_6)).containsExactly("eth1");
  }

  @Test
  void countersAreFoundByTheirNames() {
    assertThat(ProcText.counter(NETSTAT, "TcpExt", "IPReversePathFilter")).isEqualTo(17);
    assertThat(ProcText.counter(NETSTAT, "IpExt", "InNoRoutes")).isEqualTo(5);
    assertThat(ProcText.counter(NETSTAT, "IpExt", "Unknown")).isZero();
  }

  @Test
  void whatIpvsServesIsFoundInBothFamilies() {
    assertThat(ProcText.servedByIpvs(IPVS, IpAddress.of("10.13.242.7"))).isTrue();
    assertThat(ProcText.servedByIpvs(IPVS, IpAddress.of("fd00:13::7"))).isTrue();
    // A pod behind it is no service.
    assertThat(ProcText.servedByIpvs(IPVS, IpAddress.of("10.244.1.2"))).isFalse();
    assertThat(ProcText.servedByIpvs(IPVS, IpAddress.of("10.13.242.8"))).isFalse();
  }

  @Test
  void aTableThatIsNotThereSaysNothing() {
    assertThat(ProcText.defaultRoutes4("")).isEmpty();
    assertThat(ProcText.defaultRoutes6("")).isEmpty();
    assertThat(ProcText.counter("", "TcpExt", "IPReversePathFilter")).isZero();
    assertThat(ProcText.servedByIpvs("", IpAddress.of("10.13.242.7"))).isFalse();
  }
}
