// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenStackSettingsTest {
  @Test
  void whatIsNotGivenIsUsual() {
    assertThat(OpenStackSettings.parse(Map.of("cloudConfig", " ")))
        .isEqualTo(
            new OpenStackSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "kubernetes",
                10,
                20,
                1000,
                1000));
  }

  @Test
  void everyKeyIsRead() {
    var settings =
        Map.of(
            "cloudConfig", "/etc/cloud.conf",
            "cloud", "prod",
            "cloudsFile", "/etc/clouds.yaml",
            "clusterName", "prod-1",
            "requestsPerSecond", "2.5",
            "burst", "3",
            "pageSize", "10",
            "pollMillis", "250");

    assertThat(OpenStackSettings.keys()).isEqualTo(settings.keySet());
    assertThat(OpenStackSettings.parse(settings))
        .isEqualTo(
            new OpenStackSettings(
                Optional.of(Path.of("/etc/cloud.conf")),
                Optional.of("prod"),
                Optional.of(Path.of("/etc/clouds.yaml")),
                "prod-1",
                2.5,
                3,
                10,
                250));
  }

  @ParameterizedTest
  @CsvSource({"burst,0", "burst,many", "pageSize,1001", "requestsPerSecond,0", "clusterName,a b"})
  void aMalformedValueIsRefusedWithItsKey(String key, String value) {
    assertThatThrownBy(() -> OpenStackSettings.parse(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("settings.%s: '%s' cannot be read; write ".formatted(key, value));
  }

  @Test
  void aFileThatIsNotThereIsNamedWithItsSetting() {
    var settings = OpenStackSettings.parse(Map.of("cloudConfig", "/nowhere/cloud.conf"));

    assertThatThrownBy(() -> settings.readCloudConf(Map.of()))
        .hasMessageStartingWith("settings.cloudConfig: '/nowhere/cloud.conf' cannot be read");
  }

  @Test
  void theWaitStepsOfTheOldControllerAreSaidToHaveNoEffect() {
    var settings = OpenStackSettings.parse(Map.of());

    assertThat(settings.readCloudConf(Map.of("OCCM_WAIT_LB_ACTIVE_STEPS", "30")).warnings())
        .singleElement()
        .asString()
        .startsWith("OCCM_WAIT_LB_ACTIVE_STEPS has no effect");
  }
}
