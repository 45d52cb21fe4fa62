// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The provider's part of the configuration. All are texts there.
///
/// @param cloudConfig the path of a cloud.conf
/// @param cloud a name in clouds.yaml
/// @param cloudsFile the path of a clouds.yaml; empty to look for it
/// @param clusterName in the names of objects, as `--cluster-name` of the
///   openstack-cloud-controller-manager
/// @param requestsPerSecond calls a second of each service in the long run
/// @param burst calls that may come at once
/// @param pageSize entries that are asked for in one page of a list, 1 to 1000
@SuppressWarnings("DoNotCallSuggester")
public record OpenStackSettings(
    Optional<Path> cloudConfig,
    Optional<String> cloud,
    Optional<Path> cloudsFile,
    String clusterName,
    double requestsPerSecond,
    int burst,
    int pageSize) {

  private static final Set<String> KEYS =
      Set.of(
          "cloudConfig",
          "cloud",
          "cloudsFile",
          "clusterName",
          "requestsPerSecond",
          "burst",
          "pageSize");

  /// The keys that are read. Others are not looked at.
  public static Set<String> keys() {
    return KEYS;
  }

  /// @throws IllegalArgumentException when a value is malformed; the message names `settings.KEY`,
  ///   the value and what to write
  public static OpenStackSettings parse(Map<String, String> settings) {
    throw new UnsupportedOperationException(settings.toString());
  }

  /// The cloud.conf that the settings name, or what holds without one.
  ///
  /// @throws IllegalArgumentException when it cannot be read or used
  public CloudConf readCloudConf() {
    throw new UnsupportedOperationException();
  }
}
