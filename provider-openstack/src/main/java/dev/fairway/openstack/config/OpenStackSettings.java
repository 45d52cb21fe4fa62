// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
/// @param pollMillis how long after a change the first look follows whether Octavia is done with
///   it, in ms; it grows with the time that Octavia takes
public record OpenStackSettings(
    Optional<Path> cloudConfig,
    Optional<String> cloud,
    Optional<Path> cloudsFile,
    String clusterName,
    double requestsPerSecond,
    int burst,
    int pageSize,
    int pollMillis) {

  private static final Set<String> KEYS =
      Set.of(
          "cloudConfig",
          "cloud",
          "cloudsFile",
          "clusterName",
          "requestsPerSecond",
          "burst",
          "pageSize",
          "pollMillis");
  private static final String STEPS = "OCCM_WAIT_LB_ACTIVE_STEPS";

  /// The keys that are read. Others are not looked at.
  public static Set<String> keys() {
    return KEYS;
  }

  /// @throws IllegalArgumentException when a value is malformed; the message names `settings.KEY`,
  ///   the value and what to write
  public static OpenStackSettings parse(Map<String, String> settings) {
    var texts = new SettingTexts(settings);
    return new OpenStackSettings(
        texts.text("cloudConfig").map(Path::of),
        texts.text("cloud"),
        texts.text("cloudsFile").map(Path::of),
        texts
            .matching("clusterName", "[-_.a-zA-Z0-9]{1,100}", "1 to 100 letters, digits and '-'")
            .orElse("kubernetes"),
        texts.number("requestsPerSecond", "\\d{1,4}(\\.\\d{1,3})?", 10, 0.1, 1000),
        (int) texts.number("burst", "\\d{1,5}", 20, 1, 10_000),
        // Octavia's own default of the largest page (pagination_max_limit) leaves room for more,
        // but its database reads whole pages with all children.
        (int) texts.number("pageSize", "\\d{1,4}", 1000, 1, 1000),
        (int) texts.number("pollMillis", "\\d{1,4}", 1000, 10, 5000));
  }

  /// The cloud.conf that the settings name, or what holds without one.
  ///
  /// @param environment for warnings of variables that have no effect here
  /// @throws IllegalArgumentException when it cannot be read or used
  public CloudConf readCloudConf(Map<String, String> environment) {
    var conf = cloudConfig.map(OpenStackSettings::read).orElseGet(CloudConf::empty);
    if (!environment.containsKey(STEPS)) {
      return conf;
    }
    var warnings = new ArrayList<>(conf.warnings());
    warnings.add(STEPS + " has no effect: nothing waits here for a load balancer to become active");
    return new CloudConf(conf.options(), conf.classes(), conf.authentication(), warnings);
  }

  private static CloudConf read(Path file) {
    try {
      return CloudConf.parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "settings.cloudConfig: '%s' cannot be read (%s); write the path of a cloud.conf"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }
}
