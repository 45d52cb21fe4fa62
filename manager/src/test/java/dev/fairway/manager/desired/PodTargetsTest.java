// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import static dev.fairway.manager.desired.Services.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PodTargetsTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofShareKey("default", "x");
  private static final Capabilities CAN =
      able(Optional.of(annotations -> annotations.containsKey("pods")));
  private static final Target NODE =
      new Target("node-1", List.of("192.0.2.1"), Optional.empty(), true, Map.of());
  private static final Endpoint POD = Pods.pod("10.0.0.1", 8080);
  private static final Pods PODS = new Pods(Map.of("p80", List.of(POD)));

  @Test
  void aServiceThatAsksForPodsGetsThoseOfEachOfItsPorts() {
    var state = of(CAN, service("web").annotation("pods", "").port(80).port(443));

    assertThat(frontends(state))
        .extracting(frontend -> frontend.backend().endpoints())
        .containsExactly(Optional.of(List.of(POD)), Optional.of(List.of()));
  }

  @Test
  void aServiceThatDoesNotAskGetsNone() {
    var state = of(CAN, service("web").port(80));

    assertThat(frontends(state))
        .extracting(frontend -> frontend.backend().endpoints())
        .containsExactly(Optional.empty());
  }

  @Test
  void aProviderThatNeverAsksGetsNone() {
    var state = of(able(Optional.empty()), service("web").annotation("pods", "").port(80));

    assertThat(frontends(state))
        .extracting(frontend -> frontend.backend().endpoints())
        .containsExactly(Optional.empty());
  }

  @Test
  void podsAreReachedWithoutNodePorts() {
    var asking = service("web").annotation("pods", "").port(Protocol.TCP, 80, OptionalInt.empty());
    var other = service("web").port(Protocol.TCP, 80, OptionalInt.empty());

    assertThat(frontends(of(CAN, asking))).hasSize(1);
    assertThat(of(CAN, asking).notes()).isEmpty();
    assertThat(of(CAN, other).notes()).extracting(Note::code).containsExactly("NodePortMissing");
  }

  @Test
  void theOldestOfAGroupDecidesForAll() {
    var state =
        of(
            CAN,
            service("new").created(2).port(80),
            service("old").created(1).annotation("pods", "").port(81));

    assertThat(frontends(state))
        .allSatisfy(frontend -> assertThat(frontend.backend().endpoints()).isPresent());
  }

  @Test
  void anOldestThatIsNotServedDecidesNothing() {
    var state =
        of(
            CAN,
            service("new").created(2).port(80),
            service("old")
                .created(1)
                .annotation("pods", "")
                .annotation("fairway.dev/load-balancer-ips", "nonsense")
                .port(81));

    assertThat(frontends(state))
        .extracting(frontend -> frontend.backend().endpoints())
        .containsExactly(Optional.empty());
  }

  private static DesiredState of(Capabilities can, Services... services) {
    return DesiredState.of(
        KEY,
        Stream.of(services).map(Services::build).toList(),
        List.of(),
        Backends.of(List.of(NODE)),
        PODS,
        can);
  }

  private static List<Frontend> frontends(DesiredState state) {
    return ((Desired.Present) state.desired()).frontends();
  }

  private static Capabilities able(Optional<Predicate<Map<String, String>>> podTargets) {
    return new Capabilities(
        "test",
        Set.of(Protocol.TCP),
        Set.of(IpFamily.IPV4),
        Capabilities.AddressMode.HOSTNAME,
        true,
        new AnnotationCatalogue(List.of(), Set.of()),
        podTargets);
  }
}
