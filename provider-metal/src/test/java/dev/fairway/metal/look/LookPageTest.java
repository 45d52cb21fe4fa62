// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.NodeAgent;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A look sends frames, and anybody may ask for one.
@Timeout(30)
class LookPageTest {
  private static final NodeLook LOOK = Scene.healthy().evidence().looks().getFirst();

  private Instant now = Instant.EPOCH;
  private final InstantSource clock = () -> now;
  private final AtomicInteger looks = new AtomicInteger();
  private final CountDownLatch seen = new CountDownLatch(1);

  @Test
  void whatIsNoVipIsNotLookedAt() {
    var page = page(_ -> LOOK);

    for (var rest : List.of("10.13.243.1", "", "10.13.242.7/", "../metrics", "10.13.242.07")) {
      assertThat(page.get(rest).code()).as(rest).isEqualTo(404);
    }
    assertThat(looks).hasValue(0);
  }

  @Test
  void aLookIsToldAsJson() {
    var answer = page(_ -> LOOK).get(Scene.VIP);

    assertThat(answer.code()).isEqualTo(200);
    assertThat(LookJson.parse(answer.json())).contains(LOOK);
  }

  @Test
  void withinASecondAllGetTheSameLook() {
    var page = page(_ -> LOOK);
    page.get(Scene.VIP);
    page.get(Scene.VIP);
    now = now.plusMillis(999);
    page.get(Scene.VIP);
    assertThat(looks).hasValue(1);

    now = now.plusMillis(1);
    page.get(Scene.VIP);

    assertThat(looks).hasValue(2);
  }

  @Test
  void whoAsksWhileItIsLookedAtWaitsForThatLook() {
    var page =
        page(_ -> {
          seen.await();
          return LOOK;
        });
    var answers = new ArrayList<CompletableFuture<NodeAgent.Answer>>();
    for (var i = 0; i < 20; i++) {
      answers.add(CompletableFuture.supplyAsync(() -> page.get(Scene.VIP), LookPageTest::inThread));
    }
    seen.countDown();

    assertThat(answers).allSatisfy(answer -> assertThat(answer.join().code()).isEqualTo(200));
    assertThat(looks).hasValue(1);
  }

  @Test
  void moreThanAFewAtATimeAreTurnedAway() {
    var page =
        page(_ -> {
          seen.await();
          return LOOK;
        });
    var answers =
        List.of("10.13.242.1", "10.13.242.2", "10.13.242.3", "10.13.242.4").stream()
            .map(vip -> CompletableFuture.supplyAsync(() -> page.get(vip), LookPageTest::inThread))
            .toList();
    while (looks.get() < 4) {
      Thread.onSpinWait();
    }

    assertThat(page.get("10.13.242.5").code()).isEqualTo(429);

    seen.countDown();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join().code()).isEqualTo(200));
  }

  @Test
  void aLookThatFailsSaysWhy() {
    var answer =
        page(
                _ -> {
                  throw new IOException("the kernel refuses");
                })
            .get(Scene.VIP);

    assertThat(answer.code()).isEqualTo(500);
    assertThat(answer.json()).contains("the kernel refuses");
  }

  private LookPage page(LookPage.Look look) {
    return new LookPage(
        LookPageTest::isVip,
        address -> {
          looks.incrementAndGet();
          return look.at(address);
        },
        clock);
  }

  private static boolean isVip(IpAddress address) {
    return address.toString().startsWith("10.13.242.");
  }

  private static void inThread(Runnable task) {
    Thread.ofVirtual().start(task);
  }
}
