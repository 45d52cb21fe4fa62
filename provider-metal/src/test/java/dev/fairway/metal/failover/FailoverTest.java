// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverTest {
  private static final IpAddress VIP = IpAddress.of("10.0.0.100");
  private static final Duration BOUND = Duration.ofMillis(360);

  private final long seed = System.nanoTime();

  private World settled(String... nodes) {
    System.out.println("seed " + seed);
    return settled(seed, nodes);
  }

  private static World settled(long seed, String... nodes) {
    var world = new World(seed, Profile.DEFAULT, nodes);
    world.list(VIP, false, nodes);
    world.run(Duration.ofSeconds(2));
    assertThat(world.answering(VIP)).containsExactly(nodes[0]);
    world.forgetMeasurements();
    return world;
  }

  @Test
  void theFirstAnswersWhenItIsSureThatNobodyElseDoes() {
    var world = new World(seed, Profile.DEFAULT, "a", "b", "c");
    world.list(VIP, false, "a", "b", "c");

    world.run(Duration.ofMillis(440));
    assertThat(world.answering(VIP)).isEmpty();

    world.run(Duration.ofMillis(200));
    assertThat(world.answering(VIP)).containsExactly("a");
  }

  @Test
  void whatAForeignHostHasIsAskedForAgainAndAnsweredOnceItIsGone() {
    var world = new World(seed, Profile.DEFAULT, "a", "b", "c");
    world.foreign(Optional.of("02:00:00:00:00:0a"));
    world.list(VIP, false, "a", "b", "c");

    world.run(Duration.ofSeconds(15));
    assertThat(world.answering(VIP)).isEmpty();
    assertThat(world.events).hasSize(2).containsOnly(new Order.Conflict(VIP, "02:00:00:00:00:0a"));

    world.foreign(Optional.empty());
    world.run(Duration.ofSeconds(10));
    assertThat(world.answering(VIP)).containsExactly("a");
  }

  @Test
  void aLinkThatWasLostForAMomentDoesNotGiveItWhatAForeignHostHas() {
    var world = new World(seed, Profile.DEFAULT, "a", "b", "c");
    world.foreign(Optional.of("02:00:00:00:00:0a"));
    world.list(VIP, false, "a");
    world.run(Duration.ofSeconds(2));

    world.unable("a", Set.of(VIP));
    world.run(Duration.ofSeconds(1));
    world.unable("a", Set.of());
    world.run(Duration.ofSeconds(15));

    assertThat(world.answering(VIP)).isEmpty();
  }

  @Test
  void thoseThatAreNotHeardAreCalledOneAtATime() {
    var failover = new Failover("a", 1, Profile.DEFAULT, Instant.EPOCH);
    var names = List.of("a", "b", "c", "d", "e", "f");
    failover.lists(List.of(new OwnerList(VIP, 1, names, true)), Instant.EPOCH);

    var calls = new HashMap<String, Integer>();
    for (var millis = 0; millis < 1000; millis += 5) {
      for (var order : failover.tick(Instant.EPOCH.plusMillis(millis))) {
        if (order instanceof Order.Send(var envelope, var everywhere) && everywhere) {
          calls.merge(envelope.to(), 1, Integer::sum);
        }
      }
    }

    assertThat(calls.keySet()).containsExactlyInAnyOrder("b", "c", "d", "e", "f");
    assertThat(calls.values().stream().mapToInt(Integer::intValue).sum()).isBetween(35, 40);
  }

  @Test
  void theNextTakesOverSoonAndTheOneThatReturnsTakesNothingBack() {
    var world = settled("a", "b", "c");

    world.crash("a");
    world.run(Duration.ofSeconds(1));
    assertThat(world.answering(VIP)).containsExactly("b");
    assertThat(world.longestSilence(VIP)).isLessThan(BOUND);
    assertThat(world.events)
        .anySatisfy(event ->
            assertThat(event)
                .isInstanceOfSatisfying(
                    Order.Took.class,
                    took -> assertThat(took.why()).isEqualTo("a was not heard for 300 ms")));

    world.restart("a");
    world.run(Duration.ofSeconds(5));
    assertThat(world.answering(VIP)).containsExactly("b");
    assertThat(world.longestDouble()).isZero();
  }

  @Test
  void oneThatIsInNoListAnyMoreAndDoesNotKnowIsToldByTheOthers() {
    var world = settled("a", "b", "c");

    world.takeApiFrom("a");
    world.list(VIP, true, "b", "c");
    world.list(VIP, true, "c", "b");
    world.run(Duration.ofSeconds(3));

    assertThat(world.answering(VIP)).containsExactly("c");
    assertThat(world.longestDouble()).isLessThan(Duration.ofMillis(300));
  }

  @Test
  void anOwnerThatIsAloneInTheNewListIsNotWaitedForWhenItIsGone() {
    var world = settled("a", "b", "c");
    world.crash("a");
    world.run(Duration.ofSeconds(2));
    world.forgetMeasurements();

    // Written before the controller knew.
    world.list(VIP, true, "a", "b", "c");
    world.run(Duration.ofSeconds(3));

    assertThat(world.answering(VIP)).containsExactly("b");
    assertThat(world.longestSilence(VIP)).isZero();
  }

  @Test
  void theFastProfileTakesOverWithinItsBound() {
    var world = new World(seed, Profile.FAST, "a", "b", "c");
    world.list(VIP, true, "a", "b", "c");
    world.run(Duration.ofSeconds(2));
    world.forgetMeasurements();

    world.crash("a");
    world.run(Duration.ofSeconds(1));

    assertThat(world.answering(VIP)).containsExactly("b");
    assertThat(world.longestSilence(VIP)).isLessThan(Duration.ofMillis(125));
  }

  @Test
  void whoWasCutOffGivesUpAsSoonAsTheCutHeals() {
    var world = settled("a", "b", "c");

    world.cutOff("a");
    world.run(Duration.ofSeconds(10));
    assertThat(world.answering(VIP)).contains("b");
    assertThat(world.longestSilence(VIP)).isLessThan(BOUND);

    world.healAll();
    world.run(Duration.ofSeconds(2));
    assertThat(world.answering(VIP)).containsExactly("b");
    assertThat(world.longestDouble()).isLessThan(Duration.ofMillis(40));
  }

  // Where in its beat each of the others is when the way is cut matters.
  static LongStream beats() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("beats")
  void aFollowerThatIsCutOffTakesNothingFromTheOthers(long beat) {
    var world = settled(beat, "a", "b", "c");

    world.cutOff("b");
    world.run(Duration.ofSeconds(2));
    assertThat(world.answering(VIP)).containsExactly("a");

    world.run(Duration.ofSeconds(8));
    world.healAll();
    world.run(Duration.ofSeconds(2));
    assertThat(world.answering(VIP)).containsExactly("a");
    assertThat(world.longestSilence(VIP)).isZero();
    assertThat(world.longestDouble()).isLessThan(Duration.ofMillis(40));
  }

  @Test
  void whoTookOverAloneKeepsItWhenNobodyElseHasIt() {
    var world = settled("a", "b", "c");

    world.crash("a");
    world.cutOff("b");
    world.crash("c");
    world.run(Duration.ofSeconds(5));
    assertThat(world.answering(VIP)).containsExactly("b");

    world.restart("c");
    world.healAll();
    world.run(Duration.ofSeconds(2));
    assertThat(world.answering(VIP)).containsExactly("b");

    world.restart("a");
    world.run(Duration.ofSeconds(2));
    assertThat(world.answering(VIP)).containsExactly("b");
  }

  @ParameterizedTest
  @MethodSource("beats")
  void aWitnessThatHearsTheOwnerPreventsASecondOne(long beat) {
    var world = settled(beat, "a", "b", "c");

    world.cut("a", "b");
    world.run(Duration.ofSeconds(5));

    assertThat(world.answering(VIP)).containsExactly("a");
    assertThat(world.events)
        .isNotEmpty()
        .allSatisfy(event ->
            assertThat(event)
                .isInstanceOfSatisfying(
                    Order.SplitPath.class,
                    split -> assertThat(split.why()).isEqualTo("c hears it")));
  }

  @Test
  void ofTwoNodesTheOtherTakesOver() {
    var world = settled("a", "b");

    world.crash("a");
    world.run(Duration.ofSeconds(1));

    assertThat(world.answering(VIP)).containsExactly("b");
    assertThat(world.longestSilence(VIP)).isLessThan(BOUND);
  }

  @ParameterizedTest
  @MethodSource("stops")
  void aProcessThatStoodStillLooksBeforeItAnswersAgain(int millis) {
    var world = settled("a", "b", "c");

    world.stop("a", Duration.ofMillis(millis));
    world.run(Duration.ofSeconds(8));

    assertThat(world.answering(VIP)).hasSize(1);
    assertThat(world.longestDouble()).isLessThan(Duration.ofMillis(10));
  }

  static List<Integer> stops() {
    return IntStream.rangeClosed(1, 20).map(i -> 50 * i).boxed().toList();
  }

  @Test
  void aNewListMovesItWithoutAPauseAndWithoutTwoThatAnswer() {
    var world = settled("a", "b", "c");

    world.list(VIP, true, "c", "b");
    world.run(Duration.ofSeconds(3));

    assertThat(world.answering(VIP)).containsExactly("c");
    assertThat(world.longestSilence(VIP)).isZero();
    assertThat(world.longestDouble()).isLessThan(Duration.ofMillis(10));
  }

  @Test
  void aListWhoseFirstIsDeadIsWaitedForOnlySoLong() {
    var world = settled("a", "b", "c");

    world.crash("c");
    world.list(VIP, true, "c", "b");
    world.run(Duration.ofSeconds(5));

    assertThat(world.answering(VIP)).containsExactly("b");
    assertThat(world.longestSilence(VIP)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void anAddressThatIsTakenAwayIsSilentAtOnce() {
    var world = settled("a", "b", "c");

    world.list(VIP, true);
    world.run(Duration.ofMillis(101));

    assertThat(world.answering(VIP)).isEmpty();
  }

  @Test
  void anAddressThatIsGoneIsSilentAtOnce() {
    var world = settled("a", "b", "c");

    world.remove(VIP);
    world.run(Duration.ofMillis(101));

    assertThat(world.answering(VIP)).isEmpty();
  }

  @Test
  void whoLeavesHandsOverFirst() {
    var world = settled("a", "b", "c");

    world.leave("a");
    world.run(Duration.ofMillis(50));

    assertThat(world.answering(VIP)).containsExactly("b");
    assertThat(world.longestSilence(VIP)).isZero();
    assertThat(world.longestDouble()).isLessThan(Duration.ofMillis(10));
  }

  @Test
  void whoLosesTheInterfaceHasTheNextOneTakeOver() {
    var world = settled("a", "b", "c");

    world.unable("a", Set.of(VIP));
    world.run(Duration.ofMillis(100));
    assertThat(world.answering(VIP)).containsExactly("b");
    assertThat(world.longestSilence(VIP)).isLessThan(Duration.ofMillis(60));

    world.unable("a", Set.of());
    world.run(Duration.ofSeconds(1));
    assertThat(world.answering(VIP)).containsExactly("b");
  }

  @Test
  void whoHasNoInterfaceIsPassedOver() {
    var world = settled("a", "b", "c");
    world.unable("b", Set.of(VIP));
    world.run(Duration.ofMillis(100));

    world.crash("a");
    world.run(Duration.ofSeconds(1));

    assertThat(world.answering(VIP)).containsExactly("c");
    assertThat(world.longestSilence(VIP)).isLessThan(BOUND);
  }

  @Test
  void theOnlyOneTakesItAgainWhenItsInterfaceIsBack() {
    var world = settled("a", "b");
    world.crash("b");

    world.unable("a", Set.of(VIP));
    world.run(Duration.ofSeconds(1));
    assertThat(world.answering(VIP)).isEmpty();

    world.unable("a", Set.of());
    world.run(Duration.ofSeconds(1));
    assertThat(world.answering(VIP)).containsExactly("a");
  }

  @Test
  void theApiServerIsNotNeeded() {
    var world = settled("a", "b", "c");
    world.apiDown = true;

    world.crash("a");
    world.run(Duration.ofSeconds(1));
    assertThat(world.answering(VIP)).containsExactly("b");

    world.restart("a");
    world.run(Duration.ofSeconds(1));
    world.crash("b");
    world.run(Duration.ofSeconds(1));

    assertThat(world.answering(VIP)).containsExactly("c");
  }

  @Test
  void twoHundredMoveTogether() {
    var vips =
        IntStream.rangeClosed(1, 200).mapToObj(i -> IpAddress.ofIpv4Bits(0x0A000100 + i)).toList();
    var world = new World(seed, Profile.DEFAULT, "a", "b", "c");
    vips.forEach(vip -> world.list(vip, true, "a", "b", "c"));
    world.run(Duration.ofSeconds(2));
    assertThat(vips).allSatisfy(vip -> assertThat(world.answering(vip)).containsExactly("a"));
    world.forgetMeasurements();

    world.crash("a");
    world.run(Duration.ofSeconds(1));

    assertThat(vips)
        .allSatisfy(vip -> {
          assertThat(world.answering(vip)).containsExactly("b");
          assertThat(world.longestSilence(vip)).isLessThan(BOUND);
        });
  }

  @Test
  void whatALivingOwnerClaimsNoMoreIsTakenFromIt() {
    var world = settled("a", "b", "c");
    world.crash("a");
    world.run(Duration.ofSeconds(1));
    world.restart("a");
    world.run(Duration.ofSeconds(2));
    assertThat(world.answering(VIP)).containsExactly("b");

    // The object went and came again, and b saw both, a neither.
    var b = world.node("b");
    b.obey(b.failover.lists(List.of(), world.now()));
    b.obey(b.failover.lists(world.lists.values(), world.now()));
    world.run(Duration.ofSeconds(1));
    assertThat(world.answering(VIP)).isEmpty();

    world.run(Seat.CLAIMED_AGAIN);
    assertThat(world.answering(VIP)).hasSize(1);
    world.forgetMeasurements();
    world.run(Seat.CLAIMED_AGAIN.multipliedBy(3));
    assertThat(world.longestSilence(VIP)).isZero();
  }

  @Test
  void anOwnerThatBeganAnewIsNotWaitedFor() {
    var world = settled("a", "b", "c");
    world.cutOff("a");
    world.run(Duration.ofSeconds(2));
    world.healAll();
    world.run(Duration.ofSeconds(2));
    assertThat(world.answering(VIP)).containsExactly("b");

    world.crash("b");
    world.run(Duration.ofMillis(100));
    world.restart("b");
    world.run(Duration.ofSeconds(2));

    assertThat(world.answering(VIP)).hasSize(1);
  }

  @Test
  void nothingIsDueInThePast() {
    var world = settled("a", "b", "c");
    world.crash("a");
    world.crash("b");
    world.run(Duration.ofMillis(500));

    var failover = world.node("c").failover;
    assertThat(failover.due()).isAfter(world.now());
  }

  @Test
  void lostMessagesMoveNothing() {
    var world = settled("a", "b", "c");
    world.loss = 0.1;

    world.run(Duration.ofMinutes(2));

    assertThat(world.answering(VIP)).containsExactly("a");
    assertThat(world.longestDouble()).isZero();
    assertThat(world.longestSilence(VIP)).isZero();
  }
}
