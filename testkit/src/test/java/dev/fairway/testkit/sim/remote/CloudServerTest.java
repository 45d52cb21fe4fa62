// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedObserved;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudServerTest {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private static final SimulatedAction GROUP = new SimulatedAction.CreateTargetGroup(WEB, "a");

  private final SimulatedCloud cloud =
      new SimulatedCloud(InstantSource.system(), SimulatedCloud.Options.ideal());
  private final AtomicInteger crashes = new AtomicInteger();
  private final CloudServer server = CloudServer.start(cloud, crashes::incrementAndGet);
  private final RemoteCloud remote = new RemoteCloud(server.endpoint());

  @AfterEach
  void stop() {
    remote.close();
    server.close();
  }

  @Test
  void whatIsReadIsWhatIsThere() {
    remote.apply(GROUP);
    remote.apply(new SimulatedAction.RegisterTargets(WEB, "a", Set.of("node-1", "node-2")));
    remote.apply(new SimulatedAction.CreateLoadBalancer(WEB));
    remote.apply(new SimulatedAction.CreateListener(WEB, "TCP/80", "a"));
    remote.apply(
        new SimulatedAction.CreateTargetGroup(LoadBalancerKey.ofShareKey("b", "shared"), "x"));

    assertThat(remote.list()).hasSize(2).isEqualTo(cloud.truth());
    assertThat(remote.observe(WEB)).isIn(cloud.truth());
  }

  @Test
  void equalSetsOfNodesAreOne() {
    for (var name : Set.of("x", "y")) {
      var key = LoadBalancerKey.ofService("default", name);
      remote.apply(new SimulatedAction.CreateTargetGroup(key, "a"));
      remote.apply(new SimulatedAction.RegisterTargets(key, "a", Set.of("node-1", "node-2")));
    }

    var sets = remote.list().stream().map(SimulatedObserved::groups).toList();
    assertThat(sets.getFirst().get("a")).isSameAs(sets.getLast().get("a"));
  }

  @Test
  void errorsKeepTheirMeaning() {
    cloud.inject(_ ->
        new Fault.Refuse(() -> new CloudException.Throttled("slow", Duration.ofSeconds(7), null)));
    assertThatThrownBy(() -> remote.observe(WEB))
        .isInstanceOfSatisfying(
            CloudException.Throttled.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));

    cloud.inject(Fault.Script.none());
    assertThatThrownBy(() -> remote.apply(new SimulatedAction.CreateListener(WEB, "TCP/80", "a")))
        .isInstanceOf(CloudException.Conflict.class);
  }

  @Test
  void callerIsEndedInsteadOfAnswered() {
    cloud.inject(Fault.Script.atMutatingCall(1, new Fault.CrashAfter()));

    assertThatThrownBy(() -> remote.apply(GROUP)).isInstanceOf(CloudException.Unavailable.class);

    assertThat(crashes).hasValue(1);
    assertThat(cloud.truth()).as("carried out before the crash").isNotEmpty();
  }

  @Test
  void hangingCallIsCarriedOutOnceItIsReleased() {
    var release = new CountDownLatch(1);
    cloud.inject(Fault.Script.atMutatingCall(1, new Fault.Hang(release)));

    var answer = CompletableFuture.supplyAsync(() -> remote.apply(GROUP));
    assertThat(remote.observe(WEB).exists()).as("others are served meanwhile").isFalse();
    release.countDown();

    assertThat(answer.join().exists()).isTrue();
  }
}
