// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What is avoided, reserved, or used by the cluster itself.
class AvoidedAddressesTest {
  @Test
  void whatIsAvoidedIsOfferedToNobodyAndNotCountedAsAvailable() {
    var allocator = allocator(pool("10.0.0.0/30", List.of("10.0.0.1", "10.0.0.3/32"), false));

    assertThat(all(allocator, "a"))
        .containsExactlyInAnyOrder(IpAddress.of("10.0.0.0"), IpAddress.of("10.0.0.2"));
    var usage = usage(allocator);
    assertThat(usage.total()).isEqualTo(BigInteger.valueOf(4));
    assertThat(usage.assigned()).isEqualTo(BigInteger.TWO);
    assertThat(usage.available()).isZero();
  }

  @Test
  void addressesThatOldDevicesTakeForOthersAreLeftOutWhereThatIsAskedFor() {
    var allocator = allocator(pool("10.0.0.254-10.0.2.1", List.of("10.0.1.255"), true));

    assertThat(usage(allocator).available()).isEqualTo(BigInteger.valueOf(256));
    assertThat(all(allocator, "a"))
        .hasSize(256)
        .noneMatch(address -> address.toString().matches(".*[.](0|255)"));
  }

  @Test
  void aPoolOfAHundredThousandBlocksCostsNoMoreThanASmallOne() {
    var allocator = allocator(pool("10.0.0.0/8", List.of(), true));

    assertThat(usage(allocator).available())
        .isEqualTo(BigInteger.valueOf((1 << 24) - 2 * (1 << 16)));
    assertThat(allocator.offers("a", 255)).containsExactly(IpAddress.of("10.0.1.1"));
  }

  @Test
  void whoHasAnAddressThatIsAvoidedSinceKeepsItAndNobodyGetsItAfterwards() {
    var allocator =
        new Allocator(
            List.of(pool("10.0.0.0/31", List.of("10.0.0.1"), true)),
            List.of(),
            List.of(),
            List.of(IpAddress.of("10.0.0.0"), IpAddress.of("10.0.0.1")));
    assertThat(usage(allocator).assigned()).isEqualTo(BigInteger.valueOf(2));

    allocator.release(IpAddress.of("10.0.0.0"));
    allocator.release(IpAddress.of("10.0.0.1"));

    assertThat(usage(allocator).assigned()).isZero();
    assertThat(usage(allocator).available()).isZero();
    assertThat(allocator.offers("a", 0)).isEmpty();
  }

  @Test
  void whatTheClusterUsesItselfIsOfferedToNobodyAndTold() {
    var node =
        new Occupied(IpRange.ofPrefix(IpAddress.of("10.0.0.2"), 32), "NodeAddress", "node n1");
    var elsewhere =
        new Occupied(IpRange.ofPrefix(IpAddress.of("10.1.0.0"), 16), "PodNetwork", "pods");
    var allocator =
        new Allocator(
            List.of(pool("10.0.0.0/30", List.of(), false)),
            List.of(),
            List.of(node, elsewhere),
            List.of());

    assertThat(usage(allocator).overlaps()).containsExactly(node);
    assertThat(all(allocator, "a")).hasSize(3).doesNotContain(IpAddress.of("10.0.0.2"));
  }

  @Test
  void whatIsReservedIsOfferedToItsHolderOnlyAndTheNearestFirst() {
    var allocator =
        new Allocator(
            List.of(pool("10.0.0.0/29", List.of("10.0.0.5"), false)),
            List.of(
                reservation("all", "shop", null, "10.0.0.0/31"),
                reservation("web", "shop", "web", "10.0.0.5"),
                reservation("nobody", null, null, "10.0.0.7")),
            List.of(),
            List.of());

    assertThat(allocator.reservedFor("shop", "web", 0))
        .containsExactly(
            new Allocator.Offer(IpAddress.of("10.0.0.5"), "a"),
            new Allocator.Offer(IpAddress.of("10.0.0.0"), "a"));
    assertThat(allocator.reservedFor("shop", "mail", 0))
        .containsExactly(new Allocator.Offer(IpAddress.of("10.0.0.0"), "a"));
    assertThat(allocator.reservedFor("other", "web", 0)).isEmpty();
    assertThat(usage(allocator).available()).isEqualTo(BigInteger.valueOf(4));
    assertThat(all(allocator, "a"))
        .containsExactlyInAnyOrder(
            IpAddress.of("10.0.0.2"),
            IpAddress.of("10.0.0.3"),
            IpAddress.of("10.0.0.4"),
            IpAddress.of("10.0.0.6"));
  }

  @Test
  void ofTwoReservationsThatOverlapTheOlderOneCounts() {
    var older = reservation("z-older", "shop", null, "10.0.0.0/31");
    var younger =
        new Reservation(
            "a-younger",
            Instant.EPOCH.plusSeconds(1),
            List.of("10.0.0.1"),
            Optional.of("other"),
            Optional.empty());
    var states =
        Reservations.of(
                List.of(younger, older), List.of(IpRange.ofPrefix(IpAddress.of("10.0.0.0"), 24)))
            .states();

    assertThat(state(states, "z-older").reason()).isEqualTo("Valid");
    assertThat(state(states, "a-younger").message())
        .isEqualTo(
            "spec.addresses: 10.0.0.1 is in the older reservation 'z-older' too; take it out of one"
                + " of the two");
  }

  @Test
  void aReservationThatNobodyCanHaveSaysWhy() {
    var pools = List.of(IpRange.ofPrefix(IpAddress.of("10.0.0.0"), 24));
    var states =
        Reservations.of(
                List.of(
                    reservation("outside", "shop", null, "10.0.0.255-10.0.1.3"),
                    reservation("bad", "shop", null, "10.0.0.5/24"),
                    new Reservation(
                        "homeless",
                        Instant.EPOCH,
                        List.of("10.0.0.9"),
                        Optional.empty(),
                        Optional.of("web"))),
                pools)
            .states();

    assertThat(state(states, "outside").message())
        .contains("no valid AddressPool holds 10.0.1.0-10.0.1.3");
    assertThat(state(states, "bad").reason()).isEqualTo("InvalidAddresses");
    assertThat(state(states, "homeless").reason()).isEqualTo("NamespaceMissing");
  }

  @Test
  void anEntryToAvoidThatCannotBeReadMakesThatPoolInvalidAndNoOther() {
    var states =
        Pools.judge(
            List.of(
                pool("10.0.0.0/30", List.of("10.0.0.x"), false),
                new PoolSpec("b", Instant.EPOCH, List.of("10.0.1.0/30"))));

    assertThat(state(states, "a").message()).startsWith("spec.avoid[0]: '10.0.0.x'");
    assertThat(state(states, "b").reason()).isEqualTo("Valid");
  }

  @RepeatedTest(10)
  void longHistoriesAgreeWithPlainSets() {
    var seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var avoid = new ArrayList<String>();
    for (var i = random.nextInt(5); i >= 0; i--) {
      avoid.add("10.0." + random.nextInt(2) + "." + (250 + random.nextInt(6)));
    }
    var buggy = random.nextBoolean();
    var everything = new ArrayList<IpAddress>();
    for (var a = IpAddress.of("10.0.0.250"); a.compareTo(IpAddress.of("10.0.1.4")) < 0; ) {
      everything.add(a);
      a = a.next().orElseThrow();
    }
    var allocator = allocator(pool("10.0.0.250-10.0.1.3", avoid, buggy));
    var assigned = new HashSet<IpAddress>();
    for (var step = 0; step < 3000; step++) {
      var address = everything.get(random.nextInt(everything.size()));
      if (random.nextInt(100) < (step / 500 % 2 == 0 ? 70 : 30)) {
        allocator.take(address);
        assigned.add(address);
      } else {
        allocator.release(address);
        assigned.remove(address);
      }
      var free =
          everything.stream()
              .filter(one -> !assigned.contains(one) && !avoid.contains(one.toString()))
              .filter(one -> !buggy || !one.toString().matches(".*[.](0|255)"))
              .toList();
      assertThat(usage(allocator).available()).isEqualTo(BigInteger.valueOf(free.size()));
      assertThat(usage(allocator).assigned()).isEqualTo(BigInteger.valueOf(assigned.size()));
      var offers = allocator.offers("a", random.nextLong());
      assertThat(offers).hasSize(free.isEmpty() ? 0 : 1);
      assertThat(free).containsAll(offers);
    }
  }

  private static <S> S state(Map<String, S> states, String name) {
    return Objects.requireNonNull(states.get(name));
  }

  // Everything that is offered, taken one after the other.
  private static Set<IpAddress> all(Allocator allocator, String pool) {
    var all = new HashSet<IpAddress>();
    for (var offers = allocator.offers(pool, 3);
        !offers.isEmpty();
        offers = allocator.offers(pool, 3)) {
      assertThat(all.add(offers.getFirst())).isTrue();
      allocator.take(offers.getFirst());
    }
    return all;
  }

  private static Allocator allocator(PoolSpec pool) {
    return new Allocator(List.of(pool), List.of(), List.of(), List.of());
  }

  private static PoolSpec pool(String addresses, List<String> avoid, boolean buggy) {
    return new PoolSpec("a", Instant.EPOCH, List.of(addresses), avoid, buggy);
  }

  private static Reservation reservation(
      String name, @Nullable String namespace, @Nullable String service, String addresses) {
    return new Reservation(
        name,
        Instant.EPOCH,
        List.of(addresses),
        Optional.ofNullable(namespace),
        Optional.ofNullable(service));
  }

  private static Allocator.Usage usage(Allocator allocator) {
    var one = Objects.requireNonNull(allocator.usage().get("a"));
    assertThat(one.total().compareTo(BigInteger.ZERO)).isPositive();
    return one;
  }
}
