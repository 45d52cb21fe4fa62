// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.aws.cloud.connect.FakeAws.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

class RegionDiscoveryTest {
  private static final AwsRegionProvider SILENT =
      () -> {
        throw SdkClientException.create("no Region here");
      };

  private final FakeAws instance =
      new FakeAws()
          .on("/latest/api/token", Answer.ok("t"))
          .on("/latest/meta-data/placement/region", Answer.ok("eu-west-3"));

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void theSettingCountsBeforeAll() {
    assertThat(discovery(() -> Region.US_EAST_1).region(Optional.of("eu-north-1")))
        .isEqualTo(Region.EU_NORTH_1);
  }

  @Test
  void theSurroundingsCountBeforeTheInstance() {
    assertThat(discovery(SILENT, () -> Region.US_EAST_1).region(Optional.empty()))
        .isEqualTo(Region.US_EAST_1);
    assertThat(instance.requests()).isEmpty();
  }

  @Test
  void theInstanceIsAskedLast() {
    assertThat(discovery(SILENT).region(Optional.empty())).isEqualTo(Region.EU_WEST_3);
  }

  @Test
  void whenNobodyKnowsTheSettingIsNamed() {
    instance.close();

    assertThatThrownBy(() -> discovery(SILENT).region(Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("settings.region")
        .hasMessageContaining("write for example region: eu-central-1");
  }

  private RegionDiscovery discovery(AwsRegionProvider... surroundings) {
    return new RegionDiscovery(
        List.of(surroundings), new InstanceMetadata(Optional.of(instance.uri())));
  }
}
