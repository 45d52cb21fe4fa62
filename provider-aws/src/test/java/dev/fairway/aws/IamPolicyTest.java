// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.aws.Policy.Statement;
import dev.fairway.aws.cloud.limit.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IamPolicyTest {
  // A call that brings tags along needs a permission of its own for them.
  private static final Set<String> TAGS_ON_CREATION = Set.of("ec2:CreateTags");

  // CreateLoadBalancer asks EC2 for these in the name of its caller: terraform-aws-eks issue 900
  // and
  // pull request 1226, aws-load-balancer-controller issue 748.
  private static final Set<String> ASKED_BY_ELB =
      Set.of(
          "ec2:DescribeAccountAttributes", "ec2:DescribeAddresses", "ec2:DescribeInternetGateways");

  private static final String OURS = "aws:ResourceTag/fairway.dev/cluster";
  private static final String MADE_OURS = "aws:RequestTag/fairway.dev/cluster";
  private static final String OF_NODES = "aws:ResourceTag/kubernetes.io/cluster/CLUSTER_NAME";

  private final Policy policy = Policy.read("iam-policy.json");

  @Test
  void allowsWhatIsCalledAndWhatThatEntailsAndNothingElse() {
    var needed = new TreeSet<String>();
    Arrays.stream(Operation.values()).map(Operation::permission).forEach(needed::add);
    needed.addAll(TAGS_ON_CREATION);
    needed.addAll(ASKED_BY_ELB);

    assertThat(policy.actions()).containsExactlyElementsOf(needed);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void everyOperationIsCalledSomewhere(Operation operation) throws IOException {
    try (var files = Files.walk(Path.of("src/main/java/dev/fairway/aws/cloud"))) {
      assertThat(files.filter(Files::isRegularFile))
          .anySatisfy(file ->
              assertThat(Files.readString(file))
                  .containsPattern("Operation\\." + operation.name() + "\\b"));
    }
  }

  @Test
  void onlyReadingNeedsNoTag() {
    var free = policy.statements().stream().filter(one -> one.condition().isEmpty()).toList();

    assertThat(free)
        .extracting(Statement::sid)
        .containsExactly("Read", "AskedByElasticLoadBalancing", "CreateSecurityGroupsInVpcs");
    assertThat(policy.statement("Read").actions()).allMatch(one -> one.contains(":Describe"));
    assertThat(policy.statement("AskedByElasticLoadBalancing").actions()).isEqualTo(ASKED_BY_ELB);
    // The VPC is a resource of this action, which has no tags of ours.
    assertThat(policy.statement("CreateSecurityGroupsInVpcs").resource())
        .isEqualTo("arn:*:ec2:*:*:vpc/*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:CreateListener",
        "ec2:CreateTags"
      })
  void nothingIsMadeWithoutTheTagOfTheCluster(String action) {
    assertThat(policy.allowing(action))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(equalsTo(one)).containsEntry(MADE_OURS, "CLUSTER_ID"));
  }

  @Test
  void nothingIsChangedOrDeletedThatHasNotTheTagOfTheCluster() {
    var changing =
        policy.statements().stream()
            .filter(one -> one.actions().stream().anyMatch(IamPolicyTest::changes))
            .filter(one -> !one.sid().equals("TagWhatIsCreated"))
            .toList();

    assertThat(changing)
        .extracting(Statement::sid)
        .containsExactly("ChangeAndDelete", "ChangeAndDeleteSecurityGroups", "OpenPortsOfNodes");
    assertThat(changing.subList(0, 2))
        .allSatisfy(one ->
            assertThat(one.condition())
                .isEqualTo(Map.of("StringEquals", Map.of(OURS, "CLUSTER_ID"))));
    assertThat(changing.getLast().condition()).isEqualTo(Map.of("Null", Map.of(OF_NODES, "false")));
    assertThat(changing.getLast().actions())
        .containsExactlyInAnyOrder(
            "ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress");
  }

  @Test
  void tagsAreGivenToOthersOnlyInTheirCreation() {
    var given = policy.statement("TagWhatIsCreated");

    assertThat(equalsTo(given))
        .containsEntry(
            "elasticloadbalancing:CreateAction",
            List.of("CreateLoadBalancer", "CreateTargetGroup", "CreateListener"))
        .containsEntry(MADE_OURS, "CLUSTER_ID");
    assertThat(equalsTo(policy.statement("TagSecurityGroupsThatAreCreated")))
        .containsEntry("ec2:CreateAction", "CreateSecurityGroup");
  }

  @Test
  void adoptionAllowsNothingNewButOnWhatCarriesTheNameOfTheCluster() {
    var adoption = Policy.read("iam-policy-adoption.json");

    assertThat(policy.actions()).containsAll(adoption.actions());
    assertThat(adoption.statements())
        .extracting(Statement::condition)
        .containsExactly(
            Map.of("Null", Map.of(OF_NODES, "false")),
            Map.of(
                "StringEquals", Map.of("aws:ResourceTag/elbv2.k8s.aws/cluster", "CLUSTER_NAME")));
  }

  // IAM and AWS STS quotas: a managed policy has at most 6,144 characters,
  // without white space. The name of a cluster has up to 100, and stands there for twelve.
  @ParameterizedTest
  @ValueSource(strings = {"iam-policy.json", "iam-policy-adoption.json"})
  void fitsIntoAManagedPolicy(String name) {
    assertThat(Policy.text(name).replaceAll("\\s", "").length()).isLessThan(6144 - 500);
  }

  private static boolean changes(String permission) {
    var action = permission.substring(permission.indexOf(':') + 1);
    return !action.startsWith("Describe") && !action.startsWith("Create");
  }

  private static Map<String, Object> equalsTo(Statement statement) {
    return statement.condition().getOrDefault("StringEquals", Map.of());
  }
}
