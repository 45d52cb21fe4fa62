// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.Holding.Held;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.PoolSpec;
import dev.fairway.metal.pool.Reservation;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private static final LoadBalancerKey MAIL = LoadBalancerKey.ofService("default", "mail");
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private final Ledger ledger = new Ledger();

  @BeforeEach
  void onePoolOfFour() {
    pools("192.0.2.0/30");
  }

  @Test
  void aTakenAddressIsOfferedToNobody() {
    for (var n = 0; n < 3; n++) {
      take(WEB, "192.0.2." + n, 1);
    }

    assertThat(offers(MAIL)).containsExactly(IpAddress.of("192.0.2.3"));
    take(WEB, "192.0.2.3", 1);
    assertThat(offers(MAIL)).isEmpty();
    assertThat(ledger.look(MAIL).pools().getFirst().available()).isEqualTo(BigInteger.ZERO);
  }

  @Test
  void theSameLoadBalancerIsOfferedTheSameAddressAgain() {
    var first = offers(WEB);
    take(MAIL, offers(WEB).getFirst().toString(), 1);
    assertThat(offers(WEB)).isNotEqualTo(first);

    ledger.gone(first.getFirst(), 2);

    assertThat(offers(WEB)).isEqualTo(first);
  }

  @Test
  void olderNewsAreIgnored() {
    take(WEB, "192.0.2.1", 5);
    take(MAIL, "192.0.2.1", 4);

    assertThat(holder("192.0.2.1")).contains(WEB);
    assertThat(ledger.gone(IpAddress.of("192.0.2.1"), 4)).isFalse();
    assertThat(holder("192.0.2.1")).contains(WEB);
  }

  @Test
  void newsFromBeforeADeletionOfOursAreIgnoredAndANewerVipIsNot() {
    take(WEB, "192.0.2.1", 5);
    ledger.deleted(IpAddress.of("192.0.2.1"), 5);

    take(WEB, "192.0.2.1", 5);
    assertThat(ledger.look(WEB).vips()).isEmpty();

    take(WEB, "192.0.2.1", 6);
    assertThat(ledger.look(WEB).vips()).hasSize(1);
  }

  @Test
  void anAddressThatChangesHandsIsOfTheNewHolderOnly() {
    take(WEB, "192.0.2.1", 1);
    take(MAIL, "192.0.2.1", 2);

    assertThat(ledger.look(WEB).vips()).isEmpty();
    assertThat(ledger.look(MAIL).vips()).hasSize(1);
    assertThat(ledger.keys()).containsExactly(MAIL);
  }

  @Test
  void aHeldAddressIsOfferedToNobodyAndIsNotAmongTheVips() {
    take(WEB, "192.0.2.1", 1);

    hold(WEB, MAIL, "192.0.2.1", 2);

    assertThat(ledger.look(WEB).vips()).isEmpty();
    assertThat(ledger.look(WEB).held()).isEmpty();
    assertThat(ledger.look(MAIL).held()).singleElement().extracting(Held::formerly).isEqualTo(WEB);
    assertThat(ledger.keys()).isEmpty();
    assertThat(ledger.look(WEB).load().owned("node-1")).isZero();
    assertThat(ledger.usage().values())
        .singleElement()
        .satisfies(usage -> assertThat(usage.assigned()).isEqualTo(BigInteger.ONE));
  }

  @Test
  void whatAForeignHostHasIsOfferedToNobodyUntilItsTimeIsOver() {
    take(WEB, "192.0.2.1", 1);
    ledger.put(
        new Holding.Quarantined(IpAddress.of("192.0.2.1"), "main", WEB, "02:00:00:00:00:0a", END),
        2);

    assertThat(ledger.look(WEB).vips()).isEmpty();
    assertThat(ledger.look(WEB).held()).isEmpty();
    assertThat(offers(WEB)).doesNotContain(IpAddress.of("192.0.2.1"));
    assertThat(ledger.overdue(END.minusSeconds(1))).isEmpty();
    assertThat(ledger.overdue(END)).hasSize(1);
    ledger.deleted(IpAddress.of("192.0.2.1"), 2);
    assertThat(ledger.overdue(END)).isEmpty();
  }

  @Test
  void whatIsReservedForAServiceIsNotForTheGroupThatHasItsName() {
    ledger.setReservations(() ->
        List.of(
            reservation("of-web", "192.0.2.1", Optional.of("web")),
            reservation("of-all", "192.0.2.2", Optional.empty())));

    assertThat(reserved(WEB)).containsOnly("192.0.2.1", "192.0.2.2");
    assertThat(reserved(LoadBalancerKey.ofShareKey("default", "web"))).containsOnly("192.0.2.2");
  }

  private List<String> reserved(LoadBalancerKey key) {
    return ledger.look(key).reserved().stream().map(offer -> offer.address().toString()).toList();
  }

  private static Reservation reservation(String name, String address, Optional<String> service) {
    return new Reservation(name, Instant.EPOCH, List.of(address), Optional.of("default"), service);
  }

  @Test
  void whatIsHeldIsOverdueFromItsEndOn() {
    hold(WEB, WEB, "192.0.2.1", 1);

    assertThat(ledger.overdue(END.minusSeconds(1))).isEmpty();
    assertThat(ledger.overdue(END)).hasSize(1);
    ledger.deleted(IpAddress.of("192.0.2.1"), 1);
    assertThat(ledger.overdue(END)).isEmpty();
    assertThat(ledger.look(WEB).held()).isEmpty();
  }

  @Test
  void anAddressThatWasHeldIsOfWhoeverClaimsIt() {
    hold(WEB, MAIL, "192.0.2.1", 1);

    take(MAIL, "192.0.2.1", 2);

    assertThat(ledger.look(MAIL).held()).isEmpty();
    assertThat(holder("192.0.2.1")).contains(MAIL);
  }

  @Test
  void aLookStaysAsItWasWhateverHappensAfterwards() {
    take(WEB, "192.0.2.1", 1);
    var look = ledger.look(WEB);

    ledger.deleted(IpAddress.of("192.0.2.1"), 1);
    take(MAIL, "192.0.2.2", 2);

    assertThat(look.holdings().get(IpAddress.of("192.0.2.1"))).isPresent();
    assertThat(look.holdings().get(IpAddress.of("192.0.2.2"))).isEmpty();
    assertThat(look.load().owned("node-1")).isEqualTo(1);
  }

  @Test
  void onlyNewsAreTold() {
    assertThat(take(WEB, "192.0.2.1", 5)).isTrue();
    assertThat(take(WEB, "192.0.2.1", 5)).isFalse();
    assertThat(take(MAIL, "192.0.2.1", 4)).isFalse();
    assertThat(take(MAIL, "192.0.2.1", 6)).isTrue();
  }

  @Test
  void aPoolThatChangesKeepsWhatIsInUse() {
    take(WEB, "192.0.2.1", 1);

    pools("192.0.2.0/31");

    assertThat(ledger.look(WEB).vips()).hasSize(1);
    assertThat(offers(MAIL)).containsExactly(IpAddress.of("192.0.2.0"));
    assertThat(ledger.usage().values())
        .singleElement()
        .satisfies(usage -> assertThat(usage.assigned()).isEqualTo(BigInteger.ONE));
  }

  @Test
  void theLoadCountsFirstOwners() {
    take(WEB, "192.0.2.1", 1);
    take(MAIL, "192.0.2.2", 1);

    assertThat(ledger.look(WEB).load().owned("node-1")).isEqualTo(2);
    take(WEB, "192.0.2.1", 2);
    assertThat(ledger.look(WEB).load().owned("node-1")).isEqualTo(2);
    ledger.gone(IpAddress.of("192.0.2.1"), 2);
    assertThat(ledger.look(WEB).load().owned("node-1")).isEqualTo(1);
  }

  private void pools(String addresses) {
    ledger.setPools(List.of(new PoolSpec("pool", Instant.EPOCH, List.of(addresses))), Map.of());
  }

  private boolean take(LoadBalancerKey key, String address, long version) {
    return ledger.put(
        new Holding.InUse(
            key,
            new VipView(
                IpAddress.of(address),
                "pool",
                List.of("node-1", "node-2"),
                List.of(),
                0,
                List.of(),
                Optional.empty())),
        version);
  }

  private void hold(
      LoadBalancerKey formerly, LoadBalancerKey reservedFor, String address, long version) {
    ledger.put(new Held(IpAddress.of(address), "pool", formerly, reservedFor, END), version);
  }

  private Optional<LoadBalancerKey> holder(String address) {
    return ledger.holding(IpAddress.of(address)).map(holding -> ((Holding.InUse) holding).key());
  }

  private List<IpAddress> offers(LoadBalancerKey key) {
    return ledger.look(key).pools().getFirst().offers();
  }
}
