// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.AnnouncementView;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.Selector;
import dev.fairway.metal.model.Surroundings;
import dev.fairway.metal.model.Terms;
import dev.fairway.metal.model.Terrain;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.plan.MetalAction;
import dev.fairway.metal.plan.MetalPlanner;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.metal.pool.PoolSpec;
import dev.fairway.metal.pool.Reservation;
import dev.fairway.testkit.conformance.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/// Long random histories of two replicas that both write, act on old news, and crash between two
/// actions, while Services come and go and pools and reservations are edited. The pools are small,
/// so that they are often full.
class AddressHistoriesTest {
  private static final int STEPS = 3000;
  private static final int NAMES = 14;
  private static final List<String> NETWORKS =
      List.of("192.0.2.0/29", "192.0.2.8/29", "192.0.2.16/30", "fd00::/125", "fd00::8/126");
  private static final AnnouncementView EVERYWHERE =
      new AnnouncementView("all", Set.of(), Selector.EVERYTHING, List.of());

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final VipStore store = new VipStore();
  private final Map<LoadBalancerKey, Desired.Present> services =
      new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
  private final Map<LoadBalancerKey, Map<Family, IpAddress>> settled = new HashMap<>();
  private final List<Replica> replicas = List.of(new Replica(), new Replica());
  private List<PoolSpec> pools = List.of();
  private List<Reservation> reservations = List.of();
  private Instant now = Instant.EPOCH;

  private final class Replica {
    Ledger ledger = new Ledger();
    int told;

    void restart() {
      ledger = new Ledger();
      told = store.events().size();
      store.list().forEach(event -> VipStore.tell(ledger, event));
      readPools();
    }

    void readPools() {
      ledger.setPools(pools, Map.of());
      ledger.setReservations(() -> reservations);
    }

    void hear(int most) {
      for (var i = 0; i < most && told < store.events().size(); i++) {
        VipStore.tell(ledger, store.events().get(told++));
      }
    }

    MetalObserved observe(LoadBalancerKey key) {
      var look = ledger.look(key);
      return new MetalObserved(
          key,
          look.vips(),
          look.held(),
          new Surroundings(
              look.pools(),
              List.of(EVERYWHERE),
              Set.of("node-1", "node-2", "node-3"),
              look.load(),
              look.holdings(),
              Terrain.UNKNOWN,
              new Terms(Map.of(), look.reservations(), look.reserved(), false)));
    }

    // Whether there was anything to do; crashes before the given number of actions is exceeded.
    boolean reconcile(LoadBalancerKey key, int actions) {
      var seen = observe(key);
      Desired desired = services.containsKey(key) ? services.get(key) : new Desired.Absent(key);
      var plan = MetalPlanner.plan(desired, seen);
      try {
        for (var action : plan.actions().stream().limit(actions).toList()) {
          if (action instanceof MetalAction.CreateVip(_, var vip)) {
            assertMayBeGiven(vip.address(), key);
          }
          store.apply(action, seen, ledger, now);
        }
      } catch (VipStore.Refused _) {
        // The core looks again.
      }
      return !plan.isEmpty();
    }
  }

  @RepeatedTest(8)
  void noAddressIsGivenTwiceOrLostOrChanged() {
    System.out.println("seed " + seed);
    editPools();
    for (var step = 0; step < STEPS; step++) {
      var replica = replicas.get(random.nextInt(2));
      switch (random.nextInt(24)) {
        case 0, 1, 2 -> services.computeIfAbsent(anyKey(), this::service);
        case 3 -> forget(anyKey());
        case 4 -> {
          if (random.nextInt(10) == 0) {
            editPools();
          }
        }
        case 5 -> {
          if (random.nextInt(10) == 0) {
            editReservations();
          }
        }
        case 6 -> {
          if (random.nextInt(10) == 0) {
            replica.restart();
          }
        }
        case 7 -> now = now.plus(Duration.ofMinutes(random.nextInt(40)));
        case 8 -> store.expire(replica.ledger, now);
        case 9, 10, 11, 12 -> replica.hear(1 + random.nextInt(5));
        default -> replica.reconcile(anyKey(), random.nextInt(4));
      }
      if (step % 100 == 99) {
        settle();
      }
    }
  }

  private void forget(LoadBalancerKey key) {
    services.remove(key);
    settled.remove(key);
  }

  private static LoadBalancerKey key(int number) {
    return LoadBalancerKey.ofService(number % 2 == 0 ? "even" : "odd", "web-" + number);
  }

  private LoadBalancerKey anyKey() {
    return key(random.nextInt(NAMES));
  }

  private Desired.Present service(LoadBalancerKey key) {
    var web = Examples.with(key, List.of("TCP/80@30080"), 3);
    var families =
        List.of(
                List.of(IpFamily.IPV4),
                List.of(IpFamily.IPV6),
                List.of(IpFamily.IPV4, IpFamily.IPV6))
            .get(random.nextInt(3));
    var requested =
        random.nextInt(5) == 0 ? List.of("192.0.2." + random.nextInt(20)) : List.<String>of();
    return new Desired.Present(
        key,
        web.services(),
        web.frontends(),
        new AddressRequest(families, random.nextBoolean(), requested, List.of()),
        web.backends(),
        random.nextInt(3) == 0 ? Map.of("fairway.dev/hold-address", "30m") : Map.of());
  }

  private void editPools() {
    pools =
        IntStream.range(0, NETWORKS.size())
            .filter(_ -> random.nextInt(5) > 0)
            .mapToObj(i ->
                new PoolSpec(
                    "pool-" + (random.nextInt(8) == 0 ? i + 10 : i),
                    Instant.EPOCH,
                    List.of(NETWORKS.get(i)),
                    random.nextInt(3) == 0 ? List.of("192.0.2." + (2 + i)) : List.of(),
                    random.nextInt(3) == 0))
            .toList();
    replicas.forEach(Replica::readPools);
  }

  private void editReservations() {
    reservations =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(i ->
                new Reservation(
                    "r-" + i,
                    Instant.EPOCH,
                    List.of(i == 3 ? "fd00::1" : "192.0.2." + random.nextInt(20)),
                    random.nextInt(4) == 0 ? Optional.empty() : Optional.of("even"),
                    Optional.empty()))
            .map(one ->
                one.namespace().isPresent() && random.nextBoolean()
                    ? new Reservation(
                        one.name(),
                        one.created(),
                        one.addresses(),
                        one.namespace(),
                        Optional.of("web-" + 2 * random.nextInt(NAMES / 2)))
                    : one)
            .toList();
    replicas.forEach(Replica::readPools);
  }

  // The simple model: what the objects say, read one by one.
  private void assertMayBeGiven(IpAddress address, LoadBalancerKey key) {
    var reservation =
        reservations.stream()
            .filter(one -> one.addresses().contains(address.toString()))
            .findFirst();
    var pool = pools.stream().filter(one -> holds(one, address)).findFirst();
    assertThat(pool).describedAs("pool of %s", address).isPresent();
    if (reservation.isPresent()) {
      assertThat(reservation.get().isFor(key.namespace(), key.name()))
          .describedAs("%s for %s", reservation, key)
          .isTrue();
    } else {
      assertThat(isAvoided(pool.get(), address)).describedAs("%s avoided", address).isFalse();
    }
  }

  private static boolean holds(PoolSpec pool, IpAddress address) {
    var network = pool.addresses().getFirst();
    var slash = network.indexOf('/');
    return IpRange.ofPrefix(
            IpAddress.of(network.substring(0, slash)),
            Integer.parseInt(network.substring(slash + 1)))
        .contains(address);
  }

  private static boolean isAvoided(PoolSpec pool, IpAddress address) {
    return pool.avoid().contains(address.toString())
        || (pool.avoidBuggyIps() && address.toString().endsWith(".0"));
  }

  // All news arrive, and everything is looked at until nothing is left to do.
  private void settle() {
    var replica = replicas.get(random.nextInt(2));
    var rounds = 0;
    boolean busy;
    do {
      replicas.forEach(one -> one.hear(Integer.MAX_VALUE));
      busy = false;
      for (var number = 0; number < NAMES; number++) {
        busy |= replica.reconcile(key(number), Integer.MAX_VALUE);
      }
      assertThat(rounds++).describedAs("rounds until nothing is left to do").isLessThan(20);
    } while (busy);
    replicas.forEach(one -> one.hear(Integer.MAX_VALUE));
    for (var number = 0; number < NAMES; number++) {
      assertSettled(key(number), replica);
    }
    assertCounted();
  }

  private void assertSettled(LoadBalancerKey key, Replica replica) {
    var vips = store.of(key);
    var wanted = services.get(key);
    if (wanted == null) {
      assertThat(vips).describedAs("left of %s", key).isEmpty();
      return;
    }
    var has = byFamily(vips);
    assertThat(has).describedAs("one address of each family").hasSameSizeAs(vips);
    // What it had it has, whatever became of the pools; only its own wish for an address moves it.
    var families =
        wanted.addresses().families().stream()
            .map(family -> family == IpFamily.IPV4 ? Family.IPV4 : Family.IPV6)
            .toList();
    if (wanted.addresses().addresses().isEmpty()) {
      assertThat(has).containsAllEntriesOf(settled.getOrDefault(key, Map.of()));
      var wantedOnes = new HashMap<>(has);
      wantedOnes.keySet().retainAll(families);
      settled.put(key, wantedOnes);
    }
    var lacking = families.stream().filter(family -> !has.containsKey(family)).toList();
    if (!lacking.isEmpty()) {
      assertThat(MetalPlanner.plan(wanted, replica.observe(key)).notes()).isNotEmpty();
    }
    if (wanted.addresses().addresses().isEmpty() && !wanted.addresses().requireAll()) {
      lacking.forEach(family -> assertThat(anythingFree(family)).isFalse());
    }
  }

  private static Map<Family, IpAddress> byFamily(List<VipView> vips) {
    return vips.stream()
        .collect(Collectors.toMap(vip -> vip.address().family(), VipView::address, (a, _) -> a));
  }

  private boolean anythingFree(Family family) {
    return everyAddress().stream()
        .filter(address -> address.family() == family)
        .anyMatch(address -> store.at(address).isEmpty() && isForAnybody(address));
  }

  private boolean isForAnybody(IpAddress address) {
    return pools.stream().anyMatch(pool -> holds(pool, address) && !isAvoided(pool, address))
        && reservations.stream().noneMatch(one -> one.addresses().contains(address.toString()));
  }

  private static List<IpAddress> everyAddress() {
    var all = new ArrayList<IpAddress>();
    for (var i = 0; i < 20; i++) {
      all.add(IpAddress.of("192.0.2." + i));
      all.add(IpAddress.of("fd00::" + Integer.toHexString(i)));
    }
    return all;
  }

  private void assertCounted() {
    var free = everyAddress().stream().filter(a -> store.at(a).isEmpty() && isForAnybody(a));
    var expected = free.count();
    for (var replica : replicas) {
      assertThat(
              replica.ledger.usage().values().stream()
                  .mapToLong(usage -> usage.available().longValueExact())
                  .sum())
          .isEqualTo(expected);
    }
  }
}
