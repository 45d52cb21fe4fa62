// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// clouds.yaml with secure.yaml laid over it (openstacksdk, "Configuring OpenStack SDK
/// Applications").
final class CloudsYaml {
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("project_id", "tenant-id"),
          Map.entry("project_name", "tenant-name"),
          Map.entry("project_domain_id", "tenant-domain-id"),
          Map.entry("project_domain_name", "tenant-domain-name"),
          Map.entry("region_name", "region"),
          Map.entry("interface", "os-endpoint-type"),
          Map.entry("endpoint_type", "os-endpoint-type"),
          Map.entry("cacert", "ca-file"),
          Map.entry("cert", "cert-file"),
          Map.entry("key", "key-file"),
          Map.entry("insecure", "tls-insecure"),
          Map.entry("auth_type", CredentialsReader.AUTH_TYPE));

  private CloudsYaml() {}

  /// @param file given by name; empty to look for it
  /// @param cloud the entry that is wanted; empty where the file has one only
  /// @param environment for `OS_CLIENT_CONFIG_FILE`, `OS_CLIENT_SECURE_FILE` and `HOME`
  /// @throws IllegalArgumentException when there is no such file or entry; the message says where
  ///   it was looked for
  static Global read(
      Optional<Path> file, Optional<String> cloud, Map<String, String> environment, Path workDir) {
    var places =
        file.map(List::of)
            .orElseGet(() -> places("clouds.yaml", "OS_CLIENT_CONFIG_FILE", environment, workDir));
    var found =
        places.stream()
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "there is no clouds.yaml: looked for %s; name it by settings.cloudsFile"
                        .formatted(places)));
    var clouds = clouds(found);
    var name = cloud.orElseGet(() -> onlyOne(found, clouds));
    var entry = clouds.get(name);
    if (!(entry instanceof Map<?, ?> values)) {
      throw new IllegalArgumentException(
          "%s has no cloud '%s'; it has %s".formatted(found, name, clouds.keySet()));
    }
    var secure = secure(found, file.isPresent(), environment, workDir);
    return global("%s, cloud '%s'".formatted(found, name), laidOver(values, secure.get(name)));
  }

  private static List<Path> places(
      String name, String variable, Map<String, String> environment, Path workDir) {
    var places = new ArrayList<Path>();
    Optional.ofNullable(environment.get(variable)).map(Path::of).ifPresent(places::add);
    places.add(workDir.resolve(name));
    Optional.ofNullable(environment.get("HOME"))
        .map(home -> Path.of(home, ".config", "openstack", name))
        .ifPresent(places::add);
    places.add(Path.of("/etc/openstack", name));
    return places;
  }

  private static Map<?, ?> secure(
      Path found, boolean given, Map<String, String> environment, Path workDir) {
    var places = new ArrayList<Path>();
    if (given) {
      places.add(found.resolveSibling("secure.yaml"));
    }
    places.addAll(places("secure.yaml", "OS_CLIENT_SECURE_FILE", environment, workDir));
    return places.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .<Map<?, ?>>map(CloudsYaml::clouds)
        .orElse(Map.of());
  }

  private static String onlyOne(Path file, Map<?, ?> clouds) {
    if (clouds.size() != 1) {
      throw new IllegalArgumentException(
          "%s has the clouds %s; name one by settings.cloud, OS_CLOUD or cloud= in [Global]"
              .formatted(file, clouds.keySet()));
    }
    return String.valueOf(clouds.keySet().iterator().next());
  }

  private static Map<?, ?> clouds(Path file) {
    try {
      var root = reader().load(Files.readString(file));
      return root instanceof Map<?, ?> map && map.get("clouds") instanceof Map<?, ?> clouds
          ? clouds
          : Map.of();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(file, e.getClass().getSimpleName()), e);
    } catch (MarkedYAMLException e) {
      // Without the message and the cause: both quote the file, which holds passwords.
      var line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw notYaml("%s:%d".formatted(file, line));
    } catch (YAMLException _) {
      throw notYaml(file.toString());
    }
  }

  private static IllegalArgumentException notYaml(String where) {
    return new IllegalArgumentException("%s: this is not YAML".formatted(where));
  }

  /// All scalars stay texts: a password of digits is no number.
  private static Yaml reader() {
    var loading = new LoaderOptions();
    loading.setAllowDuplicateKeys(false);
    var dumping = new DumperOptions();
    return new Yaml(
        new SafeConstructor(loading),
        new Representer(dumping),
        dumping,
        loading,
        new Resolver() {
          @Override
          protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
          }
        });
  }

  private static Map<String, Object> laidOver(Map<?, ?> below, @Nullable Object above) {
    var merged = new LinkedHashMap<String, Object>();
    below.forEach((key, value) -> put(merged, key, value));
    if (above instanceof Map<?, ?> values) {
      values.forEach((key, value) -> {
        var name = String.valueOf(key);
        put(
            merged,
            key,
            merged.get(name) instanceof Map<?, ?> old && value instanceof Map<?, ?>
                ? laidOver(old, value)
                : value);
      });
    }
    return merged;
  }

  private static void put(Map<String, Object> map, Object key, @Nullable Object value) {
    if (value != null) {
      map.put(String.valueOf(key), value);
    }
  }

  private static Global global(String source, Map<String, Object> cloud) {
    if (cloud.containsKey("profile")) {
      throw new IllegalArgumentException(
          "%s: profile is not supported; write auth_url and region_name of that cloud instead"
              .formatted(source));
    }
    var values = new HashMap<String, String>();
    translate(cloud, values);
    if (cloud.get("auth") instanceof Map<?, ?> auth) {
      translate(auth, values);
    }
    if (cloud.get("verify") instanceof String verify
        && List.of("false", "no", "off", "0").contains(verify.toLowerCase(Locale.ROOT))) {
      values.put("tls-insecure", "true");
    }
    return new Global(source, values);
  }

  private static void translate(Map<?, ?> from, Map<String, String> to) {
    from.forEach((key, value) -> {
      if (value instanceof String text) {
        var name = String.valueOf(key);
        to.put(KEYS.getOrDefault(name, name.replace('_', '-')), text);
      }
    });
  }
}
