// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.aws.cloud.limit.Gate;
import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.cloud.limit.Limits;
import dev.fairway.aws.cloud.limit.Ticker;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.model.PortBlock;
import dev.fairway.aws.model.Quotas;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.Surroundings;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.Tags;
import dev.fairway.aws.spec.HealthCheckSpec;
import dev.fairway.aws.spec.ListenerProtocol;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.aws.spec.TargetType;
import dev.fairway.cloud.Meters;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;

class AccessTest {
  private static final String BACKEND = "sg-backend";
  private static final String NODES = "sg-nodes";
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("shop", "web");
  private static final Map<String, String> OURS =
      Map.of("fairway.dev/cluster", "c1", "fairway.dev/resource", "backend");
  private static final IngressRule PODS = PortBlock.of("tcp", 8080).rule(BACKEND);
  private static final IngressRule LEFT_OVER = PortBlock.of("tcp", 9999).rule(BACKEND);

  private final Inventory inventory = new Inventory(InstantSource.system());
  private final Ec2 ec2 = new Ec2(inventory);

  @Test
  void closesWhatNobodyNeeds() {
    around(OURS, Set.of(PODS, LEFT_OVER), pods(new Fact.Known<>(Set.of(pod()))));

    access(true).tidy(Lane.REPAIR, () -> true);

    assertThat(rules(NODES)).containsExactly(PODS);
    assertThat(ec2.calls).containsExactly("revoke 9984-10239");
  }

  @Test
  void closesNothingWhileThePortsOfPodsAreUnknown() {
    around(OURS, Set.of(PODS, LEFT_OVER), pods(new Fact.Pledged<>("digest")));

    access(true).tidy(Lane.REPAIR, () -> true);

    assertThat(ec2.calls).isEmpty();
    assertThat(rules(NODES)).containsExactlyInAnyOrder(PODS, LEFT_OVER);
  }

  @Test
  void knowsThePortsOfPodsFromWhatTagsPromise() {
    around(OURS, Set.of(PODS, LEFT_OVER), pods(new Fact.Pledged<>("digest")));
    inventory.promised(Map.of("digest", Set.of(pod())));

    access(true).tidy(Lane.REPAIR, () -> true);

    assertThat(rules(NODES)).containsExactly(PODS);
  }

  @Test
  void closesNothingForAGroupThatWasConfigured() {
    around(Map.of(), Set.of(PODS, LEFT_OVER), pods(new Fact.Known<>(Set.of(pod()))));

    access(false, NODES).tidy(Lane.REPAIR, () -> true);

    assertThat(ec2.calls).isEmpty();
    assertThat(rules(NODES)).containsExactlyInAnyOrder(PODS, LEFT_OVER);
  }

  @Test
  void takesNoGroupForThatOfNodesBecauseItLetsInAGroupThatWasConfigured() {
    around(Map.of(), Set.of(LEFT_OVER), pods(new Fact.Known<>(Set.of(pod()))));

    access(false).tidy(Lane.REPAIR, () -> true);

    assertThat(inventory.around().nodeGroups()).isEmpty();
    assertThat(ec2.calls).isEmpty();
  }

  @Test
  void whoPlansWhileAPortIsBeingClosedSeesItClosed() {
    around(OURS, Set.of(PODS, LEFT_OVER), pods(new Fact.Known<>(Set.of(pod()))));

    access(true).tidy(Lane.REPAIR, () -> true);

    assertThat(ec2.seenWhileRevoking).containsExactly(PODS);
  }

  @Test
  void aPortThatCouldNotBeClosedIsStillOpen() {
    around(OURS, Set.of(PODS, LEFT_OVER), pods(new Fact.Known<>(Set.of(pod()))));
    ec2.failing = "UnauthorizedOperation";

    assertThatThrownBy(() -> access(true).tidy(Lane.REPAIR, () -> true))
        .isInstanceOf(CloudException.Denied.class);

    assertThat(rules(NODES)).containsExactlyInAnyOrder(PODS, LEFT_OVER);
  }

  @Test
  void writesNothingOnceItMayNot() {
    around(OURS, Set.of(LEFT_OVER));

    access(true).tidy(Lane.REPAIR, () -> false);

    assertThat(ec2.calls).isEmpty();
  }

  @Test
  void aSharedGroupThatIsGoneAlreadyCountsAsDeleted() {
    around(OURS, Set.of());
    ec2.failing = "InvalidGroup.NotFound";

    access(true).tidy(Lane.REPAIR, () -> true);

    assertThat(ec2.calls).containsExactly("delete " + BACKEND);
    assertThat(inventory.around().backendGroup()).isEmpty();
  }

  @Test
  void aSharedGroupThatIsStillUsedStays() {
    around(OURS, Set.of());
    ec2.failing = "DependencyViolation";

    assertThatThrownBy(() -> access(true).tidy(Lane.REPAIR, () -> true))
        .isInstanceOf(CloudException.NotReady.class);

    assertThat(inventory.around().backendGroup()).contains(BACKEND);
    assertThat(inventory.around().groups()).containsKey(BACKEND);
  }

  @Test
  void refusesASharedGroupThatSomebodyElseMade() {
    around(OURS, Set.of());
    inventory.around(now -> now.withGroups(now.groups(), Optional.empty()));

    assertThatThrownBy(() -> access(true).createBackend("k8s-shared", OURS, Lane.NEW_SERVICE))
        .isInstanceOf(CloudException.Rejected.class)
        .hasMessageContaining("belongs to somebody else");

    assertThat(inventory.around().backendGroup()).isEmpty();
  }

  @Test
  void doesNotGuessWhichOfSeveralGroupsOfAnInstanceIsTheClusters() {
    around(OURS, Set.of());
    ec2.instances = Map.of("i-1", List.of("sg-database", NODES));

    assertThatThrownBy(
            () -> access(true).open(List.of(PortBlock.of("tcp", 80)), List.of("i-1"), Lane.CHANGE))
        .isInstanceOf(CloudException.Rejected.class)
        .hasMessageContaining("i-1");

    assertThat(ec2.calls).isEmpty();
  }

  @Test
  void looksAgainAtAnInstanceThatWasInvisible() {
    var behind = new TargetId("i-1", 30080);
    around(OURS, Set.of(), group(TargetType.INSTANCE, 30080, new Fact.Known<>(Set.of(behind))));
    var access = access(true);
    access.tidy(Lane.REPAIR, () -> true);
    assertThat(inventory.around().nodeGroups()).isEmpty();
    ec2.instances = Map.of("i-1", List.of(NODES));

    access.tidy(Lane.REPAIR, () -> true);

    assertThat(inventory.around().nodeGroups()).containsExactly(NODES);
    assertThat(rules(NODES)).containsExactly(PortBlock.of("tcp", 30080).rule(BACKEND));
  }

  private Access access(boolean ownBackend, String... nodeGroups) {
    var meters =
        new Meters() {
          @Override
          public void gauge(String name, String description, DoubleSupplier value) {}

          @Override
          public void counter(String name, String description, DoubleSupplier value) {}
        };
    var gate = new Gate(Limits.published(0), Ticker.system(), InstantSource.system(), meters);
    var calls = new Ec2Calls(ec2, gate);
    var tags = new Tags(new ClusterId("c1"), "lab");
    var nodes = new NodeGroups(calls, tags, Arrays.asList(nodeGroups));
    return new Access(new SecurityGroups(calls), nodes, inventory, ownBackend);
  }

  private void around(
      Map<String, String> backendTags, Set<IngressRule> ofNodes, TargetGroup... groups) {
    var around =
        new Surroundings(
            "vpc-1",
            List.of(),
            Map.of(
                BACKEND, new SecurityGroup(BACKEND, "shared", backendTags, Set.of()),
                NODES, new SecurityGroup(NODES, "nodes", Map.of(), ofNodes)),
            Optional.of(BACKEND),
            Set.of(),
            Map.of(),
            Quotas.UNREAD);
    var seen = AwsObserved.nothing(KEY, around).withGroups(Arrays.asList(groups));
    inventory.refresh(Map.of(KEY, seen), Map.of(), around, inventory.stamp());
  }

  private Set<IngressRule> rules(String group) {
    return Optional.ofNullable(inventory.around().groups().get(group)).orElseThrow().ingress();
  }

  private static TargetId pod() {
    return new TargetId("10.0.0.1", 8080);
  }

  private static TargetGroup pods(Fact<Set<TargetId>> targets) {
    return group(TargetType.IP, 8080, targets);
  }

  private static TargetGroup group(TargetType type, int port, Fact<Set<TargetId>> targets) {
    return new TargetGroup(
        "arn:1",
        "k8s-shop-web-1",
        ListenerProtocol.TCP,
        type,
        port,
        false,
        "vpc-1",
        new HealthCheckSpec(
            "TCP", "traffic-port", Optional.empty(), Optional.empty(), 10, 10, 3, 3),
        Set.of(),
        Map.of(),
        new Fact.Known<>(Map.of()),
        targets,
        List.of());
  }

  /// Answers what it is told to, and notes what is written.
  private static final class Ec2 implements Ec2Client {
    private final Inventory inventory;
    private final List<String> calls = new ArrayList<>();
    private Set<IngressRule> seenWhileRevoking = Set.of();
    private Map<String, List<String>> instances = Map.of();
    private String failing = "";

    private Ec2(Inventory inventory) {
      this.inventory = inventory;
    }

    @Override
    public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
      var found =
          instances.entrySet().stream()
              .map(one ->
                  Instance.builder()
                      .instanceId(one.getKey())
                      .securityGroups(
                          one.getValue().stream()
                              .map(id -> GroupIdentifier.builder().groupId(id).build())
                              .collect(Collectors.toList()))
                      .build())
              .toList();
      return DescribeInstancesResponse.builder()
          .reservations(reservation -> reservation.instances(found))
          .build();
    }

    @Override
    public AuthorizeSecurityGroupIngressResponse authorizeSecurityGroupIngress(
        AuthorizeSecurityGroupIngressRequest request) {
      calls.add("authorize");
      return AuthorizeSecurityGroupIngressResponse.builder().build();
    }

    @Override
    public RevokeSecurityGroupIngressResponse revokeSecurityGroupIngress(
        RevokeSecurityGroupIngressRequest request) {
      request
          .ipPermissions()
          .forEach(one -> calls.add("revoke %d-%d".formatted(one.fromPort(), one.toPort())));
      seenWhileRevoking =
          Optional.ofNullable(inventory.around().groups().get(NODES)).orElseThrow().ingress();
      fail(failing);
      return RevokeSecurityGroupIngressResponse.builder().build();
    }

    @Override
    public DeleteSecurityGroupResponse deleteSecurityGroup(DeleteSecurityGroupRequest request) {
      calls.add("delete " + request.groupId());
      fail(failing);
      return DeleteSecurityGroupResponse.builder().build();
    }

    @Override
    public CreateSecurityGroupResponse createSecurityGroup(CreateSecurityGroupRequest request) {
      fail("InvalidGroup.Duplicate");
      throw new AssertionError("there is one already");
    }

    @Override
    public DescribeSecurityGroupsResponse describeSecurityGroups(
        DescribeSecurityGroupsRequest request) {
      return DescribeSecurityGroupsResponse.builder()
          .securityGroups(group -> group.groupId("sg-other").groupName("k8s-shared"))
          .build();
    }

    private static void fail(String code) {
      if (!code.isEmpty()) {
        throw Ec2Exception.builder()
            .statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
            .build();
      }
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
