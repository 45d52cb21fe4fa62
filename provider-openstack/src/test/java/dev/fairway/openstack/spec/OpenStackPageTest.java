// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Wish.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.openstack.config.CloudConf;
import dev.fairway.openstack.config.LoadBalancerClass;
import dev.fairway.openstack.config.OpenStackSettings;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Network;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/// `docs/openstack.md` tells what the code does: no annotation or setting is missing, and its
/// examples can be copied.
class OpenStackPageTest {
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(metadata:\\n.*?)^```$");
  private static final Pattern INI = Pattern.compile("(?ms)^```ini\\n(.*?)^```$");
  private static final String NETWORK = "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e06";
  private static final Surroundings PLACE =
      Surroundings.empty(
          Cloud.NEW,
          List.of(new Network(NETWORK, "public")),
          List.of(
              new Subnet(
                  "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e07",
                  "public-1",
                  NETWORK,
                  4,
                  "192.0.2.0/24",
                  List.of("edge", "ipv4")),
              Cloud.NODES));

  @Test
  void everyAnnotationIsOnThePage() {
    var missing = new TreeSet<String>();
    OpenStackAnnotations.CATALOGUE.specs().forEach(spec -> missing.addAll(spec.keys()));
    // Not as the beginning of a longer one.
    missing.removeIf(
        key -> Pattern.compile(Pattern.quote(key) + "(?![-.\\w])").matcher(page()).find());

    assertThat(missing).isEmpty();
  }

  static List<String> examples() {
    return YAML.matcher(page()).results().map(match -> match.group(1)).toList();
  }

  @Test
  void thereAreExamples() {
    assertThat(examples()).hasSizeGreaterThan(14);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleIsReadWithoutANote(String yaml) {
    var wish =
        Wish.wish().tcp(80).around(PLACE).nodes(labelled("a", "10.0.0.11", Map.of("pool", "edge")));
    wish =
        new Wish(
            wish.frontends(),
            wish.addresses(),
            wish.backends(),
            annotations(yaml),
            wish.options(),
            Map.of("public", LoadBalancerClass.named("public")),
            wish.around());

    assertThat(wish.annotations()).isNotEmpty();
    assertThat(wish.read().notes()).isEmpty();
    assertThat(OpenStackAnnotations.CATALOGUE.unknownKeys(wish.annotations())).isEmpty();
  }

  // Values that are not text are refused by the API server.
  private static Map<String, String> annotations(String yaml) {
    Map<String, Map<String, Map<String, Object>>> all = new Yaml().load(yaml);
    var annotations = all.getOrDefault("metadata", Map.of()).getOrDefault("annotations", Map.of());
    assertThat(annotations.values())
        .allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
    return annotations.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
  }

  @Test
  void cloudConfCanBeCopied() {
    var files = INI.matcher(page()).results().map(match -> match.group(1)).toList();

    assertThat(files).isNotEmpty();
    assertThat(files)
        .allSatisfy(text -> assertThat(CloudConf.parse(text, "cloud.conf").warnings()).isEmpty());
  }

  @Test
  void everySettingHasItsRow() {
    assertThat(OpenStackSettings.keys())
        .allSatisfy(key -> assertThat(page()).contains("\n| `" + key + "` |"));
  }

  private static String page() {
    try {
      return Files.readString(Path.of("../docs/openstack.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
