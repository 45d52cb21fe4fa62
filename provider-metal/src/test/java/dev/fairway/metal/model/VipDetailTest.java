// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.Detail;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.owner.OwnerLoads;
import dev.fairway.metal.pool.AddressMap;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VipDetailTest {
  private static final IpAddress ADDRESS = IpAddress.of("192.0.2.7");
  private static final Answering NODE_1 =
      new Answering("node-1", "02:00:00:00:00:01", "eth0", "2026-01-02T03:04:05Z", true);

  @Test
  void whoAnswersIsNamedWithItsHardwareAddress() {
    assertThat(detail(Map.of(ADDRESS, NODE_1), "node-1", "node-2", "node-3"))
        .isEqualTo(
            new Detail(
                "192.0.2.7",
                Detail.State.OK,
                "pool a, answered for by node-1 with 02:00:00:00:00:01 on eth0 since"
                    + " 2026-01-02T03:04:05Z; standing by: node-2, node-3"));
  }

  @Test
  void whyItIsTheOneThatAnswersIsTold() {
    var after =
        new Answering(
            "node-1", "02:00:00:00:00:01", "eth0", "then", "node-2 was not heard for 300 ms", true);

    assertThat(detail(Map.of(ADDRESS, after), "node-1").text())
        .endsWith("on eth0 since then, as node-2 was not heard for 300 ms");
  }

  @Test
  void anOwnerThatHasNotSaidThatItAnswersIsWaitedFor() {
    assertThat(detail(Map.of(), "node-2"))
        .isEqualTo(
            new Detail(
                "192.0.2.7",
                Detail.State.WAITING,
                "pool a, node-2 is to answer for it and has not said so yet"));
    assertThat(detail(Map.of(ADDRESS, NODE_1), "node-2").text())
        .endsWith("not said so yet; the last to do was node-1");
  }

  @Test
  void anAddressWithoutOwnerFails() {
    assertThat(detail(Map.of(ADDRESS, NODE_1)).state()).isEqualTo(Detail.State.FAILING);
  }

  @Test
  void whatBecomesOfTheAddressIsTold() {
    var hold =
        new Hold(Duration.ofHours(2), Optional.of(LoadBalancerKey.ofService("shop", "successor")));

    assertThat(detail(Map.of(), Optional.of(hold), "node-2").text())
        .endsWith("; to be held for 2h for shop/successor when it is let go");
  }

  @Test
  void aForeignHostThatClaimsItIsNamed() {
    var conflicts = Map.of(ADDRESS, "02:00:00:00:00:0a");

    assertThat(detail(Map.of(), conflicts, Optional.empty(), "node-1").text())
        .endsWith("; the foreign host 02:00:00:00:00:0a claims it too");
  }

  private static Detail detail(Map<IpAddress, Answering> answering, String... owners) {
    return detail(answering, Optional.empty(), owners);
  }

  private static Detail detail(
      Map<IpAddress, Answering> answering, Optional<Hold> hold, String... owners) {
    return detail(answering, Map.of(), hold, owners);
  }

  private static Detail detail(
      Map<IpAddress, Answering> answering,
      Map<IpAddress, String> conflicts,
      Optional<Hold> hold,
      String... owners) {
    return new MetalObserved(
            LoadBalancerKey.ofService("default", "web"),
            List.of(new VipView(ADDRESS, "a", List.of(owners), List.of(), 0, List.of(), hold)),
            List.of(),
            new Surroundings(List.of(), List.of(), Set.of(), OwnerLoads.none(), AddressMap.empty()),
            answering,
            conflicts)
        .details()
        .getFirst();
  }
}
