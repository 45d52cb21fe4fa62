// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.openstack.model.Pool.Member;
import dev.fairway.openstack.spec.Half;
import dev.fairway.openstack.spec.ListenerSpec.Timeouts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whether clients may be sent to a load balancer, with the driver of ovn, which says ACTIVE before
/// it is done.
class ServingTest {
  private static final String MADE = "ACTIVE";
  private static final String BEING_MADE = "PENDING_CREATE";

  @Test
  void aNodeThatJoinsDoesNotStopIt() {
    assertThat(ovn(MADE, pool(MADE, MADE, MADE, BEING_MADE)).serving()).isTrue();
  }

  @Test
  void noneOfWhoseNodesIsThereYetDoesNotServe() {
    assertThat(ovn(MADE, pool(MADE, BEING_MADE, BEING_MADE)).serving()).isFalse();
  }

  @Test
  void whosePoolIsBeingMadeDoesNotServe() {
    assertThat(ovn(MADE, pool(BEING_MADE)).serving()).isFalse();
  }

  @Test
  void whatHasNoNodesServesWhatThereIs() {
    assertThat(ovn(MADE, pool(MADE)).serving()).isTrue();
  }

  @Test
  void whatDoesNotListenDoesNotServe() {
    assertThat(ovn(BEING_MADE, pool(MADE, MADE)).serving()).isFalse();
    assertThat(ovn(Graph.EMPTY).serving()).isFalse();
  }

  @Test
  void whoseListenerIsReplacedServesOn() {
    var before = new Graph(List.of(listener(MADE)), List.of(pool(MADE, MADE)));

    var without = ovn(before).replacing("listener").withGraph(Optional.of(Graph.EMPTY)).followed();
    var begun = without.withGraph(Optional.of(new Graph(List.of(listener(BEING_MADE)), List.of())));

    assertThat(without.serving()).isTrue();
    assertThat(begun.withStatus("PENDING_UPDATE", "ONLINE").followed().serving()).isTrue();
  }

  @Test
  void whoseListenerNeverListenedDoesNot() {
    var before = ovn(BEING_MADE, pool(MADE, MADE)).replacing("listener");

    assertThat(before.withGraph(Optional.of(Graph.EMPTY)).serving()).isFalse();
  }

  @Test
  void whoseListenerWasReplacedAndIsClosedLaterDoesNot() {
    var replaced = ovn(MADE, pool(MADE, MADE)).replacing("listener").followed();

    assertThat(replaced.withGraph(Optional.of(Graph.EMPTY)).serving()).isFalse();
  }

  private static Balancer ovn(String listener, Pool pool) {
    return ovn(new Graph(List.of(listener(listener)), List.of(pool)));
  }

  private static Balancer ovn(Graph graph) {
    return new Balancer(
        "balancer",
        "balancer",
        true,
        Half.MAIN,
        "ACTIVE",
        "ONLINE",
        "ovn",
        Optional.empty(),
        Optional.empty(),
        new Balancer.Vip("10.0.1.9", "port", "subnet", "network"),
        List.of(),
        new TreeSet<>(),
        Optional.of(graph),
        false);
  }

  private static Listener listener(String provisioning) {
    return new Listener(
        "listener",
        "listener",
        "TCP",
        80,
        -1,
        List.of(),
        new Timeouts(1, 1, 1, 1),
        new TreeMap<>(),
        Optional.empty(),
        Optional.of("pool"),
        provisioning,
        new TreeSet<>());
  }

  private static Pool pool(String provisioning, String... ofMembers) {
    return new Pool(
        "pool",
        "pool",
        "TCP",
        "SOURCE_IP_PORT",
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(
            IntStream.range(0, ofMembers.length)
                .mapToObj(n -> member("10.0.1." + (n + 1), ofMembers[n]))
                .toList()),
        provisioning,
        new TreeSet<>());
  }

  private static Member member(String address, String provisioning) {
    return new Member(
        address,
        address,
        address,
        30080,
        Optional.empty(),
        OptionalInt.empty(),
        1,
        provisioning,
        "ONLINE",
        new TreeSet<>());
  }
}
