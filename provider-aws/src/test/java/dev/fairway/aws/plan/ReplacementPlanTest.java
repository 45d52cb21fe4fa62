// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.cloud.model.Desired;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Changes that AWS does not make in place.
class ReplacementPlanTest {
  private static final Map<String, Consumer<Stage>> CHANGES =
      Map.of(
          "scheme", stage -> stage.with("scheme", "internet-facing"),
          "name", stage -> stage.with("name", "shop-web"),
          "groups", stage -> stage.with("disable-nlb-sg", "true"),
          "elastic addresses",
              stage ->
                  stage
                      .with("scheme", "internet-facing")
                      .with("eip-allocations", "eipalloc-0a, eipalloc-0b, eipalloc-0c"),
          "private addresses",
              stage -> stage.with("private-ipv4-addresses", "10.0.0.9, 10.0.1.9, 10.0.2.9"),
          "subnets",
              stage -> stage.with("subnets", "subnet-other-a, subnet-other-b, subnet-other-c"));

  private final Stage stage = new Stage();

  private static void change(Stage stage, String what) {
    Optional.ofNullable(CHANGES.get(what)).orElseThrow().accept(stage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scheme", "name", "groups", "elastic addresses", "private addresses", "subnets"})
  void whatAwsCannotChangeIsANoteAndTheRestGoesOn(String what) {
    stage.toTheEnd();
    var before = stage.address();

    change(stage, what);
    stage.ports(80, 443).toTheEnd();

    assertThat(stage.notes())
        .isNotEmpty()
        .allSatisfy(note -> assertThat(note).startsWith("WARNING ChangeNeedsReplacement: "))
        .allSatisfy(note -> assertThat(note).contains("fairway.dev/aws-replace"));
    assertThat(stage.address()).isEqualTo(before);
    assertThat(stage.seen().balancers().getFirst().listener(443)).isPresent();
    assertThat(stage.seen().balancers()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scheme", "name", "groups", "elastic addresses", "private addresses", "subnets"})
  void anotherOneTakesItsPlaceAndEverythingOfTheFirstGoes(String what) {
    stage.replacing().toTheEnd();
    var first = stage.seen();

    change(stage, what);
    stage.toTheEnd();

    assertThat(stage.notes()).isEmpty();
    assertThat(stage.seen().balancers()).hasSize(1);
    assertThat(stage.address()).isNotEqualTo(first.ingress().toString());
    assertThat(stage.seen().groups())
        .hasSize(1)
        .doesNotContainAnyElementsOf(first.groups())
        .allSatisfy(group ->
            assertThat(group.balancers())
                .containsExactly(stage.seen().balancers().getFirst().arn()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scheme", "name", "groups", "private addresses", "subnets"})
  void aCrashAfterAnyStepLeadsToTheSameEnd(String what) {
    var whole = new Stage().replacing();
    whole.toTheEnd();
    change(whole, what);
    whole.toTheEnd();
    for (var steps = 1; steps < 20; steps++) {
      var crashed = new Stage().replacing();
      crashed.toTheEnd();
      change(crashed, what);

      carryOut(crashed, steps);
      crashed.toTheEnd();

      assertThat(crashed.published()).as("after %d steps", steps).isEqualTo(whole.published());
      assertThat(crashed.seen()).as("after %d steps", steps).isEqualTo(whole.seen());
    }
  }

  // Over several plans, as time goes by, and then no more.
  private static void carryOut(Stage stage, int steps) {
    var left = steps;
    while (left > 0) {
      var plan = stage.plan();
      for (var action : plan.actions()) {
        stage.apply(action);
        left--;
        if (left == 0) {
          return;
        }
      }
      stage.settle();
      var next = stage.plan();
      if (next.isEmpty() && next.await().isEmpty()) {
        return;
      }
      next.await().ifPresent(await -> stage.aws.pass(await.after().toSeconds()));
    }
  }

  @Test
  void theFirstOneIsPublishedUntilTheSecondOneWorks() {
    stage.replacing().toTheEnd();
    var first = stage.address();
    stage.with("scheme", "internet-facing").pass();
    assertThat(stage.address()).isEqualTo(first);
    assertThat(stage.plan().await())
        .hasValueSatisfying(await -> assertThat(await.because()).contains("it is provisioning"));

    stage.seen(activeWithSickNewcomer(stage.seen()));
    assertThat(stage.summaries()).isEmpty();
    assertThat(stage.plan().await())
        .hasValueSatisfying(await -> assertThat(await.because()).contains("is healthy yet"));

    stage.settle().pass();
    assertThat(stage.address()).isNotEqualTo(first);
    assertThat(stage.seen().balancers()).hasSize(2);
    assertThat(stage.plan().await())
        .hasValueSatisfying(await -> assertThat(await.after()).isEqualTo(Succession.DRAINING));
  }

  private static AwsObserved activeWithSickNewcomer(AwsObserved seen) {
    var published = seen.published().orElseThrow().arn();
    var settled = PaperAws.settled(seen);
    var sick = PaperAws.healthy(settled, "initial");
    return settled.withGroups(
        settled.groups().stream()
            .map(group ->
                group.balancers().contains(published)
                    ? group
                    : sick.group(group.name()).orElseThrow())
            .toList());
  }

  @Test
  void whereTheFirstOneServesNobodyTheSecondOneNeedNotDoBetter() {
    stage.replacing().toTheEnd();
    var first = stage.published();
    stage.with("scheme", "internet-facing").pass().settle();

    stage.seen(PaperAws.healthy(stage.seen(), "unhealthy")).pass();

    assertThat(stage.published()).isNotEqualTo(first);
  }

  @Test
  void theFirstOneServesForFiveMinutesMoreAndFollowsTheNodes() {
    stage.replacing().toTheEnd();
    var first = stage.published();
    stage.with("scheme", "internet-facing").pass().settle().pass();

    stage.aws.pass(299);
    stage.nodes("i-0b", "i-0c").pass();

    assertThat(stage.seen().balancer(first)).isPresent();
    assertThat(stage.seen().groups())
        .hasSize(2)
        .allSatisfy(group ->
            assertThat(group.targets().known().orElseThrow())
                .extracting(target -> target.id())
                .containsExactlyInAnyOrder("i-0b", "i-0c"));

    stage.aws.pass(1);
    stage.pass();
    assertThat(stage.seen().balancer(first)).isEmpty();
    assertThat(stage.seen().groups()).hasSize(1);
  }

  @Test
  void nodesFollowOnBothWhileTheSecondOneIsMade() {
    stage.replacing().toTheEnd();
    stage.with("scheme", "internet-facing").pass();

    stage.nodes("i-0b").pass();

    assertThat(stage.seen().groups())
        .hasSize(2)
        .allSatisfy(group -> assertThat(group.targets().known().orElseThrow()).hasSize(1));
  }

  @Test
  void whoChangesBackBeforeTheSwitchKeepsTheFirstOne() {
    stage.replacing().toTheEnd();
    var before = stage.seen();
    stage.with("scheme", "internet-facing").pass();

    stage.with("scheme", "internal").pass();

    assertThat(stage.seen()).isEqualTo(before);
  }

  @Test
  void whoChangesBackAfterTheSwitchGetsTheFirstOneBack() {
    stage.replacing().toTheEnd();
    var first = stage.published();
    stage.with("scheme", "internet-facing").pass().settle().pass();
    var second = stage.published();

    stage.with("scheme", "internal").pass();

    assertThat(stage.published()).isEqualTo(first);
    assertThat(stage.seen().balancer(second))
        .hasValueSatisfying(one -> assertThat(one.retiredAt()).hasValue(stage.aws.now()));
    stage.toTheEnd();
    assertThat(stage.published()).isEqualTo(first);
    assertThat(stage.seen().balancers()).hasSize(1);
  }

  @Test
  void aCrashBetweenTheTwoTagsOfAChangeBackLosesNothing() {
    stage.replacing().toTheEnd();
    var first = stage.published();
    stage.with("scheme", "internet-facing").pass().settle().pass();
    var second = stage.published();

    stage.with("scheme", "internal");
    var steps = stage.plan().actions();
    assertThat(steps).hasSize(2);
    stage.apply(steps.getFirst());

    assertThat(stage.published()).isEqualTo(second);
    stage.toTheEnd();
    assertThat(stage.published()).isEqualTo(first);
  }

  @Test
  void aThirdWishInTheMiddleLeavesTheSecondOneOut() {
    stage.replacing().toTheEnd();
    stage.with("scheme", "internet-facing").pass();

    stage.with("eip-allocations", "eipalloc-0a, eipalloc-0b, eipalloc-0c").toTheEnd();

    assertThat(stage.seen().balancers()).hasSize(1);
    assertThat(stage.seen().balancers().getFirst().mappings())
        .extracting(mapping -> mapping.allocationId().orElse(""))
        .containsExactlyInAnyOrder("eipalloc-0a", "eipalloc-0b", "eipalloc-0c");
  }

  @Test
  void addressesThatTheFirstOneHasCannotBeGivenToASecondOne() {
    stage.replacing().with("private-ipv4-addresses", "10.0.0.9, 10.0.1.9, 10.0.2.9").toTheEnd();

    stage.with("disable-nlb-sg", "true");

    assertThat(stage.summaries()).isEmpty();
    assertThat(stage.notes())
        .anySatisfy(
            note -> assertThat(note).startsWith("WARNING AddressesInUse: ").contains("10.0.0.9"));
  }

  @Test
  void anExplicitNameThatIsTakenByTheFirstOneGetsASuffix() {
    stage.replacing().with("name", "shop-web").toTheEnd();

    stage.with("scheme", "internet-facing").toTheEnd();

    assertThat(stage.published()).matches("shop-web-[0-9a-f]{6}");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5})
  void aServiceThatGoesInTheMiddleTakesBothAlong(int steps) {
    stage.replacing().toTheEnd();
    stage.with("scheme", "internet-facing");
    stage.plan().actions().stream().limit(steps).forEach(stage::apply);

    stage.pass(new Desired.Absent(Stage.KEY));

    assertThat(stage.seen().exists()).isFalse();
  }

  @Test
  void oneThatReplacedAnotherServesWhenItsSuccessorIsTakenAwayByHand() {
    stage.replacing().toTheEnd();
    var first = stage.published();
    stage.with("scheme", "internet-facing").pass().settle().pass();
    var onlyFirst =
        stage.seen().balancers().stream().filter(one -> one.name().equals(first)).toList();

    stage.seen(stage.seen().withBalancers(onlyFirst));

    assertThat(stage.published()).isEqualTo(first);
    stage.toTheEnd();
    assertThat(stage.published()).isNotEqualTo(first);
    assertThat(stage.seen().balancers()).hasSize(1);
  }

  @Test
  void aSubnetThatCanBeExchangedIsExchangedInPlace() {
    stage.with("subnets", "subnet-private-a, subnet-private-b").replacing().toTheEnd();
    var before = stage.address();

    stage.with("subnets", "subnet-private-a, subnet-other-b");

    assertThat(stage.summaries())
        .containsExactly(
            "put load balancer %s into [subnet-private-a]".formatted(stage.published()),
            "put load balancer %s into [subnet-private-a, subnet-other-b]"
                .formatted(stage.published()));
    stage.toTheEnd();
    assertThat(stage.address()).isEqualTo(before);
  }

  @Test
  void aSecondPassOfWhatIsAsItShouldBeHasNothingToDo() {
    stage.ports(80, 443).toTheEnd();

    assertThat(stage.plan().actions()).isEqualTo(List.of());
    assertThat(stage.notes()).isEmpty();
  }
}
