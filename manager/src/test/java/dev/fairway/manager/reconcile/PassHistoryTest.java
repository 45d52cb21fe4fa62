// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static dev.fairway.manager.desired.Services.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.PlanPolicy;
import dev.fairway.manager.FakeCluster;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.queue.Priority;
import dev.fairway.manager.queue.WorkQueue;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PassHistoryTest {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final PassHistory history = new PassHistory(now::get);

  @Test
  void failuresInARowAreCountedFromTheFirst() {
    history.failed(WEB, new CloudException.Unavailable("no answer", null));
    now.set(Instant.ofEpochSecond(5));
    history.failed(WEB, new CloudException.Unavailable("still none\nand more", null));

    var entry = history.of(WEB).orElseThrow();
    assertThat(entry.succeeded()).isFalse();
    assertThat(entry.error())
        .contains(
            new PassHistory.Failure(
                "CloudUnavailable", "still none", Instant.EPOCH, Instant.ofEpochSecond(5), 2));
  }

  @Test
  void afterASuccessTheLastFailureIsKeptAndTheNextOneIsTheFirst() {
    history.failed(WEB, new CloudException.Unavailable("no answer", null));
    now.set(Instant.ofEpochSecond(5));
    history.succeeded(WEB, false);
    assertThat(history.of(WEB).orElseThrow().succeeded()).isTrue();
    assertThat(history.of(WEB).orElseThrow().error()).isPresent();

    history.failed(WEB, new IllegalStateException("odd"));

    assertThat(history.of(WEB).orElseThrow().error())
        .contains(
            new PassHistory.Failure(
                "InternalError", "odd", Instant.ofEpochSecond(5), Instant.ofEpochSecond(5), 1));
  }

  @Test
  void aLongMessageIsCut() {
    history.failed(WEB, new IllegalStateException("x".repeat(100_000)));

    assertThat(history.of(WEB).orElseThrow().error().orElseThrow().message()).hasSize(1001);
  }

  @Test
  void nothingIsKeptOfServicesThatAreGoneWhateverBecameOfTheirPasses() throws Exception {
    var cloud = new SimulatedCloud(InstantSource.system(), SimulatedCloud.Options.ideal());
    var random = new Random(42);
    cloud.inject(call ->
        call.operation().equals("observe") && call.number() % 7 == 0
            ? new Fault.Refuse(() -> new CloudException.Unavailable("out of order", null))
            : new Fault.None());
    var cluster = new FakeCluster();
    var queue = new WorkQueue<LoadBalancerKey>(InstantSource.system(), random);
    var reconciler =
        new Reconciler<>(
            new SimulatedProvider(cloud),
            new ServiceScope(Set.of(), true),
            PlanPolicy.SYNC,
            cluster,
            cluster,
            Fence.none(),
            new Orphans(InstantSource.system(), new Orphans.Settings(true, Duration.ZERO)),
            cluster);
    var workers = new Workers(queue, reconciler, (_, _) -> _ -> {}, history, 4);
    workers.start();
    for (var n = 0; n < 500; n++) {
      cluster.put(service("s" + n).port(80));
      queue.add(LoadBalancerKey.ofService("default", "s" + n), Priority.URGENT);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> queue.depth() == 0 && history.size() == 500);

    for (var n = 0; n < 500; n++) {
      var key = LoadBalancerKey.ofService("default", "s" + n);
      cluster.remove("s" + n);
      workers.serviceGone(key);
      queue.add(key, Priority.URGENT);
    }

    // Those whose removal was refused are still known to be there, and come again in seconds.
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          assertThat(cloud.truth()).isEmpty();
          assertThat(history.size()).isZero();
        });
    queue.shutDown();
    assertThat(workers.awaitEnd(Duration.ofSeconds(5))).isTrue();
    assertThat(cloud.overlaps()).isZero();
  }
}
