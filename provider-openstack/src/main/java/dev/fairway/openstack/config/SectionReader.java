// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The sections of cloud.conf as records.
final class SectionReader {
  // HAProxy's limit: 24 days (Octavia API reference, "timeout_client_data").
  private static final int MAX_TIMEOUT_MILLIS = 2_073_600_000;
  private static final int MAX_RETRIES = 10; // Octavia API reference, "max_retries"
  private static final Set<String> KNOWN_PROVIDERS =
      Set.of("amphora", "octavia", "amphorav2", "ovn", "f5");

  private final Gcfg file;
  private final Findings findings;

  SectionReader(Gcfg file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  Options options() {
    var values = section(KnownOptions.LOAD_BALANCER);
    var standard = Options.standard();
    values.mustMatch("lb-version", "v2", "v2: Octavia, the only one there is");
    var options =
        new Options(
            values.flag("enabled").orElse(standard.enabled()),
            provider(values).orElse(standard.lbProvider()),
            values.oneOf("lb-method", LbMethod.class, true),
            values.id("subnet-id"),
            values.id("member-subnet-id"),
            values.id("network-id"),
            floating(values),
            monitor(values),
            values.flag("manage-security-groups").orElse(standard.manageSecurityGroups()),
            values.flag("internal-lb").orElse(standard.internalLb()),
            values.text("node-selector").orElse(standard.nodeSelector()),
            values.flag("cascade-delete").orElse(standard.cascadeDelete()),
            values.id("flavor-id"),
            values.text("availability-zone"),
            values.flag("enable-ingress-hostname").orElse(standard.enableIngressHostname()),
            values.text("ingress-hostname-suffix").orElse(standard.ingressHostnameSuffix()),
            values.text("default-tls-container-ref"),
            values
                .oneOf("container-store", ContainerStore.class, false)
                .orElse(standard.containerStore()),
            values.whole("max-shared-lb", 1, Integer.MAX_VALUE).orElse(standard.maxSharedLb()),
            values.flag("provider-requires-serial-api-calls").orElse(standard.serialCalls()),
            values
                .flag("allow-unenforced-source-ranges")
                .orElse(standard.allowUnenforcedSourceRanges()),
            values.seconds("stuck-after").orElse(standard.stuckAfter()),
            values.flag("recreate-error-lb").orElse(standard.recreateErrorLb()));
    if (!options.cascadeDelete()) {
      values.warn("cascade-delete", "= false has no effect: deletion is always one call");
    }
    return options;
  }

  Map<String, LoadBalancerClass> classes() {
    var entries = new LinkedHashMap<String, List<Gcfg.Entry>>();
    for (var section : file.sections()) {
      if (section.name().equalsIgnoreCase(KnownOptions.CLASS)) {
        var name = section.label().filter(label -> !label.isBlank());
        if (name.isEmpty()) {
          findings.wrong(
              section.line(), "a class needs a name; write [LoadBalancerClass \"name\"]");
        } else {
          entries.computeIfAbsent(name.get(), _ -> new ArrayList<>()).addAll(section.entries());
        }
      }
    }
    var classes = new HashMap<String, LoadBalancerClass>();
    entries.forEach((name, values) -> classes.put(name, loadBalancerClass(name, values)));
    return classes;
  }

  Global authentication(String fileName) {
    var values = section(KnownOptions.GLOBAL);
    var _ = values.flag("tls-insecure");
    var _ = values.flag("use-clouds");
    values.mustMatch("auth-url", AuthUrl.PATTERN, AuthUrl.FORM);
    values.mustMatch(
        "os-endpoint-type", "(public|internal|admin)(URL)?", "public, internal or admin");
    var texts = new HashMap<String, String>();
    for (var section : file.sections()) {
      if (section.name().equalsIgnoreCase(KnownOptions.GLOBAL)) {
        section.entries().forEach(entry -> texts.put(entry.key(), entry.value().orElse("true")));
      }
    }
    return new Global(fileName, texts);
  }

  private LoadBalancerClass loadBalancerClass(String name, List<Gcfg.Entry> entries) {
    var values =
        new SectionValues("[%s \"%s\"]".formatted(KnownOptions.CLASS, name), entries, findings);
    return new LoadBalancerClass(
        name,
        floating(values),
        values.id("network-id"),
        values.id("subnet-id"),
        values.id("member-subnet-id"),
        provider(values),
        values.id("flavor-id"),
        values.text("availability-zone"),
        values.oneOf("lb-method", LbMethod.class, true),
        values.flag("internal-lb"),
        values.flag("create-monitor"),
        values.seconds("monitor-delay"),
        values.seconds("monitor-timeout"),
        values.whole("monitor-max-retries", 1, MAX_RETRIES),
        values.whole("monitor-max-retries-down", 1, MAX_RETRIES),
        new LoadBalancerClass.Timeouts(
            millis(values, "timeout-client-data"),
            millis(values, "timeout-member-connect"),
            millis(values, "timeout-member-data"),
            millis(values, "timeout-tcp-inspect")));
  }

  private static Optional<Duration> millis(SectionValues values, String key) {
    return values.whole(key, 0, MAX_TIMEOUT_MILLIS).map(Duration::ofMillis);
  }

  private static FloatingPool floating(SectionValues values) {
    return new FloatingPool(
        values.id("floating-network-id"),
        values.id("floating-subnet-id"),
        values.text("floating-subnet"),
        values.text("floating-subnet-tags"));
  }

  private static MonitorOptions monitor(SectionValues values) {
    var standard = MonitorOptions.standard();
    return new MonitorOptions(
        values.flag("create-monitor").orElse(standard.create()),
        values.seconds("monitor-delay").orElse(standard.delay()),
        values.seconds("monitor-timeout").orElse(standard.timeout()),
        values.whole("monitor-max-retries", 1, MAX_RETRIES).orElse(standard.maxRetries()),
        values.whole("monitor-max-retries-down", 1, MAX_RETRIES).orElse(standard.maxRetriesDown()));
  }

  private static Optional<String> provider(SectionValues values) {
    var provider = values.text("lb-provider");
    if (provider.isPresent() && !KNOWN_PROVIDERS.contains(provider.get())) {
      values.warn(
          "lb-provider",
          "= '%s' is used as it is; known are %s"
              .formatted(
                  provider.get(), String.join(", ", KNOWN_PROVIDERS.stream().sorted().toList())));
    }
    return provider;
  }

  private SectionValues section(String name) {
    return new SectionValues(
        "[" + name + "]",
        file.sections().stream()
            .filter(section -> section.name().equalsIgnoreCase(name))
            .flatMap(section -> section.entries().stream())
            .toList(),
        findings);
  }
}
