// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Wish.full;
import static dev.fairway.aws.spec.Wish.node;
import static dev.fairway.aws.spec.Wish.pod;
import static dev.fairway.aws.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is registered.
class TargetsTest {
  private static Target labelled(String name, Map<String, String> labels) {
    return new Target(name, List.of(), Optional.of("aws:///z/i-" + name), true, labels);
  }

  private static List<String> targets(Wish wish) {
    return wish.group().targets().stream().map(TargetId::toString).toList();
  }

  @Test
  void instancesAreFoundByTheirProviderIdsAndSorted() {
    var web =
        wish()
            .tcp(80)
            .nodes(
                node("a", "aws:///eu-west-1a/i-0c"),
                node("b", "aws:////i-0b"),
                node("c", "i-0a"),
                new Target("d", List.of(), Optional.of("aws:///z/i-0d"), false, Map.of()));

    assertThat(targets(web))
        .containsExactly("i-0a:30080", "i-0b:30080", "i-0c:30080", "i-0d:30080");
    assertThat(web.group().targetPorts()).containsExactly(30080);
    assertThat(web.notes()).isEmpty();
  }

  @Test
  void nodesThatAreNoInstancesAreLeftOutAndTold() {
    var web =
        wish()
            .tcp(80)
            .nodes(
                node("a", "aws:///z/i-0a"),
                node("b", "kind://b"),
                node("c", "aws:///z/fargate-1"),
                new Target("d", List.of(), Optional.empty(), true, Map.of()),
                node("e", ""));

    assertThat(targets(web)).containsExactly("i-0a:30080");
    assertThat(web.notes())
        .containsExactly(
            "WARNING NodeWithoutInstance: nodes get no traffic, because spec.providerID names no EC2"
                + " instance: b, c, d and 1 more; set it to aws:///ZONE/INSTANCE, or exclude them"
                + " with label node.kubernetes.io/exclude-from-external-load-balancers");
  }

  @Test
  void onlyNodesWithTheLabelsAreTargets() {
    var web =
        wish()
            .tcp(80)
            .nodes(
                labelled("0a", Map.of("pool", "edge", "gpu", "")),
                labelled("0b", Map.of("pool", "edge")),
                labelled("0c", Map.of("pool", "core", "gpu", "a100")));

    assertThat(targets(web.with("target-node-labels", "pool=edge")))
        .containsExactly("i-0a:30080", "i-0b:30080");
    assertThat(targets(web.with("target-node-labels", "gpu=, pool=core")))
        .containsExactly("i-0c:30080");
    assertThat(targets(web.with("target-node-labels", "gpu")))
        .containsExactly("i-0a:30080", "i-0c:30080");
    assertThat(web.with("target-node-labels", "pool=none").notes())
        .containsExactly(
            "WARNING NoNodeSelected: annotation %s selects none of 3 nodes; check the labels with kubectl get nodes --show-labels"
                .formatted(full("target-node-labels")));
  }

  @Test
  void podsAreTargetsAtTheirOwnPorts() {
    var pods = Wish.pods(pod("10.0.0.9", 8080), pod("10.0.0.10", 8081), pod("2001:db8::1", 8080));
    var web =
        wish()
            .with(Wish.frontend("web", "", Protocol.TCP, 80, pods, Wish.CLUSTER))
            .with("nlb-target-type", "ip");

    assertThat(targets(web)).containsExactly("10.0.0.10:8081", "10.0.0.9:8080");
    assertThat(targets(web.families(false, IpFamily.IPV6))).containsExactly("2001:db8::1:8080");
    assertThat(web.group().port()).isEqualTo(8080);
    assertThat(web.group().targetPorts()).containsExactly(8080, 8081);
    assertThat(web.notes()).isEmpty();
  }

  @Test
  void tcpAndUdpToTheSamePodsAreOneListener() {
    var pods = Wish.pods(pod("10.0.0.9", 53));
    var dns =
        wish()
            .with(Wish.frontend("web", "", Protocol.TCP, 53, pods, Wish.CLUSTER))
            .with(Wish.frontend("web", "", Protocol.UDP, 53, pods, Wish.CLUSTER))
            .with("type", "nlb-ip");

    assertThat(dns.listener().id()).isEqualTo("TCP_UDP/53");
    assertThat(targets(dns)).containsExactly("10.0.0.9:53");
  }

  @Test
  void podsAreTargetsByAnnotationOrByConfiguration() {
    var byDefault = new Defaults(Scheme.INTERNAL, TargetType.IP, true, 0, 0, new TreeMap<>(), "P");

    assertThat(TargetTypes.arePods(Map.of(), Wish.DEFAULTS)).isFalse();
    assertThat(TargetTypes.arePods(Map.of(), byDefault)).isTrue();
    assertThat(TargetTypes.arePods(Map.of(full("nlb-target-type"), "instance"), byDefault))
        .isFalse();
    assertThat(TargetTypes.arePods(Map.of(full("type"), "nlb-ip"), Wish.DEFAULTS)).isTrue();
  }

  @Test
  void whileThereAreNoPodsTheGroupHasThePortOfTheListener() {
    var web =
        wish()
            .with(Wish.frontend("web", "", Protocol.TCP, 80, Wish.pods(), Wish.CLUSTER))
            .with("nlb-target-type", "ip");

    assertThat(web.group().port()).isEqualTo(80);
    assertThat(web.group().targets()).isEmpty();
    assertThat(web.notes()).isEmpty();
  }
}
