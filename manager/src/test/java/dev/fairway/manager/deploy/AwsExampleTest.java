// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fairway.manager.Providers;
import dev.fairway.manager.config.ConfigFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class AwsExampleTest {
  @Test
  void theConfigurationForAwsIsOneThatTheControllerReads() throws IOException {
    var map =
        Serialization.unmarshal(
            Files.readString(Manifests.EXAMPLES.resolve("aws/config.yaml")), ConfigMap.class);

    var config = ConfigFile.parse(map.getData().get("config.yaml"));

    var provider = Providers.named(config.provider());
    assertThat(provider.name()).isEqualTo("aws");
    assertThat(config.settings()).containsKeys("region", "vpcId");
    assertThatCode(() -> Providers.check(provider, config.settings().keySet()))
        .doesNotThrowAnyException();
  }
}
