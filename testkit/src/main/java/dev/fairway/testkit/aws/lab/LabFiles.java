// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.lab;

import dev.fairway.testkit.aws.AwsNetwork;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// What programs need to know of a lab. There are no secrets in it: an emulator takes any key.
///
/// @param cluster the lab's own, if it has one
record LabFiles(URI endpoint, AwsNetwork network, Optional<Cluster> cluster) {
  /// @param programs the directory with kubectl
  record Cluster(Path kubeconfig, Path programs) {}

  /// Shell commands.
  String environment() {
    var exports =
        """
        export AWS_ACCESS_KEY_ID=test
        export AWS_SECRET_ACCESS_KEY=test
        export AWS_REGION=%s
        export AWS_ENDPOINT_URL=%s
        """
            .formatted(network.region(), endpoint);
    return exports
        + cluster
            .map(own ->
                "export KUBECONFIG='%s'\nexport PATH=\"$PATH:%s\"\n"
                    .formatted(own.kubeconfig(), own.programs()))
            .orElse("");
  }

  /// The configuration file of the controller.
  String configuration() {
    return """
    provider: aws
    cluster: %s
    leaderElection:
      enabled: false
    settings:
      region: %s
      vpcId: %s
      endpoint: %s
    """
        .formatted(network.cluster(), network.region(), network.vpcId(), endpoint);
  }
}
