// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/// Finds the Region: as set, else as the environment and the profile say, else where this instance
/// runs.
final class RegionDiscovery {
  private final List<AwsRegionProvider> surroundings;
  private final InstanceMetadata metadata;

  RegionDiscovery(List<AwsRegionProvider> surroundings, InstanceMetadata metadata) {
    this.surroundings = List.copyOf(surroundings);
    this.metadata = metadata;
  }

  static RegionDiscovery ofThisMachine() {
    return new RegionDiscovery(
        List.of(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider()),
        InstanceMetadata.ofThisMachine());
  }

  /// @throws IllegalArgumentException when nobody knows; the message names the setting
  Region region(Optional<String> setting) {
    return Stream.<Supplier<Optional<String>>>of(
            () -> setting,
            () -> surroundings.stream().flatMap(place -> named(place).stream()).findFirst(),
            metadata::region)
        .flatMap(source -> source.get().stream())
        .findFirst()
        .map(Region::of)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "settings.region: no Region is set, and neither AWS_REGION nor a profile nor"
                    + " instance metadata names one; write for example region: eu-central-1"));
  }

  private static Optional<String> named(AwsRegionProvider place) {
    try {
      return Optional.ofNullable(place.getRegion()).map(Region::id);
    } catch (SdkClientException _) {
      return Optional.empty();
    }
  }
}
