// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// Where a controller finds its AWS.
///
/// @param endpoint of all services
/// @param subnetId any of the subnets
/// @param cluster as in the tag `kubernetes.io/cluster/CLUSTER`
record AwsPlace(URI endpoint, String region, String vpcId, String subnetId, String cluster) {
  /// The beginning of a command line: credentials that mean nothing, and no look at the instance
  /// metadata of the machine.
  List<String> environment() {
    return List.of(
        "env",
        "AWS_ACCESS_KEY_ID=test",
        "AWS_SECRET_ACCESS_KEY=test",
        "AWS_REGION=" + region,
        "AWS_EC2_METADATA_DISABLED=true");
  }

  /// For a [Template].
  Map<String, String> words() {
    return Map.of(
        "endpoint",
        endpoint.toString(),
        "region",
        region,
        "vpcId",
        vpcId,
        "subnetId",
        subnetId,
        "cluster",
        cluster);
  }
}
