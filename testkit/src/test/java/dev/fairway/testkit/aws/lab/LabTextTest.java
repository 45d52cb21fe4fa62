// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.testkit.aws.AwsNetwork;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabTextTest {
  private static final AwsNetwork NETWORK =
      new AwsNetwork(
          "eu-central-1", "lab", "vpc-1", new TreeMap<>(), new TreeMap<>(), "sg-1", List.of());
  private static final URI ENDPOINT = URI.create("http://127.0.0.1:4711");

  @Test
  void flagsAreRead() {
    assertThat(LabOptions.parse(List.of())).isEqualTo(new LabOptions(false, false, 3, 0));
    assertThat(
            LabOptions.parse(List.of("--localstack", "--kube", "--nodes", "5", "--port", "4566")))
        .isEqualTo(new LabOptions(true, true, 5, 4566));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nodes", "--nodes 0", "--nodes many", "--kub", "--port -1"})
  void wrongWordsAreRefused(String line) {
    var word = line.split(" ", -1)[0];

    assertThatThrownBy(() -> LabOptions.parse(List.of(line.split(" ", -1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word);
  }

  @Test
  void theEnvironmentIsForShells() {
    var cluster = new LabFiles.Cluster(Path.of("/run/kube config"), Path.of("/kube"));

    assertThat(new LabFiles(ENDPOINT, NETWORK, Optional.of(cluster)).environment())
        .isEqualTo(
            """
            export AWS_ACCESS_KEY_ID=test
            export AWS_SECRET_ACCESS_KEY=test
            export AWS_REGION=eu-central-1
            export AWS_ENDPOINT_URL=http://127.0.0.1:4711
            export KUBECONFIG='/run/kube config'
            export PATH="$PATH:/kube"
            """);
    assertThat(new LabFiles(ENDPOINT, NETWORK, Optional.empty()).environment())
        .doesNotContain("KUBECONFIG");
  }

  @Test
  void theConfigurationNamesNetworkAndEndpoint() {
    assertThat(new LabFiles(ENDPOINT, NETWORK, Optional.empty()).configuration())
        .isEqualTo(
            """
            provider: aws
            cluster: lab
            leaderElection:
              enabled: false
            settings:
              region: eu-central-1
              vpcId: vpc-1
              endpoint: http://127.0.0.1:4711
            """);
  }

  @Test
  void anInstanceIsTheNodeThatItsKubeletWouldMake() {
    var node =
        InstanceNodes.node(
            new AwsNetwork.Instance("i-1", "eu-central-1a", "10.0.128.4"),
            "eu-central-1",
            Instant.EPOCH);

    assertThat(node.getMetadata().getName())
        .isEqualTo("ip-10-0-128-4.eu-central-1.compute.internal");
    assertThat(node.getSpec().getProviderID()).isEqualTo("aws:///eu-central-1a/i-1");
    assertThat(node.getMetadata().getLabels())
        .containsEntry("topology.kubernetes.io/zone", "eu-central-1a");
    assertThat(node.getStatus().getConditions().getFirst().getStatus()).isEqualTo("True");
  }
}
