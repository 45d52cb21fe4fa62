// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import dev.fairway.aws.cloud.limit.Gate;
import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.cloud.limit.Operation;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/// Finds the VPC in which load balancers are made: as set, else that of the cluster's subnets, else
/// where this instance runs, else the only one of the account.
public final class VpcDiscovery {
  private static final int PAGE = 1000;

  private final Ec2Client ec2;
  private final Gate gate;
  private final InstanceMetadata metadata;

  public VpcDiscovery(Ec2Client ec2, Gate gate, InstanceMetadata metadata) {
    this.ec2 = ec2;
    this.gate = gate;
    this.metadata = metadata;
  }

  /// The id of the VPC. Calls nothing when it is set.
  ///
  /// @throws IllegalArgumentException when it is not clear which; the message names the setting
  /// @throws dev.fairway.cloud.error.CloudException when AWS does not answer what it is asked
  public String vpc(AwsSettings settings) {
    return settings.vpcId().orElseGet(() -> found(settings.clusterName()));
  }

  private String found(String cluster) {
    var ofSubnets = ofSubnets(cluster);
    if (ofSubnets.size() == 1) {
      return ofSubnets.first();
    }
    return metadata.vpc().or(this::onlyOne).orElseThrow(() -> unclear(cluster, ofSubnets));
  }

  private SortedSet<String> ofSubnets(String cluster) {
    var tagged =
        Filter.builder().name("tag-key").values("kubernetes.io/cluster/" + cluster).build();
    return Page.<Subnet>all(
            token -> {
              var request = DescribeSubnetsRequest.builder().filters(tagged).maxResults(PAGE);
              token.ifPresent(request::nextToken);
              var page =
                  gate.call(
                      Operation.DESCRIBE_SUBNETS,
                      Lane.NEW_SERVICE,
                      () -> ec2.describeSubnets(request.build()));
              return new Page<>(page.subnets(), page.nextToken());
            })
        .stream()
        .map(Subnet::vpcId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Optional<String> onlyOne() {
    // Two are as good as all to see that there is not one; AWS wants at least five in a page.
    var request = DescribeVpcsRequest.builder().maxResults(5).build();
    var vpcs =
        gate.call(Operation.DESCRIBE_VPCS, Lane.NEW_SERVICE, () -> ec2.describeVpcs(request))
            .vpcs();
    return vpcs.size() == 1 ? vpcs.stream().map(Vpc::vpcId).findFirst() : Optional.empty();
  }

  private static IllegalArgumentException unclear(String cluster, Set<String> ofSubnets) {
    var why =
        ofSubnets.isEmpty()
            ? "no subnet carries the tag kubernetes.io/cluster/" + cluster
            : "subnets of %s carry the tag kubernetes.io/cluster/%s".formatted(ofSubnets, cluster);
    return new IllegalArgumentException(
        ("settings.vpcId: it is not clear which VPC to use: %s, instance metadata names none, and"
                + " the account has not exactly one; write for example vpcId: vpc-0a1b2c3d")
            .formatted(why));
  }
}
