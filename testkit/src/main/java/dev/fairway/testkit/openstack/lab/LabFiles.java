// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What programs need to know of a lab. The secrets in it are the lab's own, made for nothing else.
///
/// @param directory where the files are
/// @param programs the directory with the command line client
/// @param cluster the lab's own, if it has one
record LabFiles(LabSeed seed, Path directory, Path programs, Optional<Cluster> cluster) {
  /// @param programs the directory with kubectl
  record Cluster(Path kubeconfig, Path programs) {}

  void write() throws IOException {
    Files.writeString(directory.resolve("environment"), environment());
    Files.writeString(directory.resolve("clouds.yaml"), clouds());
    Files.writeString(directory.resolve("cloud.conf"), cloudConf());
    Files.writeString(directory.resolve("fairway.yaml"), configuration());
  }

  /// Shell commands.
  String environment() {
    var exports =
        """
        export OS_CLIENT_CONFIG_FILE='%s'
        export OS_CLOUD=demo
        export PATH="$PATH:%s"
        """
            .formatted(directory.resolve("clouds.yaml"), programs);
    return exports
        + cluster
            .map(own ->
                "export KUBECONFIG='%s'\nexport PATH=\"$PATH:%s\"\n"
                    .formatted(own.kubeconfig(), own.programs()))
            .orElse("");
  }

  /// For the `openstack` command line client and everything else that reads clouds.yaml.
  String clouds() {
    return "clouds:\n" + cloud("demo", seed.demo()) + cloud("other", seed.other()) + admin();
  }

  private String cloud(String name, LabSeed.Project project) {
    return """
      %s:
        auth_type: v3applicationcredential
        region_name: %s
        auth:
          auth_url: %s
          application_credential_id: %s
          application_credential_secret: %s
    """
        .formatted(
            name,
            seed.region(),
            seed.authUrl(),
            project.applicationCredentialId(),
            project.applicationCredentialSecret());
  }

  private String admin() {
    return """
      admin:
        region_name: %s
        auth:
          auth_url: %s
          username: %s
          password: %s
          project_name: %s
          user_domain_id: default
          project_domain_id: default
    """
        .formatted(
            seed.region(),
            seed.authUrl(),
            seed.admin().user(),
            seed.admin().password(),
            seed.admin().project());
  }

  /// For the controller.
  String cloudConf() {
    return seed.ovn()
        ? seed.asSeed().cloudConf("lb-provider = ovn", "manage-security-groups = true")
        : seed.asSeed().cloudConf();
  }

  /// The configuration file of the controller.
  String configuration() {
    return """
    provider: openstack
    cluster: lab
    leaderElection:
      enabled: false
    settings:
      cloudConfig: %s
    """
        .formatted(directory.resolve("cloud.conf"));
  }
}
