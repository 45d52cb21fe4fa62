// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.desired.CoreAnnotations;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ShareKey;
import org.junit.jupiter.api.Test;

/// Services that share, through the whole of a controller. What a single pass decides is told by
/// AdmissionTest.
class SharingTest {
  private static final LoadBalancerKey X = LoadBalancerKey.ofShareKey("default", "x");
  private final Stage stage = new Stage();

  @Test
  void whoHeldAPortKeepsItAndWhoWaitsIsServedAsSoonAsItIsFree() {
    stage.cluster.create("default/old", service -> service.port(81));
    stage.cluster.create("default/holder", service -> service.port(80).share("x"));
    stage.quiet();
    stage.cluster.edit("default/old", service -> service.share("x"));
    stage.cluster.edit("default/old", service -> service.port(80));
    stage.quiet();
    assertThat(stage.truth(X).listeners()).containsEntry("TCP/80", "TCP/80@30080");
    assertThat(portError("default/old")).isTrue();
    assertThat(portError("default/holder")).isFalse();

    stage.cluster.delete("default/holder");
    stage.workOnce();

    assertThat(portError("default/old")).as("in the same pass").isFalse();
    stage.quiet().assertAsItShouldBe("freed");
  }

  @Test
  void whoComesFromAnotherGroupTakesNoPortFromWhoIsThere() {
    stage.cluster.create("default/old", service -> service.port(80).share("y"));
    stage.quiet();
    stage.cluster.create("default/young", service -> service.port(80).share("x"));
    stage.quiet();

    stage.cluster.edit("default/old", service -> service.share("x"));
    stage.quiet();

    stage.assertAsItShouldBe("moved");
    assertThat(condition("default/old").reason()).isEqualTo("PortConflict");
    assertThat(condition("default/young").status()).isTrue();
  }

  @Test
  void consentLetsInAndItsEndPutsOut() {
    stage.cluster.create("default/host", service -> service.port(80).share("x"));
    stage.cluster.create("blog/guest", service -> service.port(81).share("default/x"));
    stage.quiet();
    assertThat(condition("blog/guest").reason()).isEqualTo("ShareNotPermitted");
    assertThat(stage.cluster.service("blog/guest").orElseThrow().hasFinalizer()).isFalse();

    stage.cluster.edit("default/host", service -> service.permits("blog"));
    stage.quiet();
    assertThat(condition("blog/guest").status()).isTrue();
    assertThat(stage.truth(X).listeners()).containsOnlyKeys("TCP/80", "TCP/81");

    stage.cluster.edit(
        "default/host", service -> service.annotations.remove(CoreAnnotations.SHARE_WITH.key()));
    stage.quiet();
    assertThat(condition("blog/guest").reason()).isEqualTo("ShareNotPermitted");
    assertThat(stage.cluster.service("blog/guest").orElseThrow().status().ingress()).isEmpty();
    assertThat(stage.truth(X).listeners()).containsOnlyKeys("TCP/80");
  }

  @Test
  void aGuestStaysWhenTheHostLeavesButNobodyElseComesIn() {
    stage.cluster.create("default/host", service -> service.port(80).share("x").permits("*"));
    stage.cluster.create("blog/guest", service -> service.port(81).share("default/x"));
    stage.cluster.create("shop/other", service -> service.port(82).share("y"));
    stage.quiet();
    var address = stage.truth(X).loadBalancer();

    stage.cluster.delete("default/host");
    stage.cluster.edit("shop/other", service -> service.share("default/x"));
    stage.quiet();

    stage.assertAsItShouldBe("without its host");
    assertThat(stage.truth(X).loadBalancer()).isEqualTo(address);
    assertThat(condition("blog/guest").status()).isTrue();
    assertThat(condition("shop/other").reason()).isEqualTo("ShareNotPermitted");
  }

  @Test
  void oneWhoseWishCannotBeReadDoesNotHarmTheOthers() {
    stage.cluster.create("default/good", service -> service.port(80).share("x"));
    stage.cluster.create("default/bad", service -> service.port(81).share("x"));
    stage.cluster.create("default/going", service -> service.port(82).share("x"));
    stage.quiet();

    stage.cluster.edit(
        "default/bad",
        service -> service.annotations.put(CoreAnnotations.SOURCE_RANGES.key(), "nonsense"));
    stage.quiet();
    stage.cluster.delete("default/going");
    stage.cluster.edit("default/good", service -> service.port(8080));
    stage.cluster.nodes(5);
    stage.process.triggers.targetsChanged();
    stage.quiet();

    stage.assertAsItShouldBe("the others go on");
    assertThat(stage.cluster.service("default/going")).isEmpty();
    assertThat(stage.truth(X).listeners())
        .as("without knowing who may connect, nobody may")
        .containsOnlyKeys("TCP/80", "TCP/8080");
    assertThat(condition("default/bad").reason()).isEqualTo("InvalidAnnotation");
  }

  @Test
  void whoGoesNeedNotWaitForOneWhoseWishCannotBeRead() {
    stage.cluster.create("default/bad", service -> service.port(81).share("x"));
    stage.cluster.create("default/going", service -> service.port(82).share("x"));
    stage.quiet();

    stage.cluster.edit(
        "default/bad",
        service -> service.annotations.put(CoreAnnotations.SOURCE_RANGES.key(), "nonsense"));
    stage.cluster.delete("default/going");
    stage.quiet();

    assertThat(stage.cluster.service("default/going")).isEmpty();
    assertThat(stage.truth(X).listeners()).doesNotContainKey("TCP/82");
  }

  @Test
  void anAddressThatCannotBeReadIsTheOneThatIsThere() {
    stage.cluster.create("default/good", service -> service.port(80).share("x"));
    stage.cluster.create("default/bad", service -> service.port(81).share("x"));
    stage.quiet();
    var address = stage.truth(X).loadBalancer();

    stage.cluster.edit(
        "default/bad",
        service -> service.annotations.put(CoreAnnotations.ADDRESSES.key(), "nonsense"));
    stage.cluster.edit("default/good", service -> service.port(8080));
    stage.quiet();

    assertThat(stage.truth(X).listeners()).containsOnlyKeys("TCP/80", "TCP/81", "TCP/8080");
    assertThat(stage.truth(X).loadBalancer()).isEqualTo(address);
    assertThat(condition("default/bad").reason()).isEqualTo("InvalidAnnotation");
  }

  @Test
  void aServiceIsInOneGroupAtATimeAndSaysSo() {
    stage.cluster.create("default/web", service -> service.port(80));
    stage.quiet();
    assertThat(group()).isEqualTo(LoadBalancerKey.ofService("default", "web"));

    stage.cluster.edit("default/web", service -> service.share("x"));
    assertThat(group()).as("as long as something is there").hasToString("default/web");
    stage.quiet();
    assertThat(group()).isEqualTo(X);
    assertThat(stage.cluster.writes.stream().filter(write -> write.kind().equals("move")))
        .hasSize(1);

    stage.cluster.edit("default/web", StoredService::alone);
    stage.quiet();
    assertThat(group()).hasToString("default/web");
    assertThat(stage.cluster.service("default/web").orElseThrow().status().conditions())
        .extracting(ServiceView.Condition::type)
        .doesNotContain(ServiceView.Condition.SHARED);
  }

  private LoadBalancerKey group() {
    return ShareKey.groupOf(stage.cluster.service("default/web").orElseThrow());
  }

  private ServiceView.Condition condition(String name) {
    return Stage.condition(
        stage.cluster.service(name).orElseThrow(), ServiceView.Condition.SERVING);
  }

  private boolean portError(String name) {
    return stage.cluster.service(name).orElseThrow().status().ports().stream()
        .anyMatch(port -> port.error().isPresent());
  }
}
