// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import static dev.fairway.manager.desired.Services.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.HealthCheck;
import dev.fairway.cloud.model.Ingress;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesiredStateTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("default", "web");
  private static final Capabilities VIP =
      capabilities(Capabilities.AddressMode.VIP, false, Set.of(Protocol.values()));
  private static final Capabilities PROXY =
      capabilities(Capabilities.AddressMode.PROXY, true, Set.of(Protocol.TCP, Protocol.UDP));

  private static final Backends NODES =
      Backends.of(
          List.of(new Target("node-1", List.of("192.0.2.1"), Optional.empty(), true, Map.of())));

  @Test
  void withoutNodesThereIsALoadBalancerAndAWarning() {
    var state =
        DesiredState.of(
            KEY,
            List.of(service("web").port(80).build()),
            List.of(),
            Backends.of(List.of()),
            Pods.none(),
            PROXY);

    assertThat(state.desired()).isInstanceOf(Desired.Present.class);
    assertThat(state.notes().getFirst().code()).isEqualTo("UnAvailableLoadBalancer");
  }

  @Test
  void noServiceMeansThatNothingShouldBeThere() {
    assertThat(of(VIP)).isEqualTo(new DesiredState(new Desired.Absent(KEY), List.of(), false));
  }

  @Test
  void aPortOfTheServiceIsAFrontend() {
    var present = present(of(VIP, service("web").port(80).port(443).build()));

    assertThat(present.frontends().stream().map(Frontend::id)).containsExactly("TCP/80", "TCP/443");
    assertThat(present.frontends().getFirst().backend().nodePort()).hasValue(30080);
    assertThat(present.services()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"VIP, 192.0.2.99", "PROXY, 192.0.2.99", "HOSTNAME,"})
  void theAddressThatClientsKnowIsPreferredWhereTheProviderHasAddresses(
      Capabilities.AddressMode mode, @Nullable String preferred) {
    var can = capabilities(mode, true, Set.of(Protocol.TCP));

    var present = present(of(can, service("web").port(80).at("192.0.2.99").build()));

    assertThat(present.addresses().preferred()).isEqualTo(Stream.ofNullable(preferred).toList());
  }

  @Test
  void whatTheProviderCannotCarryIsLeftOutAndTold() {
    var state =
        of(
            PROXY,
            service("web")
                .port(80)
                .port(Protocol.SCTP, 132, OptionalInt.of(30132))
                .port(Protocol.TCP, 81, OptionalInt.empty())
                .build());

    assertThat(present(state).frontends().stream().map(Frontend::id)).containsExactly("TCP/80");
    assertThat(state.notes().stream().map(Note::code))
        .containsExactly("UnsupportedProtocol", "NodePortMissing");
    assertThat(state.notes().getFirst().text())
        .isEqualTo("port 132/SCTP: provider test does not carry SCTP; use one of [TCP, UDP]");
    assertThat(state.blocked()).isFalse();
  }

  @Test
  void nodePortsAreNotNeededWhereTheAddressItselfReachesTheNode() {
    var state = of(VIP, service("web").port(Protocol.TCP, 80, OptionalInt.empty()).build());

    assertThat(present(state).frontends()).hasSize(1);
    assertThat(state.notes()).isEmpty();
  }

  @Test
  void theAnnotationComesBeforeTheFieldAndIsBroughtIntoCanonicalForm() {
    var both =
        service("web")
            .port(80)
            .loadBalancerIp("192.0.2.1")
            .annotation("metallb.io/loadBalancerIPs", "192.0.2.9, 2001:DB8:0:0::1");

    assertThat(present(of(VIP, both.build())).addresses().addresses())
        .containsExactly("192.0.2.9", "2001:db8::1");
    assertThat(
            present(of(VIP, service("web").port(80).loadBalancerIp("192.0.2.1").build()))
                .addresses()
                .addresses())
        .containsExactly("192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource({
    "fairway.dev/load-balancer-ips, web.example.com, 'is not an IP address'",
    "fairway.dev/load-balancer-ips, 192.0.2.300, 'is not an IP address'",
    "fairway.dev/load-balancer-ips, 10.1, 'is not an IP address'",
    "service.beta.kubernetes.io/load-balancer-source-ranges, 10.0.0.0/33, 'longer than 32'",
    "service.beta.kubernetes.io/load-balancer-source-ranges, 10.0.0.0, 'is not a CIDR'"
  })
  void aWrongValueBlocksAndNamesKeyAndValue(String key, String value, String why) {
    var state = of(PROXY, service("web").port(80).annotation(key, value).build());

    assertThat(state.blocked()).isTrue();
    assertThat(state.notes().getFirst().text()).contains(key).contains(value).contains(why);
  }

  @Test
  void aWrongLoadBalancerIpBlocks() {
    var state = of(VIP, service("web").port(80).loadBalancerIp("garbage").build());

    assertThat(state.blocked()).isTrue();
    assertThat(state.notes().getFirst().text())
        .isEqualTo(
            "spec.loadBalancerIP: 'garbage' is not an IP address; write for example 192.0.2.10");
  }

  @Test
  void sourceRangesThatNobodyWouldEnforceBlock() {
    var annotated =
        service("web")
            .port(80)
            .annotation("service.beta.kubernetes.io/load-balancer-source-ranges", "10.0.0.0/8");

    assertThat(of(VIP, annotated.build()).notes().getFirst().code())
        .isEqualTo("SourceRangesNotEnforced");
    assertThat(sourceRanges(of(PROXY, annotated.build()))).containsExactly("10.0.0.0/8");
    // The field comes first, and where it is set, nodes enforce it.
    var both = of(VIP, annotated.sourceRanges("192.0.2.0/24").build());
    assertThat(both.blocked()).isFalse();
    assertThat(sourceRanges(both)).containsExactly("192.0.2.0/24");
  }

  @Test
  void rangesThatCannotBeReadOpenNothing() {
    var key = LoadBalancerKey.ofShareKey("default", "g");
    var ranges = "service.beta.kubernetes.io/load-balancer-source-ranges";
    var good = service("good").port(80).created(1).annotation("fairway.dev/share", "g");
    var typo =
        service("typo")
            .port(81)
            .created(2)
            .annotation("fairway.dev/share", "g")
            .annotation(ranges, "10.0.0.0/8x")
            .proxied("192.0.2.7")
            .servedOn(81);

    var state =
        DesiredState.of(
            key,
            List.of(good.build(), typo.build()),
            List.of(new Ingress.Address("192.0.2.7", Ingress.Mode.PROXY)),
            NODES,
            Pods.none(),
            PROXY);

    assertThat(present(state).frontends().stream().map(Frontend::id)).containsExactly("TCP/80");
    assertThat(state.frozen()).as("the other one goes on").isFalse();
    var alone = of(PROXY, service("web").port(80).annotation(ranges, "x").proxied("a").build());
    assertThat(alone.frozen()).as("what is there stays as it is").isTrue();
  }

  @Test
  void aFamilyThatTheProviderLacksIsToldAndBlocksOnlyWhenItIsNeeded() {
    var prefer =
        of(VIP, service("web").port(80).families(false, IpFamily.IPV4, IpFamily.IPV6).build());
    assertThat(prefer.blocked()).isFalse();
    assertThat(present(prefer).addresses().families()).containsExactly(IpFamily.IPV4);
    assertThat(prefer.notes().getFirst().text()).contains("no IPv6 addresses");

    assertThat(
            of(VIP, service("web").port(80).families(true, IpFamily.IPV4, IpFamily.IPV6).build())
                .blocked())
        .isTrue();
    assertThat(of(VIP, service("web").port(80).families(false, IpFamily.IPV6).build()).blocked())
        .isTrue();
  }

  @Test
  void policyLocalIsCheckedOnTheHealthCheckNodePort() {
    var present = present(of(PROXY, service("web").port(80).local(32000).build()));

    assertThat(present.frontends().getFirst().backend().healthCheck())
        .contains(new HealthCheck(32000, "/healthz"));
  }

  @Test
  void aWrongWishFreezesWhatIsNotThereYetAndKeepsWhatWorks() {
    var wrong = service("web").port(80).annotation("fairway.dev/load-balancer-ips", "nonsense");
    var begun =
        service("web").port(80).finalizer().annotation("fairway.dev/load-balancer-ips", "nonsense");

    assertThat(of(VIP, wrong.build()).desired()).isEqualTo(new Desired.Absent(KEY));
    var working = of(VIP, wrong.at("192.0.2.7").build());
    assertThat(working.blocked()).isTrue();
    assertThat(working.frozen()).isFalse();
    assertThat(present(working).addresses().addresses()).containsExactly("192.0.2.7");
    assertThat(of(PROXY, wrong.build()).frozen()).as("it could let in too many").isTrue();
    assertThat(of(PROXY, begun.build()).frozen()).as("what was begun waits").isTrue();
  }

  @Test
  void theOldestServiceOfAGroupSpeaksForIt() {
    var present =
        present(
            of(
                VIP,
                service("b").port(80).created(20).label("tier", "young").build(),
                service("a")
                    .port(443)
                    .created(10)
                    .annotation("x/y", "old")
                    .label("tier", "old")
                    .build()));

    assertThat(present.services().getFirst().name()).isEqualTo("a");
    assertThat(present.annotations()).containsEntry("x/y", "old");
    assertThat(present.labels()).isEqualTo(Map.of("tier", "old"));
  }

  @Test
  void aMisspeltAnnotationIsTold() {
    var state =
        of(VIP, service("web").port(80).annotation("fairway.dev/load-balancer-ip", "x").build());

    assertThat(state.notes().getFirst().text())
        .contains("did you mean fairway.dev/load-balancer-ips?");
  }

  private static DesiredState of(Capabilities can, ServiceView... services) {
    return DesiredState.of(KEY, List.of(services), List.of(), NODES, Pods.none(), can);
  }

  private static List<String> sourceRanges(DesiredState state) {
    return present(state).frontends().getFirst().traffic().sourceRanges();
  }

  private static Desired.Present present(DesiredState state) {
    return (Desired.Present) state.desired();
  }

  private static Capabilities capabilities(
      Capabilities.AddressMode mode, boolean nodePorts, Set<Protocol> protocols) {
    return new Capabilities(
        "test",
        protocols,
        Set.of(IpFamily.IPV4),
        mode,
        nodePorts,
        new AnnotationCatalogue(List.of(), Set.of()));
  }
}
