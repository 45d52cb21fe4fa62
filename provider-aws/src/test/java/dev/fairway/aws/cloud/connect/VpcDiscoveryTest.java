// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.aws.cloud.connect.FakeAws.Answer;
import dev.fairway.cloud.model.ClusterId;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class VpcDiscoveryTest {
  private final FakeAws aws = new FakeAws();
  private final AwsClients clients =
      new AwsClients(Region.EU_CENTRAL_1, Optional.of(aws.uri()), AwsClientsTest.KEYS);

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void theSettingCountsBeforeAllAndCostsNoCall() {
    assertThat(vpc(Map.of("vpcId", "vpc-0a"))).isEqualTo("vpc-0a");
    assertThat(aws.requests()).isEmpty();
  }

  @Test
  void theVpcOfTheClustersSubnetsIsTaken() {
    aws.on("DescribeSubnets", subnets("", "vpc-0b", "vpc-0b"));

    assertThat(vpc(Map.of("clusterName", "prod"))).isEqualTo("vpc-0b");
    assertThat(aws.requests().getFirst().form())
        .containsEntry("Filter.1.Name", "tag-key")
        .containsEntry("Filter.1.Value.1", "kubernetes.io/cluster/prod");
    assertThat(aws.actions()).containsExactly("DescribeSubnets");
  }

  @Test
  void allPagesOfSubnetsAreRead() {
    aws.on("DescribeSubnets", subnets("more", "vpc-0b"), subnets("", "vpc-0c"))
        .on("DescribeVpcs", vpcs("vpc-0b", "vpc-0c"));

    assertThatThrownBy(() -> vpc(Map.of()))
        .hasMessageContaining("subnets of [vpc-0b, vpc-0c] carry the tag");
    assertThat(aws.requests().get(1).form()).containsEntry("NextToken", "more");
  }

  @Test
  void thenTheVpcOfThisInstance() {
    aws.on("DescribeSubnets", subnets(""))
        .on("/latest/api/token", Answer.ok("t"))
        .on("/latest/meta-data/mac", Answer.ok("02:01"))
        .on("/latest/meta-data/network/interfaces/macs/02:01/vpc-id", Answer.ok("vpc-0d"));

    assertThat(vpc(Map.of())).isEqualTo("vpc-0d");
  }

  @Test
  void thenTheOnlyVpcOfTheAccount() {
    aws.on("DescribeSubnets", subnets("")).on("DescribeVpcs", vpcs("vpc-0e"));

    assertThat(vpc(Map.of())).isEqualTo("vpc-0e");
  }

  @Test
  void whenItIsNotClearTheSettingIsNamed() {
    aws.on("DescribeSubnets", subnets("")).on("DescribeVpcs", vpcs("vpc-0e", "vpc-0f"));

    assertThatThrownBy(() -> vpc(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("settings.vpcId")
        .hasMessageContaining("no subnet carries the tag kubernetes.io/cluster/test")
        .hasMessageContaining("write for example vpcId: vpc-0a1b2c3d");
  }

  private String vpc(Map<String, String> settings) {
    return new VpcDiscovery(
            clients.ec2(), Gates.open(), new InstanceMetadata(Optional.of(aws.uri())))
        .vpc(AwsSettings.parse(settings, new ClusterId("test")));
  }

  private static Answer subnets(String next, String... vpcs) {
    return Answer.ok(
        "<DescribeSubnetsResponse><subnetSet>%s</subnetSet><nextToken>%s</nextToken></DescribeSubnetsResponse>"
            .formatted(items(vpcs), next));
  }

  private static Answer vpcs(String... vpcs) {
    return Answer.ok(
        "<DescribeVpcsResponse><vpcSet>%s</vpcSet></DescribeVpcsResponse>".formatted(items(vpcs)));
  }

  private static String items(String... vpcs) {
    return Arrays.stream(vpcs)
        .map("<item><vpcId>%s</vpcId></item>"::formatted)
        .collect(Collectors.joining());
  }
}
