// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.Quotas;
import dev.fairway.aws.model.Surroundings;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.aws.plan.GroupSet;
import dev.fairway.aws.plan.Tags;
import dev.fairway.aws.spec.AddressType;
import dev.fairway.aws.spec.Scheme;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// What is remembered and told of writes that go wrong.
class WritesTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("shop", "web");
  private static final Map<String, String> OURS =
      Map.of("fairway.dev/cluster", "blue", "fairway.dev/service", "shop/web");
  private static final Surroundings AROUND =
      new Surroundings(
          "vpc-1", List.of(), Map.of(), Optional.empty(), Set.of(), Map.of(), Quotas.UNREAD);
  private static final AwsObserved NOTHING = AwsObserved.nothing(KEY, AROUND);

  private final FakeElb elb = new FakeElb();
  private final Inventory inventory = new Inventory(InstantSource.system());
  private final ElbReads reads = new ElbReads(elb, FakeElb.gate());
  private final ElbWrites writes = new ElbWrites(elb, FakeElb.gate());
  private final TargetGroups groups = new TargetGroups(reads, writes, inventory);
  private final Balancers balancers =
      new Balancers(reads, writes, inventory, InstantSource.system());

  @BeforeEach
  void loadTheInventory() {
    inventory.refresh(Map.of(), Map.of(), AROUND, inventory.stamp());
  }

  @Test
  void targetsRegisteredBeforeAThrottleAnswerAreRemembered() {
    elb.registrationsLeft = 1;

    assertThatThrownBy(() -> groups.register("group", targets(201), withGroup(0), Lane.CHANGE))
        .isInstanceOf(CloudException.Throttled.class);

    assertThat(remembered()).isEqualTo(Set.copyOf(targets(200)));
  }

  @Test
  void targetsDeregisteredBeforeAThrottleAnswerAreForgotten() {
    elb.registrationsLeft = 1;

    assertThatThrownBy(() -> groups.deregister("group", targets(201), withGroup(201), Lane.CHANGE))
        .isInstanceOf(CloudException.Throttled.class);

    assertThat(remembered()).hasSize(1).doesNotContainAnyElementsOf(targets(200));
  }

  @Test
  void aYoungLoadBalancerWithANameThatWasAskedForMayBeAnotherClusters() {
    elb.add("web", "network", "vpc-1", Map.of("fairway.dev/cluster", "green"));

    assertThatThrownBy(() -> create("web"))
        .isInstanceOf(CloudException.Rejected.class)
        .hasMessageContaining("aws-load-balancer-name")
        .hasMessageContaining(FakeElb.arn("web"));
    assertThat(inventory.all()).isEmpty();
  }

  @Test
  void aYoungLoadBalancerWithANameThatWasAskedForIsOursWhenItsTagsSaySo() {
    elb.add("web", "network", "vpc-1", OURS);

    assertThat(create("web").balancers()).hasSize(1);
  }

  @Test
  void aSecurityGroupThatWasJustMadeIsWaitedFor() {
    elb.errors.put("CreateLoadBalancer", "InvalidSecurityGroup");

    assertThatThrownBy(() -> create("k8s-shop-web-0123456789"))
        .isInstanceOf(CloudException.NotReady.class);
  }

  @Test
  void aSecurityGroupThatSomebodyNamedIsRefused() {
    elb.errors.put("CreateLoadBalancer", "InvalidSecurityGroup");

    assertThatThrownBy(
            () -> create("k8s-shop-web-0123456789", new GroupSet("", false, List.of("sg-1"))))
        .isInstanceOf(CloudException.Rejected.class);
  }

  @Test
  void aLoadBalancerThatGoesWhileItIsFollowedIsInDoubt() {
    elb.add("old", "network", "vpc-1", Map.of(Tags.ADOPTING, "yes"));
    elb.gone.add(FakeElb.arn("old"));
    inventory.put(
        NOTHING.with(Views.balancer(elb.balancers.getFirst(), Map.of(Tags.ADOPTING, "yes"))));
    var details = new Details(reads, new Tags(new ClusterId("blue"), "blue"));
    var progress = new Progress(reads, details, inventory);

    assertThatCode(() -> progress.follow(KEY)).doesNotThrowAnyException();

    assertThat(inventory.inDoubt(KEY)).isTrue();
  }

  private AwsObserved create(String name) {
    return create(name, new GroupSet("", false, List.of()));
  }

  private AwsObserved create(String name, GroupSet with) {
    var wanted =
        new AwsAction.CreateBalancer(
            name, Scheme.INTERNAL, AddressType.IPV4, List.of(), with, new TreeMap<>(OURS));
    return balancers.create(wanted, with.others(), NOTHING, Lane.NEW_SERVICE);
  }

  private static AwsObserved withGroup(int registered) {
    var group =
        Views.group(
            TargetGroup.builder()
                .targetGroupArn("arn:group")
                .targetGroupName("group")
                .protocol("TCP")
                .build(),
            OURS);
    return NOTHING.with(group.withTargets(new Fact.Known<>(Set.copyOf(targets(registered)))));
  }

  private Set<TargetId> remembered() {
    return inventory
        .get(KEY)
        .flatMap(seen -> seen.group("group"))
        .flatMap(group -> group.targets().known())
        .orElseThrow();
  }

  private static List<TargetId> targets(int count) {
    return IntStream.range(0, count).mapToObj(n -> new TargetId("i-" + n, 80)).toList();
  }
}
