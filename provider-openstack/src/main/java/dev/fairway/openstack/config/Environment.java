// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The `OS_*` variables that the openstack client reads.
final class Environment {
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("OS_AUTH_URL", "auth-url"),
          Map.entry("OS_AUTH_TYPE", CredentialsReader.AUTH_TYPE),
          Map.entry("OS_USERNAME", "username"),
          Map.entry("OS_USER_ID", "user-id"),
          Map.entry("OS_PASSWORD", "password"),
          Map.entry("OS_PROJECT_ID", "tenant-id"),
          Map.entry("OS_TENANT_ID", "tenant-id"),
          Map.entry("OS_PROJECT_NAME", "tenant-name"),
          Map.entry("OS_TENANT_NAME", "tenant-name"),
          Map.entry("OS_PROJECT_DOMAIN_ID", "tenant-domain-id"),
          Map.entry("OS_PROJECT_DOMAIN_NAME", "tenant-domain-name"),
          Map.entry("OS_USER_DOMAIN_ID", "user-domain-id"),
          Map.entry("OS_USER_DOMAIN_NAME", "user-domain-name"),
          Map.entry("OS_DOMAIN_ID", "domain-id"),
          Map.entry("OS_DOMAIN_NAME", "domain-name"),
          Map.entry("OS_TRUST_ID", "trust-id"),
          Map.entry("OS_TOKEN", "token"),
          Map.entry("OS_APPLICATION_CREDENTIAL_ID", "application-credential-id"),
          Map.entry("OS_APPLICATION_CREDENTIAL_NAME", "application-credential-name"),
          Map.entry("OS_APPLICATION_CREDENTIAL_SECRET", "application-credential-secret"),
          Map.entry("OS_REGION_NAME", "region"),
          Map.entry("OS_INTERFACE", "os-endpoint-type"),
          Map.entry("OS_ENDPOINT_TYPE", "os-endpoint-type"),
          Map.entry("OS_CACERT", "ca-file"),
          Map.entry("OS_CERT", "cert-file"),
          Map.entry("OS_KEY", "key-file"),
          Map.entry("OS_INSECURE", "tls-insecure"));

  private Environment() {}

  static Global read(Map<String, String> environment) {
    var values = new HashMap<String, String>();
    environment.forEach((name, value) -> {
      var key = KEYS.get(name);
      if (key != null && !value.isBlank()) {
        // Of the old and the new word for a project, the new one holds.
        if (!name.contains("TENANT") && !name.equals("OS_ENDPOINT_TYPE")) {
          values.put(key, value);
        } else {
          values.putIfAbsent(key, value);
        }
      }
    });
    values.computeIfPresent("tls-insecure", (_, value) -> value.toLowerCase(Locale.ROOT));
    return new Global("the environment", values);
  }
}
