// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import dev.fairway.cloud.migration.Move;
import dev.fairway.cloud.migration.Move.Finding;
import dev.fairway.cloud.migration.Move.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a cluster with MetalLB holds, and how to look at what comes of it.
final class Theirs {
  static final String NAMESPACE = "metallb-system";
  static final Map<String, Object> POOL = pool("public", "192.0.2.0/24");
  static final Map<String, Object> EVERYWHERE = of("L2Advertisement", "all", Map.of());

  private Theirs() {}

  @SafeVarargs
  static Move move(Map<String, Object>... objects) {
    return new MetalLbMigration().plan(NAMESPACE, List.of(objects));
  }

  /// With a pool 192.0.2.0/24 that everybody announces.
  @SafeVarargs
  static Move moveServices(Map<String, Object>... services) {
    return new MetalLbMigration()
        .plan(NAMESPACE, Stream.concat(Stream.of(POOL, EVERYWHERE), Stream.of(services)).toList());
  }

  static Map<String, Object> of(String kind, String name, Map<String, Object> spec) {
    return object("metallb.io/v1beta1", kind, NAMESPACE, name, Map.of("spec", spec));
  }

  static Map<String, Object> pool(String name, String... addresses) {
    return of("IPAddressPool", name, Map.of("addresses", List.of(addresses)));
  }

  static Map<String, Object> object(
      String version, String kind, String namespace, String name, Map<String, Object> rest) {
    var object = new HashMap<>(rest);
    object.put("apiVersion", version);
    object.put("kind", kind);
    object.put("metadata", Map.of("namespace", namespace, "name", name));
    return object;
  }

  /// Adds to the metadata.
  static Map<String, Object> with(Map<String, Object> object, String field, Object value) {
    var metadata = new HashMap<>(new Manifest(object).part("metadata").json());
    metadata.put(field, value);
    var changed = new HashMap<>(object);
    changed.put("metadata", metadata);
    return changed;
  }

  static Map<String, Object> annotated(Map<String, Object> object, String key, String value) {
    return with(object, "annotations", Map.of(key, value));
  }

  /// Replaces a field of `spec`.
  static Map<String, Object> spec(Map<String, Object> object, String field, Object value) {
    var spec = new HashMap<>(new Manifest(object).spec().json());
    spec.put(field, value);
    var changed = new HashMap<>(object);
    changed.put("spec", spec);
    return changed;
  }

  /// A Service with these addresses.
  ///
  /// @param name as `NAMESPACE/NAME`, or `NAME` in namespace `shop`
  static Map<String, Object> service(String name, String... addresses) {
    var slash = name.indexOf('/');
    return object(
        "v1",
        "Service",
        slash < 0 ? "shop" : name.substring(0, slash),
        name.substring(slash + 1),
        Map.of(
            "spec",
            Map.of("type", "LoadBalancer"),
            "status",
            Map.of(
                "loadBalancer",
                Map.of("ingress", Stream.of(addresses).map(ip -> Map.of("ip", ip)).toList()))));
  }

  /// Our objects of a kind as `name spec`.
  static List<String> ours(Move move, String kind) {
    return move.objects().stream()
        .map(Manifest::new)
        .filter(object -> object.kind().equals(kind))
        .map(object -> object.name() + " " + object.spec().json())
        .toList();
  }

  /// The text of what was found of a field; fails unless the verdict is this one.
  static String found(Move move, Verdict verdict, String field) {
    return move.findings().stream()
        .filter(finding -> finding.field().equals(field) && finding.verdict() == verdict)
        .map(Finding::text)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError("no %s of '%s' in %s".formatted(verdict, field, move.findings())));
  }
}
