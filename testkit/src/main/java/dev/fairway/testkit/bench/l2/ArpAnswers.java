// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.Part;
import dev.fairway.testkit.bench.Percentile;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

/// A neighbour asks who has an address that a speaker answers for, and one that a kernel does.
final class ArpAnswers implements Part<L2Stage, L2Figure> {
  private static final int QUESTIONS = 2_000;
  private static final int FIRST = 200;
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final double NANOS_PER_MICRO = 1e3;

  @Override
  public String title() {
    return "answers by ARP";
  }

  @Override
  public Set<L2Figure> figures() {
    return Set.of(L2Figure.ARP_P50, L2Figure.ARP_P99, L2Figure.KERNEL_ARP_P50);
  }

  @Override
  public void run(L2Stage stage) {
    stage.world().run(Profile.DEFAULT);
    var owner = stage.world().settledOwner();
    // The first questions are not counted: compilers are at work.
    var _ = ask(stage, stage.world().vip(), FIRST);
    var _ = ask(stage, owner.address(), FIRST);
    var speaker = ask(stage, stage.world().vip(), QUESTIONS);
    var kernel = ask(stage, owner.address(), QUESTIONS);
    stage.outcome().put(L2Figure.ARP_P50, Percentile.of(speaker, 0.5));
    stage.outcome().put(L2Figure.ARP_P99, Percentile.of(speaker, 0.99));
    stage.outcome().put(L2Figure.KERNEL_ARP_P50, Percentile.of(kernel, 0.5));
    stage.outcome().detail("kernelArpP99Micros", Math.round(Percentile.of(kernel, 0.99)));
    stage.outcome().detail("arpWithoutAnswer", QUESTIONS - speaker.length);
  }

  private static double[] ask(L2Stage stage, String ip, int questions) {
    var nanos = stage.world().world().client().arpRoundTrips(ip, questions, PAUSE);
    return Arrays.stream(nanos).mapToDouble(time -> time / NANOS_PER_MICRO).toArray();
  }
}
