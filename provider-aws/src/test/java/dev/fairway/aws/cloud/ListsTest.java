// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.plan.Tags;
import dev.fairway.cloud.model.ClusterId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;

class ListsTest {
  private static final String VPC = "vpc-1";
  private static final Map<String, String> OURS =
      Map.of("fairway.dev/cluster", "blue", "fairway.dev/service", "shop/web");

  private final FakeElb elb = new FakeElb();
  private final Inventory inventory = new Inventory(InstantSource.system());
  private final AtomicInteger freed = new AtomicInteger();
  private final Lists lists = lists();

  private Lists lists() {
    var gate = FakeElb.gate();
    var tags = new Tags(new ClusterId("blue"), "blue");
    var ec2 = new Ec2Calls(new EmptyVpc(), gate);
    return new Lists(
        new ElbReads(elb, gate),
        ec2,
        VPC,
        tags,
        new NodeGroups(ec2, tags, List.of()),
        Optional.empty(),
        inventory,
        InstantSource.system(),
        freed::incrementAndGet);
  }

  @Test
  void namesAreTakenByLoadBalancersOfEveryTypeAndVpc() {
    elb.add("application", "application", VPC, Map.of());
    elb.add("far", "network", "vpc-2", OURS);
    elb.add("stranger", "network", VPC, Map.of("team", "web"));
    elb.add("own", "network", VPC, OURS);

    lists.refresh(Lane.CHANGE);

    var around = inventory.around();
    assertThat(around.foreign()).containsOnlyKeys("application", "far", "stranger");
    assertThat(around.quotas().balancers()).isEqualTo(3);
    assertThat(inventory.all())
        .flatExtracting(seen -> seen.balancers())
        .extracting(one -> one.name())
        .containsExactly("own");
  }

  @Test
  void onlyNetworkLoadBalancersOfTheVpcAreFoundToBeTakenOver() {
    elb.add("application", "application", VPC, Map.of());
    elb.add("far", "network", "vpc-2", Map.of());
    elb.add("stranger", "network", VPC, Map.of());

    lists.refresh(Lane.CHANGE);

    assertThat(inventory.around().foreign().values())
        .extracting(one -> one.arn())
        .contains(FakeElb.arn("stranger"))
        .doesNotContain(FakeElb.arn("application"), FakeElb.arn("far"));
  }

  @Test
  void oneThatGoesWhileTagsAreReadIsLeftOut() {
    elb.add("own", "network", VPC, OURS);
    elb.add("going", "network", VPC, OURS);
    elb.gone.add(FakeElb.arn("going"));

    lists.refresh(Lane.CHANGE);

    assertThat(inventory.all())
        .flatExtracting(seen -> seen.balancers())
        .extracting(one -> one.name())
        .containsExactly("own");
    assertThat(inventory.around().foreign()).isEmpty();
  }

  @Test
  void withoutPermissionToReadQuotasAllElseIsRead() {
    elb.errors.put("DescribeAccountLimits", "AccessDenied");
    lists.refresh(Lane.CHANGE);
    elb.add("own", "network", VPC, OURS);

    lists.refresh(Lane.CHANGE);

    assertThat(inventory.all()).hasSize(1);
  }

  @Test
  void whatGoesFreesItsNameWhoeverAskedAndHoweverItGoes() {
    elb.add("own", "network", VPC, OURS);
    lists.refresh(Lane.CHANGE);
    elb.balancers.clear();

    lists.refresh(Lane.CHANGE);

    assertThat(freed).hasValue(1);
  }

  @Test
  void whatWeMakeFreesNothing() {
    lists.refresh(Lane.CHANGE);
    elb.add("own", "network", VPC, OURS);

    lists.refresh(Lane.CHANGE);

    assertThat(freed).hasValue(0);
  }

  private static final class EmptyVpc implements Ec2Client {
    @Override
    public DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest asked) {
      return DescribeSubnetsResponse.builder().build();
    }

    @Override
    public DescribeRouteTablesResponse describeRouteTables(DescribeRouteTablesRequest asked) {
      return DescribeRouteTablesResponse.builder().build();
    }

    @Override
    public DescribeSecurityGroupsResponse describeSecurityGroups(
        DescribeSecurityGroupsRequest asked) {
      return DescribeSecurityGroupsResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "ec2";
    }

    @Override
    public void close() {}
  }
}
