// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where credentials come from, and which source wins: what cloud.conf says itself, then
/// clouds.yaml where it is asked for, and the environment where both say nothing.
final class Sources {
  // A kind of login in one source leaves no room for another kind in a source below it.
  private static final List<List<String>> KINDS =
      List.of(
          List.of("password", "trustee-password"),
          List.of(
              "application-credential-id",
              "application-credential-name",
              "application-credential-secret"),
          List.of("token"));

  private Sources() {}

  /// @throws IllegalArgumentException when a file is missing or cannot be read
  static Global merged(
      OpenStackSettings settings, Global conf, Map<String, String> environment, Path workDir) {
    var environmentCloud =
        Optional.ofNullable(environment.get("OS_CLOUD")).filter(name -> !name.isBlank());
    var cloud = settings.cloud().or(() -> conf.value("cloud")).or(() -> environmentCloud);
    var cloudsFile = settings.cloudsFile().or(() -> conf.value("clouds-file").map(Path::of));
    var asked =
        settings.cloud().isPresent()
            || settings.cloudsFile().isPresent()
            || conf.value("use-clouds")
                .map(word -> !word.matches("(?i)false|no|off|0"))
                .orElse(false)
            || (conf.value("auth-url").isEmpty() && environmentCloud.isPresent());
    if (asked) {
      return over(conf, CloudsYaml.read(cloudsFile, cloud, environment, workDir));
    }
    return conf.value("auth-url").isEmpty() && environment.containsKey("OS_AUTH_URL")
        ? over(conf, Environment.read(environment))
        : conf;
  }

  private static Global over(Global above, Global below) {
    var values = new HashMap<>(below.values());
    for (var kind : KINDS) {
      if (kind.stream().anyMatch(key -> above.value(key).isPresent())) {
        KINDS.stream()
            .filter(other -> !other.equals(kind))
            .flatMap(List::stream)
            .forEach(values::remove);
        values.remove(CredentialsReader.AUTH_TYPE);
      }
    }
    above
        .values()
        .forEach((key, value) -> {
          if (!value.isBlank()) {
            values.put(key, value);
          }
        });
    return new Global(
        above.values().isEmpty()
            ? below.source()
            : "%s and %s".formatted(above.source(), below.source()),
        values);
  }
}
