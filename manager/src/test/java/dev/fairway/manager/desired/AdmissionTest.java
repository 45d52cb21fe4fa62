// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import static dev.fairway.manager.desired.Services.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofShareKey("default", "x");
  private static final String ADDRESS = "192.0.2.7";
  private static final Capabilities CAN =
      new Capabilities(
          "test",
          Set.of(Protocol.values()),
          Set.of(IpFamily.values()),
          Capabilities.AddressMode.VIP,
          false,
          new AnnotationCatalogue(List.of(), Set.of()));

  @Test
  void theOldestGetsAPortThatNobodyHas() {
    var state = of(sharing("young").port(80).created(20), sharing("old").port(80).created(10));

    assertThat(holders(state)).containsExactly("TCP/80 default/old");
    assertThat(codes(state, "young")).containsExactly("PortConflict");
    assertThat(share(state, "young").blocked()).as("with no port there is nothing left").isTrue();
    assertThat(share(state, "young").notes().getFirst().message()).contains("default/old");
  }

  @Test
  void aPortStaysWithWhomItIsServedFor() {
    var state =
        of(
            sharing("old").port(80).created(10),
            sharing("holder").port(80).created(20).at(ADDRESS).servedOn(80));

    assertThat(holders(state)).containsExactly("TCP/80 default/holder");
  }

  @Test
  void whatIsServedElsewhereIsNoClaimHere() {
    var state =
        of(
            sharing("comer").port(80).created(10).at("192.0.2.99").servedOn(80),
            sharing("holder").port(80).created(20).at(ADDRESS).servedOn(80));

    assertThat(holders(state)).containsExactly("TCP/80 default/holder");
  }

  @Test
  void whoLosesOnePortIsServedOnTheOthers() {
    var state =
        of(sharing("old").port(80).created(10), sharing("young").port(80).port(443).created(20));

    assertThat(holders(state)).containsExactly("TCP/80 default/old", "TCP/443 default/young");
    assertThat(share(state, "young").blocked()).isFalse();
    assertThat(share(state, "young").ports())
        .filteredOn(port -> port.error().isPresent())
        .singleElement()
        .satisfies(port -> assertThat(port.error()).contains("fairway.dev/PortConflict"));
  }

  @Test
  void theSameNumberOfAnotherProtocolIsAnotherPort() {
    var state =
        of(
            sharing("tcp").port(53).created(10),
            sharing("udp").port(Protocol.UDP, 53, java.util.OptionalInt.empty()).created(20));

    assertThat(holders(state)).containsExactly("TCP/53 default/tcp", "UDP/53 default/udp");
  }

  @Test
  void aMemberThatIsBlockedKeepsTheFamilyThatItIsServedWithAndAsksForNoOther() {
    var four = sharing("four").port(80).created(10).at(ADDRESS);
    var blocked =
        sharing("six")
            .port(81)
            .created(20)
            .families(false, IpFamily.IPV6)
            .annotation("fairway.dev/load-balancer-ips", "nonsense");

    assertThat(families(of(four, blocked))).containsExactly(IpFamily.IPV4);
    var both =
        List.<Ingress>of(
            new Ingress.Address(ADDRESS, Ingress.Mode.VIP),
            new Ingress.Address("2001:db8::7", Ingress.Mode.VIP));
    assertThat(families(of(both, four, blocked.at("2001:db8::7"))))
        .containsExactly(IpFamily.IPV4, IpFamily.IPV6);
  }

  private static List<IpFamily> families(DesiredState state) {
    return ((Desired.Present) state.desired()).addresses().families();
  }

  @Test
  void guestsNeedTheConsentOfAHost() {
    var guest = sharing("guest").in("blog").port(81).created(20);

    assertThat(codes(of(sharing("host").port(80).created(10), guest), "guest"))
        .containsExactly("ShareNotPermitted");
    assertThat(holders(of(permitting("blog").port(80).created(10), guest)))
        .containsExactly("TCP/80 default/host", "TCP/81 blog/guest");
    assertThat(holders(of(permitting("*").port(80).created(10), guest))).hasSize(2);
    assertThat(codes(of(permitting("shop").port(80).created(10), guest), "guest"))
        .containsExactly("ShareNotPermitted");
  }

  @Test
  void consentThatIsTakenBackCountsForThoseWhoAreInToo() {
    var guest = sharing("guest").in("blog").port(81).created(20).at(ADDRESS).servedOn(81);

    assertThat(holders(of(sharing("host").port(80).created(10), guest)))
        .containsExactly("TCP/80 default/host");
  }

  @Test
  void whereNoHostIsLeftThoseStayWhoAreInAndNobodyElseComes() {
    var in = sharing("in").in("blog").port(81).created(20).at(ADDRESS).servedOn(81);
    var out = sharing("out").in("shop").port(82).created(10).at("192.0.2.99").servedOn(82);

    var state = of(in, out);

    assertThat(holders(state)).containsExactly("TCP/81 blog/in");
    assertThat(codes(state, "out")).containsExactly("ShareNotPermitted");
  }

  @Test
  void ofTwoAddressesTheOlderWishCountsAndAPresentOneCountsMore() {
    var old = sharing("old").port(80).created(10).loadBalancerIp("192.0.2.1");
    var young = sharing("young").port(81).created(20).loadBalancerIp("192.0.2.2");
    var state = of(old, young);
    assertThat(present(state).addresses().addresses()).containsExactly("192.0.2.1");
    assertThat(codes(state, "young")).containsExactly("AddressConflict");

    var same = sharing("same").port(82).created(30).loadBalancerIp("192.0.2.1");
    assertThat(holders(of(old, same))).hasSize(2);

    var settled = sharing("settled").port(80).created(10).at(ADDRESS).servedOn(80);
    assertThat(codes(of(settled, young), "young")).containsExactly("AddressConflict");
  }

  @Test
  void oneOfEachFamilyIsNoClash() {
    var four = sharing("four").port(80).created(10).loadBalancerIp("192.0.2.1");
    var six =
        sharing("six")
            .port(81)
            .created(20)
            .families(false, IpFamily.IPV6)
            .loadBalancerIp("2001:db8::1");

    var state = of(four, six);

    assertThat(present(state).addresses().families()).containsExactly(IpFamily.IPV4, IpFamily.IPV6);
    assertThat(present(state).addresses().addresses()).containsExactly("192.0.2.1", "2001:db8::1");
    var both =
        List.<Ingress>of(
            new Ingress.Address("192.0.2.1", Ingress.Mode.VIP),
            new Ingress.Address("2001:db8::1", Ingress.Mode.VIP));
    assertThat(share(state, "four").ingress(both)).containsExactly(both.getFirst());
    assertThat(share(state, "six").ingress(both)).containsExactly(both.getLast());
  }

  @Test
  void theAddressThatAMemberBringsAlongIsPreferred() {
    var state = of(List.of(), sharing("web").port(80).created(10).at("192.0.2.99").servedOn(80));

    assertThat(present(state).addresses().preferred()).containsExactly("192.0.2.99");
    assertThat(present(state).addresses().addresses()).isEmpty();
  }

  @Test
  void policiesOfTheMembersDoNotMix() {
    var state =
        of(sharing("local").port(80).local(32000).created(10), sharing("any").port(81).created(20));

    assertThat(present(state).frontends())
        .extracting(frontend -> frontend.traffic().externalPolicy())
        .containsExactly(ExternalTrafficPolicy.LOCAL, ExternalTrafficPolicy.CLUSTER);
    assertThat(present(state).frontends().getLast().backend().healthCheck()).isEmpty();
  }

  @Test
  void oneWhoseWishCannotBeReadIsLeftOut() {
    var bad =
        sharing("bad").port(80).created(10).annotation("fairway.dev/load-balancer-ips", "nonsense");

    var state = of(bad, sharing("good").port(80).created(20));

    assertThat(holders(state)).containsExactly("TCP/80 default/good");
    assertThat(codes(state, "bad")).containsExactly("InvalidAnnotation");
    assertThat(state.frozen()).isFalse();
  }

  @Test
  void whatOneNeedsThatCannotBeHadIsNotAskedForTheOthers() {
    var fourOnly =
        new Capabilities(
            "test",
            Set.of(Protocol.values()),
            Set.of(IpFamily.IPV4),
            Capabilities.AddressMode.PROXY,
            false,
            new AnnotationCatalogue(List.of(), Set.of()));
    var demanding =
        sharing("demanding")
            .port(80)
            .created(10)
            .at(ADDRESS)
            .servedOn(80)
            .families(true, IpFamily.IPV4, IpFamily.IPV6)
            .build();

    var state =
        DesiredState.of(
            KEY,
            List.of(demanding, sharing("modest").port(81).created(20).build()),
            reachableAt(),
            Backends.of(List.of()),
            Pods.none(),
            fourOnly);

    assertThat(state.frozen()).isFalse();
    assertThat(present(state).addresses().requireAll()).isFalse();
    assertThat(present(state).addresses().families()).containsExactly(IpFamily.IPV4);
  }

  private static Services sharing(String name) {
    return service(name).annotation("fairway.dev/share", "default/x");
  }

  private static Services permitting(String namespaces) {
    return sharing("host").annotation("fairway.dev/share-with", namespaces);
  }

  private static List<Ingress> reachableAt() {
    return List.of(new Ingress.Address(ADDRESS, Ingress.Mode.VIP));
  }

  private static DesiredState of(Services... services) {
    return of(reachableAt(), services);
  }

  private static DesiredState of(List<Ingress> reachableAt, Services... services) {
    return DesiredState.of(
        KEY,
        Stream.of(services).map(Services::build).toList(),
        reachableAt,
        Backends.of(List.of()),
        Pods.none(),
        CAN);
  }

  private static Desired.Present present(DesiredState state) {
    return (Desired.Present) state.desired();
  }

  private static List<String> holders(DesiredState state) {
    return present(state).frontends().stream()
        .map((Frontend frontend) -> frontend.id() + " " + frontend.service())
        .toList();
  }

  private static Share share(DesiredState state, String name) {
    return state.shares().stream()
        .filter(share -> share.service().ref().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> codes(DesiredState state, String name) {
    return share(state, name).notes().stream().map(Note::code).toList();
  }
}
