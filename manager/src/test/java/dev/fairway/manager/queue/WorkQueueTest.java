// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkQueueTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final WorkQueue<String> queue = new WorkQueue<>(now::get, new Random(1));

  @Test
  void aKeyAddedTwiceComesOnce() {
    queue.add("a", Priority.NORMAL);
    queue.add("a", Priority.NORMAL);

    assertThat(queue.poll()).contains("a");
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void aKeyAddedWhileItIsWorkedOnComesAgainOnlyAfterwards() {
    queue.add("a", Priority.NORMAL);
    queue.poll();

    queue.add("a", Priority.URGENT);
    assertThat(queue.poll()).isEmpty();
    queue.done("a");

    assertThat(queue.poll()).contains("a");
  }

  @Test
  void aClaimedKeyIsHandedToNobodyAndKeepsItsPlace() throws Exception {
    queue.add("a", Priority.URGENT);
    queue.add("b", Priority.NORMAL);

    assertThat(queue.claim("a", Duration.ZERO)).isTrue();
    assertThat(queue.poll()).contains("b");
    assertThat(queue.poll()).isEmpty();
    queue.done("a");

    assertThat(queue.poll()).contains("a");
  }

  @Test
  void aKeyThatIsWorkedOnCannotBeClaimedUntilThatIsDone() throws Exception {
    queue.add("a", Priority.NORMAL);
    queue.poll();
    assertThat(queue.claim("a", Duration.ofMillis(1))).isFalse();

    var claim = CompletableFuture.supplyAsync(() -> claim("a"));
    queue.done("a");

    assertThat(claim.get(10, TimeUnit.SECONDS)).isTrue();
    queue.done("a");
    assertThat(queue.poll()).as("a claim leaves nothing behind").isEmpty();
  }

  private boolean claim(String key) {
    try {
      return queue.claim(key, Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aKeyCanBeFoundWhereverItIs() {
    assertThat(queue.place("a").waitingSince()).isEmpty();
    queue.add("a", Priority.NORMAL);
    assertThat(queue.place("a").waitingSince()).contains(Instant.EPOCH);
    now.set(Instant.ofEpochSecond(3));
    queue.poll();
    assertThat(queue.place("a").waitingSince()).isEmpty();
    assertThat(queue.place("a").workingSince()).contains(Instant.ofEpochSecond(3));

    queue.retry("a");
    queue.done("a");

    var place = queue.place("a");
    assertThat(place.workingSince()).isEmpty();
    assertThat(place.failures()).isOne();
    assertThat(place.due().orElseThrow())
        .isBetween(Instant.ofEpochSecond(7), Instant.ofEpochSecond(8));
  }

  @Test
  void urgentKeysOvertakeAndEqualsKeepTheirOrder() {
    queue.add("audit", Priority.BACKGROUND);
    queue.add("first", Priority.NORMAL);
    queue.add("second", Priority.NORMAL);
    queue.add("new", Priority.URGENT);

    assertThat(drain()).containsExactly("new", "first", "second", "audit");
  }

  @Test
  void aWaitingKeyIsMovedForwardButNeverBack() {
    queue.add("a", Priority.BACKGROUND);
    queue.add("b", Priority.NORMAL);
    queue.add("a", Priority.URGENT);
    queue.add("a", Priority.BACKGROUND);

    assertThat(drain()).containsExactly("a", "b");
  }

  @Test
  void aDelayedKeyComesWhenItIsDueAndNotBefore() {
    queue.addAfter("a", Duration.ofSeconds(10));
    pass(Duration.ofMillis(9_999));
    assertThat(queue.poll()).isEmpty();

    pass(Duration.ofMillis(1));

    assertThat(queue.poll()).contains("a");
  }

  @Test
  void theEarliestTimeWinsAndIsNotRepeated() {
    queue.addAfter("a", Duration.ofSeconds(10));
    queue.addAfter("a", Duration.ofSeconds(3));
    queue.addAfter("a", Duration.ofSeconds(7));

    pass(Duration.ofSeconds(3));
    assertThat(drain()).containsExactly("a");
    pass(Duration.ofSeconds(20));

    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void beingTakenCancelsTheTimer() {
    queue.addAfter("a", Duration.ofSeconds(10));
    queue.add("a", Priority.NORMAL);
    assertThat(drain()).containsExactly("a");

    pass(Duration.ofSeconds(20));

    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void retriesWaitFrom5SecondsTo5MinutesShortenedByAFifthAtMost() {
    var expectedSeconds = 5.0;
    for (var attempt = 1; attempt <= 12; attempt++) {
      var delay = queue.retry("a");
      assertThat(delay.toMillis())
          .as("attempt %d", attempt)
          .isBetween((long) (expectedSeconds * 800), (long) (expectedSeconds * 1000));
      expectedSeconds = Math.min(300, expectedSeconds * 2);
    }
    assertThat(queue.failures("a")).isEqualTo(12);
  }

  @Test
  void successStartsTheBackoffAnew() {
    for (var i = 0; i < 6; i++) {
      queue.retry("a");
    }

    queue.forget("a");

    assertThat(queue.failures("a")).isZero();
    assertThat(queue.retry("a")).isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void newsThatCanWaitDoNotBringAHeldKeyEarlier() {
    queue.retryAfter("a", Duration.ofSeconds(20));

    for (var second = 0; second < 20; second++) {
      queue.addUnlessHeld("a", Priority.URGENT);
      assertThat(queue.poll()).as("second %d", second).isEmpty();
      pass(Duration.ofSeconds(1));
    }

    assertThat(drain()).containsExactly("a");
    pass(Duration.ofMinutes(1));
    assertThat(queue.poll()).as("the news were met by then").isEmpty();
  }

  @Test
  void aKeyThatFailedIsHeldForItsBackoff() {
    var delay = queue.retry("a");

    pass(delay.minusMillis(1));
    queue.addUnlessHeld("a", Priority.NORMAL);
    assertThat(queue.poll()).isEmpty();
    pass(Duration.ofMillis(1));

    assertThat(queue.poll()).contains("a");
  }

  @Test
  void newsThatMayMendItBringAHeldKeyAtOnceAndEndTheHold() {
    queue.retryAfter("a", Duration.ofSeconds(20));

    queue.add("a", Priority.NORMAL);
    assertThat(drain()).containsExactly("a");
    queue.addUnlessHeld("a", Priority.NORMAL);

    assertThat(drain()).containsExactly("a");
    pass(Duration.ofMinutes(1));
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void newsThatCameDuringThePassThatFailedWaitToo() {
    queue.add("a", Priority.NORMAL);
    queue.poll();
    queue.addUnlessHeld("a", Priority.NORMAL);
    queue.retryAfter("a", Duration.ofSeconds(20));
    queue.done("a");

    assertThat(queue.poll()).isEmpty();
    assertThat(queue.depth()).isZero();
    pass(Duration.ofSeconds(20));
    assertThat(queue.poll()).contains("a");
  }

  @Test
  void newsThatMayMendItAreNotLostAmongThoseThatCanWait() {
    queue.add("a", Priority.NORMAL);
    queue.poll();
    queue.addUnlessHeld("a", Priority.URGENT);
    queue.add("a", Priority.NORMAL);
    queue.addUnlessHeld("a", Priority.URGENT);
    queue.retryAfter("a", Duration.ofSeconds(20));
    queue.done("a");

    assertThat(queue.poll()).contains("a");
  }

  @Test
  void newsThatMayMendItDoNotLoseTheirPlace() {
    queue.addUnlessHeld("a", Priority.NORMAL);
    queue.add("b", Priority.NORMAL);
    queue.add("a", Priority.NORMAL);

    assertThat(drain()).containsExactly("a", "b");
  }

  @Test
  void aKeyThatOnlyComesLaterIsNotHeld() {
    queue.addAfter("a", Duration.ofSeconds(20));

    queue.addUnlessHeld("a", Priority.NORMAL);

    assertThat(queue.poll()).contains("a");
  }

  @Test
  void oneFailingKeyDoesNotDelayAnother() {
    queue.retry("bad");
    queue.add("good", Priority.NORMAL);

    assertThat(queue.poll()).contains("good");
  }

  @Test
  void depthAndAgeTellOfWaitingKeysOnly() {
    assertThat(queue.oldestAge()).isZero();
    queue.add("a", Priority.NORMAL);
    queue.addAfter("later", Duration.ofHours(1));
    pass(Duration.ofSeconds(4));

    assertThat(queue.depth()).isEqualTo(1);
    assertThat(queue.oldestAge()).isEqualTo(Duration.ofSeconds(4));
    drain();
    assertThat(queue.depth()).isZero();
  }

  @Test
  void aWaitingWorkerGetsAKeyAndIsReleasedByShutDown() throws Exception {
    var first = CompletableFuture.supplyAsync(this::take);
    queue.add("a", Priority.NORMAL);
    assertThat(first.get(10, TimeUnit.SECONDS)).contains("a");

    var second = CompletableFuture.supplyAsync(this::take);
    queue.shutDown();

    assertThat(second.get(10, TimeUnit.SECONDS)).isEmpty();
    queue.add("b", Priority.NORMAL);
    assertThat(queue.poll()).isEmpty();
  }

  /// Random producers and workers: no key is worked on twice at a time, and none is lost.
  @ParameterizedTest
  @ValueSource(longs = {1, 20, 300})
  void manyThreadsNeverShareAKeyAndLoseNone(long seed) throws Exception {
    var live = new WorkQueue<Integer>(java.time.InstantSource.system(), new Random(seed));
    var active = ConcurrentHashMap.<Integer>newKeySet();
    var collisions = new AtomicInteger();
    var lastAdded = new ConcurrentHashMap<Integer, Integer>();
    var lastSeen = new ConcurrentHashMap<Integer, Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var w = 0; w < 4; w++) {
        threads.submit(() -> {
          for (var key = live.take(); key.isPresent(); key = live.take()) {
            if (!active.add(key.get())) {
              collisions.incrementAndGet();
            }
            lastSeen.put(key.get(), lastAdded.get(key.get()));
            Thread.yield();
            active.remove(key.get());
            live.done(key.get());
          }
          return null;
        });
      }
      var random = new Random(seed);
      for (var n = 1; n <= 20_000; n++) {
        var key = random.nextInt(50);
        lastAdded.put(key, n);
        if (random.nextInt(4) == 0) {
          live.addAfter(key, Duration.ofMillis(random.nextInt(5)));
        } else {
          live.add(key, Priority.values()[random.nextInt(3)]);
        }
      }
      org.awaitility.Awaitility.await()
          .untilAsserted(
              () -> assertThat(new HashSet<>(lastSeen.entrySet())).isEqualTo(lastAdded.entrySet()));
      live.shutDown();
    }
    assertThat(collisions).as("seed %d", seed).hasValue(0);
  }

  private Optional<String> take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private ArrayList<String> drain() {
    var all = new ArrayList<String>();
    for (var key = queue.poll(); key.isPresent(); key = queue.poll()) {
      all.add(key.get());
      queue.done(key.get());
    }
    return all;
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }
}
