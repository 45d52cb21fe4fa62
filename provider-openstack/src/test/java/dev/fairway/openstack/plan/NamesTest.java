// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.model.FloatingIpMark;
import dev.fairway.openstack.model.Tags;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final ClusterId CLUSTER = new ClusterId("blue");
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("shop", "web");

  private final Names names = new Names("kubernetes");

  @Test
  void namesAreThoseOfThePresentController() {
    assertThat(names.balancer(WEB)).isEqualTo("kube_service_kubernetes_shop_web");
    assertThat(names.description(WEB))
        .isEqualTo("Kubernetes external service shop/web from cluster kubernetes");
  }

  @Test
  void twoLongNamesThatBeginAlikeAreCutToDifferentOnes() {
    var one = names.balancer(LoadBalancerKey.ofService("shop", "a".repeat(300) + "1"));
    var other = names.balancer(LoadBalancerKey.ofService("shop", "a".repeat(300) + "2"));

    assertThat(one).isNotEqualTo(other);
    assertThat(List.of(one, other))
        .allSatisfy(name -> assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(256));
  }

  @Test
  void aShareKeyAndAServiceOfItsNameHaveDifferentLoadBalancers() {
    assertThat(names.balancer(LoadBalancerKey.ofShareKey("shop", "web")))
        .isNotEqualTo(names.balancer(WEB));
  }

  @Test
  void whatIsWrittenOnAFloatingIpIsReadAgain() {
    for (var keep : List.of(true, false)) {
      var mark = new FloatingIpMark(CLUSTER, WEB, keep);

      assertThat(FloatingIpMark.read(mark.description("kubernetes"))).contains(mark);
    }
    var shared = new FloatingIpMark(CLUSTER, LoadBalancerKey.ofShareKey("shop", "all"), true);
    assertThat(FloatingIpMark.read(shared.description("kubernetes"))).contains(shared);
  }

  @Test
  void theLongestNamesStillFitOnAFloatingIp() {
    var key = LoadBalancerKey.ofService("n".repeat(63), "s".repeat(63));
    var mark = new FloatingIpMark(CLUSTER, key, true);

    var description = mark.description("c".repeat(100));

    assertThat(description).hasSizeLessThan(256);
    assertThat(FloatingIpMark.read(description)).contains(mark);
  }

  @Test
  void whatThePresentControllerWroteOnAFloatingIpIsNobodysMark() {
    assertThat(FloatingIpMark.read(FloatingIpMark.theirs("kubernetes", WEB))).isEmpty();
  }

  @Test
  void tagsOfOthersStayWhenOursChange() {
    var now = Set.of("team-a", "fairway-cluster=blue", "fairway-hostname=old.example.com");

    assertThat(Tags.merged(now, Set.of("fairway-cluster=blue")))
        .containsExactly("fairway-cluster=blue", "team-a");
  }

  @Test
  void theTagsOfAnotherClusterNameNoOwnerHere() {
    var theirs = Set.of("fairway-cluster=green", "fairway-service=shop/web");

    assertThat(new Tags(CLUSTER).owner(theirs)).isEmpty();
    assertThat(Tags.anybodys(theirs)).isTrue();
    assertThat(new Tags(new ClusterId("green")).owner(theirs)).contains(WEB);
  }
}
