// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Cloud.id;
import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.openstack.config.FloatingPool;
import dev.fairway.openstack.config.LbMethod;
import dev.fairway.openstack.config.LoadBalancerClass;
import dev.fairway.openstack.config.MonitorOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who decides where several do: annotation, class and options.
class PrecedenceTest {
  /// @param ofAnnotation the line of a spec that shows that the annotation decided
  record Row(
      String setting,
      UnaryOperator<Wish> annotation,
      UnaryOperator<Wish> inClass,
      UnaryOperator<Wish> option,
      String ofAnnotation,
      String ofClass,
      String ofOption,
      boolean classWins) {
    @Override
    public String toString() {
      return setting;
    }
  }

  private static UnaryOperator<Wish> annotation(String key, String value) {
    return wish -> wish.with(key, value);
  }

  private static UnaryOperator<Wish> inClass(String component, Object value) {
    return wish -> wish.gold(component, Optional.of(value));
  }

  private static UnaryOperator<Wish> option(String component, Object value) {
    return wish -> wish.option(component, value);
  }

  private static FloatingPool network(String id) {
    return Records.with(FloatingPool.unspecified(), "networkId", Optional.of(id));
  }

  private static FloatingPool subnet(String name) {
    return Records.with(FloatingPool.unspecified(), "subnet", Optional.of(name));
  }

  private static MonitorOptions monitors(String component, Object value) {
    return Records.with(Records.with(MonitorOptions.standard(), "create", true), component, value);
  }

  private static Row monitor(
      String key,
      String component,
      IntFunction<Object> unit,
      String optionComponent,
      int value,
      String line) {
    return new Row(
        key,
        annotation(key, Integer.toString(value)),
        inClass(component, unit.apply(value - 1)),
        option("monitor", monitors(optionComponent, unit.apply(value - 2))),
        line.formatted(value),
        line.formatted(value - 1),
        line.formatted(value - 2),
        false);
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "floating-network-id",
            annotation("floating-network-id", Cloud.EXTERNAL.id()),
            wish -> wish.gold("floating", network(Cloud.OTHER_EXTERNAL.id())),
            option("floating", network(Cloud.OTHER_EXTERNAL.id())),
            "floating e1 [] -",
            "floating e2 [] -",
            "floating e2 [] -",
            true),
        new Row(
            "floating-subnet",
            annotation("floating-subnet-id", Cloud.PUBLIC_A.id()),
            wish -> wish.gold("floating", subnet("public-b")),
            option("floating", subnet("lab")),
            "floating e1 [b1] -",
            "floating e1 [b2] -",
            "floating e1 [b3] -",
            true),
        new Row(
            "subnet-id",
            annotation("subnet-id", id("51")),
            inClass("subnetId", id("52")),
            option("subnetId", Optional.of(id("53"))),
            "vip subnet 51 -",
            "vip subnet 52 -",
            "vip subnet 53 -",
            true),
        new Row(
            "network-id",
            annotation("network-id", id("51")),
            inClass("networkId", id("52")),
            option("networkId", Optional.of(id("53"))),
            "vip network 51 -",
            "vip network 52 -",
            "vip network 53 -",
            true),
        new Row(
            "member-subnet-id",
            annotation("member-subnet-id", id("51")),
            inClass("memberSubnetId", id("52")),
            option("memberSubnetId", Optional.of(id("53"))),
            "TCP/80 member a 10.0.0.11:30080 in 51",
            "TCP/80 member a 10.0.0.11:30080 in 52",
            "TCP/80 member a 10.0.0.11:30080 in 53",
            false),
        new Row(
            "provider",
            annotation(Wish.PROVIDER, "one"),
            inClass("lbProvider", "two"),
            option("lbProvider", "three"),
            "provider one",
            "provider two",
            "provider three",
            false),
        new Row(
            "flavor-id",
            annotation("flavor-id", id("51")),
            inClass("flavorId", id("52")),
            option("flavorId", Optional.of(id("53"))),
            "flavor " + id("51"),
            "flavor " + id("52"),
            "flavor " + id("53"),
            false),
        new Row(
            "availability-zone",
            annotation("availability-zone", "one"),
            inClass("availabilityZone", "two"),
            option("availabilityZone", Optional.of("three")),
            "zone one",
            "zone two",
            "zone three",
            false),
        new Row(
            "lb-method",
            annotation("lb-method", "SOURCE_IP"),
            inClass("lbMethod", LbMethod.LEAST_CONNECTIONS),
            option("lbMethod", Optional.of(LbMethod.ROUND_ROBIN)),
            "TCP/80 algorithm SOURCE_IP",
            "TCP/80 algorithm LEAST_CONNECTIONS",
            "TCP/80 algorithm ROUND_ROBIN",
            false),
        new Row(
            "openstack-internal-load-balancer",
            annotation(Wish.INTERNAL, "false"),
            inClass("internalLb", true),
            option("internalLb", false),
            "floating e1 [] -",
            "internal",
            "floating e1 [] -",
            false),
        new Row(
            "enable-health-monitor",
            annotation("enable-health-monitor", "true"),
            inClass("createMonitor", false),
            option("monitor", monitors("create", true)),
            "TCP/80 monitor TCP 5 3 1 3",
            "TCP/80 monitor -",
            "TCP/80 monitor TCP 5 3 1 3",
            false),
        monitor(
            "health-monitor-delay",
            "monitorDelay",
            Duration::ofSeconds,
            "delay",
            9,
            "TCP/80 monitor TCP %d 3 1 3"),
        monitor(
            "health-monitor-timeout",
            "monitorTimeout",
            Duration::ofSeconds,
            "timeout",
            5,
            "TCP/80 monitor TCP 5 %d 1 3"),
        monitor(
            "health-monitor-max-retries",
            "monitorMaxRetries",
            n -> n,
            "maxRetries",
            4,
            "TCP/80 monitor TCP 5 3 %d 3"),
        monitor(
            "health-monitor-max-retries-down",
            "monitorMaxRetriesDown",
            n -> n,
            "maxRetriesDown",
            10,
            "TCP/80 monitor TCP 5 3 1 %d"),
        timeouts("timeout-client-data", "clientData", "TCP/80 timeouts %s 5000 50000 0", "50000"),
        timeouts(
            "timeout-member-connect", "memberConnect", "TCP/80 timeouts 50000 %s 50000 0", "5000"),
        timeouts("timeout-member-data", "memberData", "TCP/80 timeouts 50000 5000 %s 0", "50000"),
        timeouts("timeout-tcp-inspect", "tcpInspect", "TCP/80 timeouts 50000 5000 50000 %s", "0"));
  }

  private static Row timeouts(String key, String component, String line, String otherwise) {
    return new Row(
        key,
        annotation(key, "7"),
        wish ->
            wish.gold(
                "timeouts",
                Records.with(
                    LoadBalancerClass.Timeouts.unspecified(),
                    component,
                    Optional.of(Duration.ofSeconds(8)))),
        wish -> wish,
        line.formatted("7"),
        line.formatted("8000"),
        line.formatted(otherwise),
        false);
  }

  private static Wish base() {
    // Numbers of monitors show only where there is one.
    return wish().tcp(80).option("monitor", monitors("create", true));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void oneThatSaysAnythingDecides(Row row) {
    var base = base();

    assertThat(Lines.of(row.option().apply(base).spec())).contains(row.ofOption());
    assertThat(Lines.of(row.inClass().apply(base).spec())).contains(row.ofClass());
    assertThat(Lines.of(row.annotation().apply(base).spec())).contains(row.ofAnnotation());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void annotationAndClassBothComeBeforeTheOptions(Row row) {
    var optioned = row.option().apply(base());

    assertThat(Lines.of(row.inClass().apply(optioned).spec())).contains(row.ofClass());
    assertThat(Lines.of(row.annotation().apply(optioned).spec())).contains(row.ofAnnotation());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void ofAnnotationAndClassOneDecidesAndTheUserIsTold(Row row) {
    var all = row.annotation().apply(row.inClass().apply(row.option().apply(base())));

    assertThat(Lines.of(all.spec())).contains(row.classWins() ? row.ofClass() : row.ofAnnotation());
    assertThat(all.notes())
        .singleElement()
        .asString()
        .startsWith("WARNING SettingOverruled: annotation ")
        .contains("class gold")
        .endsWith(
            ": the %s counts; remove one of the two"
                .formatted(row.classWins() ? "class" : "annotation"));
  }

  @Test
  void theNoteNamesBothValues() {
    assertThat(
            wish()
                .tcp(80)
                .gold("subnetId", Optional.of(id("52")))
                .with("subnet-id", id("51"))
                .notes())
        .containsExactly(
            "WARNING SettingOverruled: annotation loadbalancer.openstack.org/subnet-id is %s, but subnet-id of class gold is %s: the class counts; remove one of the two"
                .formatted(id("51"), id("52")));
    assertThat(
            wish()
                .tcp(80)
                .gold("floating", subnet("public-b"))
                .with("floating-subnet-id", Cloud.PUBLIC_A.id())
                .with("floating-subnet-tags", "edge")
                .notes())
        .containsExactly(
            "WARNING SettingOverruled: annotation loadbalancer.openstack.org/floating-subnet-id, loadbalancer.openstack.org/floating-subnet-tags says other subnets of the floating IP than class gold: the class counts; remove one of the two");
  }

  @Test
  void annotationAndClassThatSayTheSameAreNoContradiction() {
    assertThat(
            wish()
                .tcp(80)
                .gold("subnetId", Optional.of(id("51")))
                .with("subnet-id", id("51"))
                .gold("floating", subnet("public-b"))
                .with("floating-subnet", "public-b")
                .notes())
        .isEmpty();
  }

  @Test
  void theSubnetOfMembersIsThatOfTheLoadBalancerWhereNobodySays() {
    assertThat(Lines.of(wish().tcp(80).with("subnet-id", Cloud.STORAGE.id()).spec()))
        .contains("TCP/80 member a 10.0.0.11:30080 in c3");
    assertThat(Lines.of(wish().tcp(80).with("network-id", id("a2")).spec()))
        .contains("TCP/80 member a 10.0.0.11:30080 in c1");
  }

  @Test
  void optionsThatMakeEverythingInternalCannotBeOverruled() {
    var wish = wish().tcp(80).option("internalLb", true).with(Wish.INTERNAL, "false");

    assertThat(wish.spec().exposure()).isEqualTo(new Exposure.Internal());
    assertThat(wish.notes())
        .containsExactly(
            "WARNING NotApplied: annotation service.beta.kubernetes.io/openstack-internal-load-balancer is not applied; internal-lb of cloud.conf makes every load balancer internal");
  }

  @Test
  void aClassThatIsNotThereIsToldWithTheNearest() {
    var classes =
        Map.of("gold", LoadBalancerClass.named("gold"), "tin", LoadBalancerClass.named("tin"));
    var wish = Records.with(wish().tcp(80), "classes", classes);
    var start =
        "BLOCKING InvalidAnnotation: annotation loadbalancer.openstack.org/class: '%s' is no class of cloud.conf; ";

    assertThat(wish.with("class", "golf").notes())
        .containsExactly(start.formatted("golf") + "did you mean gold?");
    assertThat(wish.with("class", "platinum-plus").notes())
        .containsExactly(start.formatted("platinum-plus") + "write one of gold, tin");
    assertThat(wish().tcp(80).with("class", "x").notes())
        .containsExactly(start.formatted("x") + "remove it, or add [LoadBalancerClass \"x\"]");
  }
}
