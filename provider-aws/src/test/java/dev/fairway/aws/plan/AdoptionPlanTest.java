// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Candidate;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.Listener;
import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.spec.AddressType;
import dev.fairway.aws.spec.HealthCheckSpec;
import dev.fairway.aws.spec.ListenerProtocol;
import dev.fairway.aws.spec.Scheme;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.aws.spec.TargetType;
import dev.fairway.cloud.model.Desired;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Load balancers that are there already.
class AdoptionPlanTest {
  private static final String ARN =
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/old/0a1b2c";
  private static final Map<String, String> OF_CLOUD_PROVIDER =
      Map.of("kubernetes.io/cluster/blue", "owned", "kubernetes.io/service-name", "shop/web");
  private static final Map<String, String> OF_CONTROLLER =
      Map.of("elbv2.k8s.aws/cluster", "blue", "service.k8s.aws/stack", "shop/web");
  private static final Map<String, String> OF_NOBODY = Map.of("team", "shop");

  private final Stage stage = new Stage();

  static List<Map<String, String>> everyOwner() {
    return List.of(OF_CLOUD_PROVIDER, OF_CONTROLLER, OF_NOBODY);
  }

  // Listens on 80 and on 9000.
  private static Candidate old(Map<String, String> tags) {
    var groups = List.of(group("k8s-old-80", tags), group("k8s-old-9000", tags));
    var balancer =
        new Balancer(
            ARN,
            "old",
            "old.example",
            0,
            "active",
            Scheme.INTERNAL,
            AddressType.IPV4,
            "vpc-1",
            List.of(SubnetMapping.plain("subnet-private-a")),
            List.of("sg-old"),
            tags,
            new Fact.Known<>(Map.of()),
            new Fact.Known<>(List.of(listener(80), listener(9000))));
    return new Candidate(balancer, groups, !tags.equals(OF_NOBODY), 1_000_000);
  }

  private static Listener listener(int port) {
    return new Listener(
        ARN + "/" + port,
        port,
        ListenerProtocol.TCP,
        Optional.empty(),
        Optional.of("arn-of-k8s-old-" + port),
        new Fact.Known<>(Map.of()));
  }

  private static TargetGroup group(String name, Map<String, String> tags) {
    return new TargetGroup(
        "arn-of-" + name,
        name,
        ListenerProtocol.TCP,
        TargetType.INSTANCE,
        30080,
        false,
        "vpc-1",
        new HealthCheckSpec(
            "TCP", "traffic-port", Optional.empty(), Optional.empty(), 10, 10, 3, 3),
        Set.of(ARN),
        tags,
        new Fact.Known<>(Map.of()),
        new Fact.Known<>(Set.of(new TargetId("i-0a", 30080))),
        List.of());
  }

  private Stage asked(Map<String, String> tags) {
    return stage.stranger(old(tags)).with("fairway.dev/aws-adopt", ARN);
  }

  private Stage approved(Map<String, String> tags) {
    asked(tags).pass();
    return stage.with("fairway.dev/aws-adopt-approve", digest());
  }

  private String digest() {
    return stage.plan().notes().stream()
        .filter(note -> note.code().equals("AdoptionDiffers"))
        .map(note -> note.fix().replaceAll(".*approve: ([0-9a-f]+) .*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("everyOwner")
  void theDifferenceIsShownBeforeAnythingIsChanged(Map<String, String> tags) {
    asked(tags);
    assertThat(stage.plan().actions())
        .singleElement()
        .isInstanceOf(AwsAction.InspectBalancer.class);

    stage.pass();

    assertThat(stage.seen().exists()).isFalse();
    assertThat(stage.notes())
        .filteredOn(note -> note.startsWith("BLOCKING"))
        .singleElement()
        .asString()
        .startsWith("BLOCKING AdoptionDiffers: this would be done: ")
        .contains("take over load balancer old")
        .contains("change the listener on port 80 of load balancer old")
        .contains("set fairway.dev/aws-adopt-approve: " + digest());
  }

  @Test
  void anotherDigestIsNoApproval() {
    asked(OF_CLOUD_PROVIDER).with("fairway.dev/aws-adopt-approve", "0badcafe").pass();

    assertThat(stage.plan().actions()).isEmpty();
  }

  @Test
  void anApprovalOutlivesANodeAndNotAChangeOfPorts() {
    approved(OF_CLOUD_PROVIDER);

    assertThat(stage.nodes("i-0a", "i-0c").plan().actions()).isNotEmpty();
    assertThat(stage.ports(80, 443).plan().actions()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyOwner")
  void approvedItIsTakenOverWithoutAnotherAddress(Map<String, String> tags) {
    approved(tags).toTheEnd();

    assertThat(stage.address()).contains("old.example");
    assertThat(stage.published()).isEqualTo("old");
    assertThat(stage.seen().balancers().getFirst().tags())
        .containsEntry(Tags.SERVICE, Stage.KEY.toString())
        .doesNotContainKey(Tags.ADOPTING);
  }

  @Test
  void theAddressIsShownFromTheStartWhenItIsTheServices() {
    asked(OF_CONTROLLER).pass();

    assertThat(stage.address()).contains("old.example");
  }

  @Test
  void theAddressOfSomebodyElsesIsNotShownBeforeItIsApproved() {
    asked(OF_NOBODY).pass();

    assertThat(stage.seen().ingress()).isEmpty();
  }

  @Test
  void listenersAreChangedInPlaceAndOnlyWhenTargetsAreRegistered() {
    var steps = approved(OF_CLOUD_PROVIDER).summaries();

    assertThat(steps).noneMatch(step -> step.startsWith("stop listening on port 80"));
    assertThat(indexOf(steps, "register"))
        .isPositive()
        .isLessThan(indexOf(steps, "change the listener on port 80"));
    assertThat(indexOf(steps, "change the listener on port 80"))
        .isLessThan(indexOf(steps, "delete target group k8s-old-80"));
  }

  private static int indexOf(List<String> steps, String start) {
    return steps.indexOf(
        steps.stream().filter(step -> step.startsWith(start)).findFirst().orElseThrow());
  }

  @Test
  void whatAnotherControllerMadeForTheServiceBecomesOursEntirely() {
    approved(OF_CONTROLLER).toTheEnd();
    assertThat(stage.seen().groups()).hasSize(1);
    assertThat(stage.seen().balancers().getFirst().listeners().known().orElseThrow())
        .extracting(Listener::port)
        .containsExactly(80);

    var steps = stage.plan(new Desired.Absent(Stage.KEY)).actions();

    assertThat(steps).contains(new AwsAction.DeleteBalancer("old"));
  }

  @Test
  void whatBelongsToNobodyKeepsItsOtherListenersAndStaysBehind() {
    approved(OF_NOBODY).toTheEnd();
    assertThat(stage.seen().balancers().getFirst().listener(9000)).isPresent();
    assertThat(stage.seen().balancers().getFirst().groups()).containsExactly("sg-old");
    assertThat(stage.seen().balancers().getFirst().tags())
        .doesNotContainKey("kubernetes.io/cluster/blue");

    var steps =
        stage.plan(new Desired.Absent(Stage.KEY)).actions().stream()
            .map(AwsAction::summary)
            .toList();

    assertThat(steps)
        .startsWith(
            "stop listening on port 80 of load balancer old",
            "let go of load balancer old, which stays")
        .noneMatch(step -> step.startsWith("delete load balancer"));
    stage.pass(new Desired.Absent(Stage.KEY));
    assertThat(stage.seen().exists()).isFalse();
  }

  @Test
  void onlyWhatIsChangedBecomesOurs() {
    assertThat(approved(OF_NOBODY).plan().actions().getFirst())
        .isInstanceOfSatisfying(
            AwsAction.TakeOver.class,
            take -> assertThat(take.parts()).containsExactly(ARN + "/80"));
  }

  @Test
  void targetGroupsThatNobodyHasMarkedAreLeftAndTold() {
    approved(OF_NOBODY);

    assertThat(stage.notes())
        .anySatisfy(note ->
            assertThat(note)
                .startsWith("INFO TargetGroupsLeft: ")
                .contains("k8s-old-80, k8s-old-9000"));
  }

  @Test
  void whatBelongsToAnotherClusterOrServiceIsRefused() {
    for (var tags :
        List.of(
            Map.of(Tags.CLUSTER, "green"),
            Map.of("kubernetes.io/cluster/green", "owned"),
            Map.of("elbv2.k8s.aws/cluster", "green", "service.k8s.aws/stack", "shop/web"),
            Map.of("kubernetes.io/cluster/blue", "owned", "kubernetes.io/service-name", "a/b"))) {
      var other = new Stage().stranger(old(tags)).with("fairway.dev/aws-adopt", ARN).pass();

      assertThat(other.plan().actions()).as("%s", tags).isEmpty();
      assertThat(other.notes())
          .as("%s", tags)
          .singleElement()
          .asString()
          .startsWith("BLOCKING AdoptionRefused: load balancer old belongs to ");
    }
  }

  @Test
  void whatIsNotThereIsSaidAndNothingElseIsMade() {
    stage.with("fairway.dev/aws-adopt", ARN).pass();

    assertThat(stage.seen().exists()).isFalse();
    assertThat(stage.notes())
        .singleElement()
        .asString()
        .startsWith("BLOCKING AdoptionNotFound: ")
        .contains(ARN);
  }

  @Test
  void whoHasALoadBalancerAlreadyKeepsIt() {
    stage.toTheEnd();
    var before = stage.address();

    asked(OF_CLOUD_PROVIDER).toTheEnd();

    assertThat(stage.address()).isEqualTo(before);
    assertThat(stage.notes()).singleElement().asString().startsWith("WARNING AdoptionIgnored: ");
  }

  @ParameterizedTest
  @MethodSource("everyOwner")
  void aCrashAfterAnyStepLeadsToTheSameEnd(Map<String, String> tags) {
    approved(tags);
    var start = stage.seen();
    var steps = stage.plan().actions();
    var whole = stage.toTheEnd().seen();
    for (var prefix = 1; prefix < steps.size(); prefix++) {
      stage.seen(start);
      steps.subList(0, prefix).forEach(stage::apply);

      stage.seen(stage.seen().with(Optional.<Candidate>empty())).toTheEnd();

      assertThat(stage.seen()).as("after %d of %s", prefix, steps).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("everyOwner")
  void aServiceThatGoesInTheMiddleLeavesNothingOfOurs(Map<String, String> tags) {
    approved(tags);
    var start = stage.seen();
    var steps = stage.plan().actions();
    for (var prefix = 0; prefix < steps.size(); prefix++) {
      stage.seen(start);
      steps.subList(0, prefix).forEach(stage::apply);

      stage.pass(new Desired.Absent(Stage.KEY));

      assertThat(stage.seen().exists()).as("after %d of %s", prefix, steps).isFalse();
    }
  }
}
