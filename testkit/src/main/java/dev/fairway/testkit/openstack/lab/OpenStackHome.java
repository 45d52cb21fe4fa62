// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the launcher has put the OpenStack control plane: the program that runs one, and a seeded
/// cloud to copy.
public record OpenStackHome(Path directory) {
  /// Names the directory.
  public static final String VARIABLE = "FAIRWAY_OPENSTACK";

  /// @throws IllegalStateException when something is missing
  public OpenStackHome {
    if (!Files.isExecutable(directory.resolve("openstack-lab"))
        || !Files.isRegularFile(directory.resolve("template/seed.json"))) {
      throw new IllegalStateException(
          "%s=%s lacks openstack-lab or its template; run the tests by ./fairway test, which provides them"
              .formatted(VARIABLE, directory));
    }
  }

  /// The one that the environment names.
  ///
  /// @throws IllegalStateException when the variable is not set, or something is missing
  public static OpenStackHome fromEnvironment() {
    return from(Optional.ofNullable(System.getenv(VARIABLE)));
  }

  static OpenStackHome from(Optional<String> named) {
    return named
        .map(Path::of)
        .map(OpenStackHome::new)
        .orElseThrow(() ->
            new IllegalStateException(
                VARIABLE
                    + " is not set; run the tests by ./fairway test, which provides the OpenStack"
                    + " control plane"));
  }

  String program() {
    return directory.resolve("openstack-lab").toString();
  }

  /// @throws IllegalStateException when OVN is wanted, and this was made without
  Path template(LabOptions options) {
    var template = directory.resolve(options.ovn() ? "template-ovn" : "template");
    if (!Files.isRegularFile(template.resolve("seed.json"))) {
      throw new IllegalStateException(
          "%s=%s lacks %s; run the tests by ./fairway test, which provides it"
              .formatted(VARIABLE, directory, template.getFileName()));
    }
    return template;
  }

  /// The directory with the command line client, `openstack`.
  Path programs() {
    return directory.resolve("bin");
  }
}
