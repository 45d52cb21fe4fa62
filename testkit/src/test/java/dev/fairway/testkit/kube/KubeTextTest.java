// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeTextTest {
  @Test
  void aServiceAccountIsKnownUnderItsLongNameAndInItsGroups() {
    assertThat(User.serviceAccount("fairway-system", "speaker").tokenLine())
        .isEqualTo(
            "token-of-system-serviceaccount-fairway-system-speaker,"
                + "system:serviceaccount:fairway-system:speaker,"
                + "system:serviceaccount:fairway-system:speaker,"
                + "\"system:serviceaccounts,system:serviceaccounts:fairway-system\"");
  }

  @Test
  void aClientFindsTheSameServerAndUserInTheKubeconfig() {
    Endpoint endpoint = new Endpoint("https://10.13.240.5:20001", "PEM");
    User user = new User("jane", List.of());

    Config config = Config.fromKubeconfig(endpoint.kubeconfig(user));

    assertThat(config.getMasterUrl()).startsWith("https://10.13.240.5:20001");
    assertThat(config.getAutoOAuthToken()).isEqualTo("token-of-jane");
    assertThat(config.getCaCertData()).isEqualTo(endpoint.clientConfig(user).getCaCertData());
  }

  @Test
  void missingProgramsAreNamedTogether(@TempDir Path empty) {
    assertThatThrownBy(() -> new KubeBinaries(empty))
        .hasMessageContaining(
            "lacks etcd, kube-apiserver, kube-controller-manager, kube-proxy, kubectl")
        .hasMessageContaining("./fairway test");
  }
}
