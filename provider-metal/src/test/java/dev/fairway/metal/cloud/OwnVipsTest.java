// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.failover.OwnerList;
import dev.fairway.metal.heartbeat.OwnedVip;
import dev.fairway.metal.model.Hold;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnVipsTest {
  private static final IpAddress ADDRESS = IpAddress.of("10.0.0.100");
  private static final LoadBalancerKey KEY = LoadBalancerKey.parse("default/web");

  @Test
  void speakersLearnOwnersAndWhereTheyAreReached() {
    var roster = OwnVips.roster(List.of(vip(List.of("a", "b"), List.of("10.0.0.1", ""))));

    assertThat(roster.vips())
        .containsExactly(
            new OwnedVip(new OwnerList(ADDRESS, 7, List.of("a", "b"), false), Set.of("eth1")));
    assertThat(roster.addresses()).isEqualTo(Map.of("a", IpAddress.of("10.0.0.1")));
  }

  @Test
  void whatWasProbedIsNotProbedAgainAndItsMacIsASpeakers() {
    var resource = vip(List.of("a"), List.of("10.0.0.1"));
    resource.setStatus(
        new VipResource.VipStatus(
            "a", "02:00:00:00:00:0a", "eth1", "2026-01-01T00:00:00Z", "", 7L, true, null));

    var roster = OwnVips.roster(List.of(resource));

    assertThat(roster.vips().getFirst().list().probed()).isTrue();
    assertThat(roster.macs()).containsExactly(MacAddress.of("02:00:00:00:00:0a"));
  }

  @Test
  void aVipWithoutAddressesOfItsOwnersIsReadAllTheSame() {
    var roster = OwnVips.roster(List.of(vip(List.of("a", "b"), List.of())));

    assertThat(roster.vips()).hasSize(1);
    assertThat(roster.addresses()).isEmpty();
  }

  // As versions before have written it.
  @Test
  void whatSomebodyAnswersForNeedsNoProbe() {
    var resource = vip(List.of("a"), List.of("10.0.0.1"));
    resource.setStatus(new VipResource.VipStatus("a", null, null, null, null, null, null, null));

    assertThat(OwnVips.roster(List.of(resource)).vips())
        .singleElement()
        .satisfies(owned -> assertThat(owned.list().probed()).isTrue());
  }

  @Test
  void whatIsHeldIsAnnouncedByNobody() {
    var resource = vip(List.of("a"), List.of("10.0.0.1"));
    var spec = resource.getSpec();
    resource.setSpec(
        new VipResource.VipSpec(
            spec.address(),
            spec.pool(),
            spec.loadBalancer(),
            List.of(),
            List.of(),
            8L,
            List.of(),
            3600L,
            null,
            Instant.EPOCH.toString(),
            null));

    assertThat(OwnVips.roster(List.of(resource)).vips()).isEmpty();
  }

  private static VipResource vip(List<String> owners, List<String> addresses) {
    return Resources.vip(
        KEY,
        new VipView(
            ADDRESS,
            "pool",
            owners,
            addresses,
            7,
            List.of("eth1"),
            Optional.of(new Hold(Duration.ofHours(1), Optional.empty()))));
  }
}
