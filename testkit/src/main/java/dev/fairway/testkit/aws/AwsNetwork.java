// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import java.util.List;
import java.util.SortedMap;

/// What [AwsSeed] has made: the network of a cluster, with its nodes.
///
/// @param publicSubnets ids by zone; they have a route to the internet
/// @param privateSubnets ids by zone; the nodes are in these
/// @param nodeGroup id of the security group of all nodes
public record AwsNetwork(
    String region,
    String cluster,
    String vpcId,
    SortedMap<String, String> publicSubnets,
    SortedMap<String, String> privateSubnets,
    String nodeGroup,
    List<Instance> instances) {

  /// A machine that is a node.
  ///
  /// @param privateIp IPv4
  public record Instance(String id, String zone, String privateIp) {
    /// As in `spec.providerID` of the Node.
    public String providerId() {
      return "aws:///%s/%s".formatted(zone, id);
    }
  }
}
