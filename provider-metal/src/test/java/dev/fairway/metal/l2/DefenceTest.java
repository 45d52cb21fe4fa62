// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefenceTest {

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final IpAddress VIP = IpAddress.of("fd00::7");
  private static final MacAddress OWN = MacAddress.of("02:00:00:00:00:0b");
  private static final MacAddress SPEAKER = MacAddress.of("02:00:00:00:00:0c");
  private static final MacAddress FOREIGN = MacAddress.of("02:00:00:00:00:66");

  private final Defence defence = new Defence("eth0", OWN::equals, SPEAKER::equals);

  @Test
  void foreignHostIsReportedAndDefendedAgainst() {
    assertThat(heard(FOREIGN, 0)).contains(new Rival(VIP, FOREIGN, "eth0", false, true));
  }

  @Test
  void defenceComesOnceInTenSeconds() {
    heard(FOREIGN, 0);

    assertThat(heard(FOREIGN, 999)).isEmpty();
    assertThat(heard(FOREIGN, 1_000)).map(Rival::defended).contains(false);
    assertThat(heard(FOREIGN, 9_999)).map(Rival::defended).contains(false);
    assertThat(heard(FOREIGN, 10_000)).map(Rival::defended).contains(true);
  }

  @Test
  void speakerOfTheClusterIsReportedAndNeverDefendedAgainst() {
    assertThat(heard(SPEAKER, 0)).contains(new Rival(VIP, SPEAKER, "eth0", true, false));
    assertThat(heard(SPEAKER, 500)).isEmpty();
    assertThat(heard(SPEAKER, 20_000)).map(Rival::defended).contains(false);
  }

  @Test
  void foreignHostIsDefendedAgainstAtOnceAfterASpeaker() {
    heard(SPEAKER, 0);

    assertThat(heard(FOREIGN, 10)).map(Rival::defended).contains(true);
  }

  @Test
  void ownFramesProbesAndOtherAddressesAreNoRivals() {
    assertThat(heard(OWN, 0)).isEmpty();
    assertThat(against(new Sighting(VIP, FOREIGN, Sighting.Kind.PROBE), 0)).isEmpty();
    assertThat(against(new Sighting(IpAddress.of("fd00::8"), FOREIGN, Sighting.Kind.CLAIM), 0))
        .isEmpty();
  }

  @Test
  void vipThatWasAwayIsDefendedAnew() {
    heard(FOREIGN, 0);

    defence.retain(Set.of());

    assertThat(heard(FOREIGN, 1)).map(Rival::defended).contains(true);
  }

  private Optional<Rival> heard(MacAddress mac, long millis) {
    return against(new Sighting(VIP, mac, Sighting.Kind.CLAIM), millis);
  }

  private Optional<Rival> against(Sighting sighting, long millis) {
    return defence.against(sighting, Set.of(VIP), START.plusMillis(millis));
  }
}
