// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which nodes a target group takes where it does not take all.
class SubsettingTest {
  private static final int PER_ZONE = 20;
  private static final int SERVICES = 300;

  private static Defaults defaults(int perZone, int fromNodes) {
    return new Defaults(
        Scheme.INTERNAL,
        TargetType.INSTANCE,
        true,
        perZone,
        fromNodes,
        new TreeMap<>(),
        "ELBSecurityPolicy-2016-08");
  }

  private static Target node(int number, String zone) {
    return new Target(
        "node-%d".formatted(number),
        List.of(),
        Optional.of("aws:///%s/i-%d".formatted(zone, number)),
        true,
        zone.isEmpty() ? Map.of() : Map.of("topology.kubernetes.io/zone", zone));
  }

  private static List<Target> nodes(int count) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(i -> node(i, "abc".substring(i % 3, i % 3 + 1)))
            .toList());
  }

  private static Set<String> chosen(int service, List<Target> nodes, Defaults defaults) {
    var wish = Wish.wish().tcp(80).nodes(nodes).with(defaults);
    return new Wish(
            LoadBalancerKey.ofService("shop", "web-" + service),
            wish.services(),
            wish.frontends(),
            wish.addresses(),
            wish.backends(),
            wish.annotations(),
            wish.defaults())
        .group().targets().stream().map(TargetId::id).collect(Collectors.toSet());
  }

  @Test
  void soManyNodesOfEachZoneAreTaken() {
    var nodes = nodes(300);
    nodes.add(node(1000, ""));
    nodes.add(node(1001, ""));

    var chosen = chosen(0, nodes, defaults(PER_ZONE, 100));

    assertThat(chosen).hasSize(62).contains("i-1000", "i-1001");
    for (var rest = 0; rest < 3; rest++) {
      var zone = rest;
      assertThat(chosen.stream().map(id -> Integer.parseInt(id.substring(2))))
          .filteredOn(number -> number < 1000 && number % 3 == zone)
          .hasSize(PER_ZONE);
    }
  }

  @Test
  void belowTheThresholdAndWithoutALimitAllNodesAreTaken() {
    assertThat(chosen(0, nodes(99), defaults(PER_ZONE, 100))).hasSize(99);
    assertThat(chosen(0, nodes(100), defaults(PER_ZONE, 100))).hasSize(60);
    assertThat(chosen(0, nodes(300), defaults(0, 0))).hasSize(300);
  }

  @Test
  void withPolicyLocalAllNodesAreTaken() {
    var wish = Wish.wish().local(80).nodes(nodes(300)).with(defaults(PER_ZONE, 100));

    assertThat(wish.frontends().getFirst().traffic().externalPolicy())
        .isEqualTo(ExternalTrafficPolicy.LOCAL);
    assertThat(wish.group().targets()).hasSize(300);
  }

  @Test
  void listenersOfOneLoadBalancerDrawForThemselves() {
    var groups =
        Wish.wish()
            .tcp(80)
            .with(Wish.frontend("web", "", Protocol.TCP, 81, Wish.nodePort(30080), Wish.CLUSTER))
            .nodes(nodes(300))
            .with(defaults(PER_ZONE, 100))
            .spec()
            .listeners();

    assertThat(groups.get(0).group().targets()).isNotEqualTo(groups.get(1).group().targets());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderOfNodesDoesNotMatter(long seed) {
    var nodes = nodes(200);
    var shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled, new Random(seed));
    var chooser = new Rendezvous("shop/web TCP/80");

    assertThat(chooser.best(shuffled, Target::node, 7))
        .as("seed %d", seed)
        .isEqualTo(chooser.best(nodes, Target::node, 7));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aNodeThatJoinsTouchesFewGroupsAndTakesOnePlaceInEach(long seed) {
    var number = 10_000 + new Random(seed).nextInt(100_000);
    var before = nodes(300);
    var after = new ArrayList<>(before);
    after.add(node(number, "a"));
    var touched = 0;
    for (var service = 0; service < SERVICES; service++) {
      var old = chosen(service, before, defaults(PER_ZONE, 100));
      var now = chosen(service, after, defaults(PER_ZONE, 100));
      if (!now.equals(old)) {
        touched++;
        var left = new HashSet<>(old);
        left.removeAll(now);
        var joined = new HashSet<>(now);
        joined.removeAll(old);
        assertThat(joined).as("seed %d", seed).containsExactly("i-" + number);
        assertThat(left).as("seed %d", seed).hasSize(1);
      }
    }

    // 20 of 101 nodes of the zone: 59 of 300 are expected, with a deviation of 7.
    assertThat(touched).as("seed %d", seed).isBetween(59 - 28, 59 + 28);
  }

  @Test
  void nodesGetAboutTheSameNumberOfGroups() {
    var nodes = nodes(300);
    var load = new HashMap<String, Integer>();
    for (var service = 0; service < SERVICES; service++) {
      chosen(service, nodes, defaults(PER_ZONE, 100))
          .forEach(id -> load.merge(id, 1, Integer::sum));
    }

    // 60 each are expected, with a deviation of 7: no node of 300 strays by more than five of them.
    assertThat(load).hasSize(300);
    assertThat(load.values()).allSatisfy(groups -> assertThat(groups).isBetween(25, 95));
  }
}
