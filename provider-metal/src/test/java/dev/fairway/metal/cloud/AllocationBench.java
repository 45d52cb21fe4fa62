// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.PoolSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

/// How fast addresses are given, without an API server: each allocation is what one reconciliation
/// asks of the ledger, a look with an offer of every pool, and the news that the address is taken.
/// Prints one line of JSON.
public final class AllocationBench {
  private static final int SERVICES = 16_000;
  private static final int MEASURED = 20_000;

  private AllocationBench() {}

  /// The figures, under the names that `fairway bench l2` prints.
  public record Figures(double allocPerSecondAt90PercentFill, double alloc16000Seconds) {
    public String json() {
      return String.format(
          Locale.ROOT,
          "{\"allocPerSecondAt90PercentFill\":%.0f,\"alloc16000Seconds\":%.3f}",
          allocPerSecondAt90PercentFill,
          alloc16000Seconds);
    }
  }

  public static void main(String[] args) {
    System.out.println(measure(System::nanoTime).json());
  }

  /// The first round warms up.
  ///
  /// @param nanos the clock to measure by
  public static Figures measure(LongSupplier nanos) {
    round(nanos);
    return round(nanos);
  }

  private static Figures round(LongSupplier nanos) {
    return new Figures(perSecondAt90PercentFill(nanos), secondsFor16000(nanos));
  }

  // The table that MetalLB's allocator was measured with: one /16, one Service after the other.
  private static double secondsFor16000(LongSupplier nanos) {
    var ledger = ledger("10.0.0.0/16");
    var start = nanos.getAsLong();
    for (var i = 0; i < SERVICES; i++) {
      give(ledger, i, i);
    }
    return (nanos.getAsLong() - start) / 1e9;
  }

  // Of a /18 and a /64, 90 % of the first are taken; then Services come and go.
  private static double perSecondAt90PercentFill(LongSupplier nanos) {
    var ledger = ledger("10.0.0.0/18", "fd00::/64");
    var taken = new ArrayList<IpAddress>();
    var count = 16_384 * 9 / 10;
    for (var i = 0; i < count; i++) {
      taken.add(give(ledger, i, i));
    }
    var random = new Random(1);
    var start = nanos.getAsLong();
    for (var i = 0; i < MEASURED; i++) {
      var at = random.nextInt(count);
      var version = count + 2L * i;
      ledger.gone(taken.get(at), version);
      taken.set(at, give(ledger, count + i, version + 1));
    }
    return MEASURED / ((nanos.getAsLong() - start) / 1e9);
  }

  private static Ledger ledger(String... addresses) {
    var ledger = new Ledger();
    ledger.setPools(List.of(new PoolSpec("bench", Instant.EPOCH, List.of(addresses))), Map.of());
    return ledger;
  }

  private static IpAddress give(Ledger ledger, int number, long version) {
    var key = LoadBalancerKey.ofService("default", "service-" + number);
    var look = ledger.look(key);
    var address = look.pools().getFirst().offers().getFirst();
    var vip =
        new VipView(
            address,
            "bench",
            List.of("node-1", "node-2"),
            List.of(),
            0,
            List.of(),
            Optional.empty());
    ledger.put(new Holding.InUse(key, vip), version);
    return address;
  }
}
