// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.PoolSpec;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private static final LoadBalancerKey MAIL = LoadBalancerKey.ofService("default", "mail");
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
    assertThat(ledger.pools(MAIL).getFirst().available()).isEqualTo(BigInteger.ZERO);
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

    assertThat(ledger.holder(IpAddress.of("192.0.2.1"))).contains(WEB);
    assertThat(ledger.gone(IpAddress.of("192.0.2.1"), 4)).isFalse();
    assertThat(ledger.holder(IpAddress.of("192.0.2.1"))).contains(WEB);
  }

  @Test
  void newsFromBeforeADeletionOfOursAreIgnoredAndANewerVipIsNot() {
    take(WEB, "192.0.2.1", 5);
    ledger.deleted(IpAddress.of("192.0.2.1"), 5);

    take(WEB, "192.0.2.1", 5);
    assertThat(ledger.vipsOf(WEB)).isEmpty();

    take(WEB, "192.0.2.1", 6);
    assertThat(ledger.vipsOf(WEB)).hasSize(1);
  }

  @Test
  void anAddressThatChangesHandsIsOfTheNewHolderOnly() {
    take(WEB, "192.0.2.1", 1);
    take(MAIL, "192.0.2.1", 2);

    assertThat(ledger.vipsOf(WEB)).isEmpty();
    assertThat(ledger.vipsOf(MAIL)).hasSize(1);
    assertThat(ledger.keys()).containsExactly(MAIL);
  }

  @Test
  void whatWasLostWithoutBeingAskedIsOfferedBack() {
    ledger.remember(WEB, IpAddress.of("192.0.2.2"));
    assertThat(offers(WEB)).containsExactly(IpAddress.of("192.0.2.2"));

    take(MAIL, "192.0.2.2", 1);

    assertThat(offers(WEB)).doesNotContain(IpAddress.of("192.0.2.2"));
  }

  @Test
  void aPoolThatChangesKeepsWhatIsInUse() {
    take(WEB, "192.0.2.1", 1);

    pools("192.0.2.0/31");

    assertThat(ledger.vipsOf(WEB)).hasSize(1);
    assertThat(offers(MAIL)).containsExactly(IpAddress.of("192.0.2.0"));
    assertThat(ledger.usage().values())
        .singleElement()
        .satisfies(usage -> assertThat(usage.assigned()).isEqualTo(BigInteger.ONE));
  }

  @Test
  void theLoadCountsFirstOwners() {
    take(WEB, "192.0.2.1", 1);
    take(MAIL, "192.0.2.2", 1);

    assertThat(ledger.load()).containsEntry("node-1", 2).doesNotContainKey("node-2");
  }

  private void pools(String addresses) {
    ledger.setPools(
        List.of(new PoolSpec("pool", Instant.EPOCH, List.of(addresses))), Set.of("pool"));
  }

  private void take(LoadBalancerKey key, String address, long version) {
    ledger.put(
        key,
        new VipView(IpAddress.of(address), "pool", List.of("node-1", "node-2"), List.of()),
        version);
  }

  private List<IpAddress> offers(LoadBalancerKey key) {
    return ledger.pools(key).getFirst().offers();
  }
}
