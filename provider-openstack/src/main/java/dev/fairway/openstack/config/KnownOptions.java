// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import dev.fairway.cloud.annotation.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The sections of cloud.conf and their options: those of cloud-provider-openstack, and ours.
/// Whatever concerns nodes, routes and volumes is known, and not for us.
final class KnownOptions {
  static final String GLOBAL = "Global";
  static final String LOAD_BALANCER = "LoadBalancer";
  static final String CLASS = "LoadBalancerClass";

  private static final Set<String> OF_CLASSES =
      Set.of(
          "floating-network-id",
          "floating-subnet-id",
          "floating-subnet",
          "floating-subnet-tags",
          "network-id",
          "subnet-id",
          "member-subnet-id",
          "lb-provider",
          "lb-method",
          "flavor-id",
          "availability-zone",
          "internal-lb",
          "create-monitor",
          "monitor-delay",
          "monitor-timeout",
          "monitor-max-retries",
          "monitor-max-retries-down",
          "timeout-client-data",
          "timeout-member-connect",
          "timeout-member-data",
          "timeout-tcp-inspect");

  private static final Set<String> OF_ALL_SERVICES =
      Set.of(
          "enabled",
          "lb-version",
          "lb-provider",
          "lb-method",
          "subnet-id",
          "member-subnet-id",
          "network-id",
          "floating-network-id",
          "floating-subnet-id",
          "floating-subnet",
          "floating-subnet-tags",
          "create-monitor",
          "monitor-delay",
          "monitor-timeout",
          "monitor-max-retries",
          "monitor-max-retries-down",
          "manage-security-groups",
          "internal-lb",
          "node-selector",
          "cascade-delete",
          "flavor-id",
          "availability-zone",
          "enable-ingress-hostname",
          "ingress-hostname-suffix",
          "default-tls-container-ref",
          "container-store",
          "max-shared-lb",
          "provider-requires-serial-api-calls",
          "allow-unenforced-source-ranges",
          "stuck-after",
          "recreate-error-lb");

  /// How to authenticate.
  static final Set<String> OF_GLOBAL =
      Set.of(
          "auth-url",
          "os-endpoint-type",
          "ca-file",
          "cert-file",
          "key-file",
          "username",
          "user-id",
          "password",
          "region",
          "domain-id",
          "domain-name",
          "tenant-id",
          "tenant-name",
          "tenant-domain-id",
          "tenant-domain-name",
          "user-domain-id",
          "user-domain-name",
          "trust-id",
          "trustee-id",
          "trustee-password",
          "application-credential-id",
          "application-credential-name",
          "application-credential-secret",
          "token",
          "tls-insecure",
          "use-clouds",
          "clouds-file",
          "cloud");

  private static final Map<String, Set<String>> SECTIONS =
      Map.of(
          GLOBAL,
          OF_GLOBAL,
          LOAD_BALANCER,
          OF_ALL_SERVICES,
          CLASS,
          OF_CLASSES,
          "Networking",
          Set.of(
              "ipv6-support-disabled",
              "public-network-name",
              "internal-network-name",
              "address-sort-order"),
          "Metadata",
          Set.of("search-order", "request-timeout"),
          "Route",
          Set.of("router-id"),
          "BlockStorage",
          Set.of(
              "bs-version",
              "trust-device-path",
              "ignore-volume-az",
              "ignore-volume-microversion",
              "node-volume-attach-limit",
              "rescan-on-resize"));

  private KnownOptions() {}

  /// Warns of whatever nobody reads, with the name that was probably meant.
  static void check(Gcfg file, Findings findings) {
    for (var section : file.sections()) {
      var known =
          SECTIONS.entrySet().stream()
              .filter(entry -> entry.getKey().equalsIgnoreCase(section.name()))
              .findFirst();
      if (known.isEmpty()) {
        findings.warn(
            section.line(),
            "the section [%s] is not known and has no effect%s"
                .formatted(section.name(), suggestion(section.name(), SECTIONS.keySet())));
      } else {
        checkKeys(known.get().getKey(), known.get().getValue(), section.entries(), findings);
      }
    }
  }

  private static void checkKeys(
      String section, Set<String> known, List<Gcfg.Entry> entries, Findings findings) {
    for (var entry : entries) {
      if (!known.contains(entry.key())) {
        findings.warn(
            entry.line(),
            "[%s] %s is not known and has no effect%s"
                .formatted(section, entry.key(), suggestion(entry.key(), known)));
      }
    }
  }

  private static String suggestion(String word, Set<String> known) {
    return Nearest.to(word, known).map("; did you mean %s?"::formatted).orElse("");
  }
}
