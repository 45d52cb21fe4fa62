// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Wish.CLUSTER;
import static dev.fairway.aws.spec.Wish.frontend;
import static dev.fairway.aws.spec.Wish.nodePort;
import static dev.fairway.aws.spec.Wish.pod;
import static dev.fairway.aws.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.aws.cloud.connect.AwsSettings;
import dev.fairway.aws.cloud.limit.ThrottleClass;
import dev.fairway.cloud.model.Backend;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.Target;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/aws.md` tells what the code does: no annotation or setting is missing, and its examples
/// can be copied.
class AwsPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern YAML = Pattern.compile("(?ms)^ *```yaml\\n(.*?)^ *```$");
  private static final Pattern METRIC =
      Pattern.compile("meters\\.(counter|gauge)\\(\\s*prefix \\+ \"(_\\w+)\"");

  @Test
  void everyAnnotationIsOnThePage() {
    var missing = new TreeSet<String>();
    AwsAnnotations.CATALOGUE.specs().forEach(spec -> missing.addAll(spec.keys()));
    missing.removeIf(AwsPageTest::isNamed);
    AwsAnnotations.CATALOGUE.families().stream()
        .map(family -> family.stem().key() + ".")
        .filter(start -> !page().contains(start))
        .forEach(missing::add);

    assertThat(missing).isEmpty();
  }

  // Not as the beginning of a longer one.
  private static boolean isNamed(String key) {
    return Pattern.compile(Pattern.quote(key) + "(?![-.\\w])").matcher(page()).find();
  }

  static List<String> examples() {
    return YAML.matcher(page()).results().map(match -> match.group(1).stripIndent()).toList();
  }

  @Test
  void thereAreExamples() {
    assertThat(examples()).hasSizeGreaterThan(12);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleIsReadWithoutANote(String yaml) {
    var annotations = annotations(yaml);
    var wish = wish();
    for (var port : ports(yaml)) {
      wish = wish.with(asFrontend(port, annotations));
    }
    for (var annotation : annotations.entrySet()) {
      wish = wish.with(annotation.getKey(), annotation.getValue());
    }

    assertThat(annotations).isNotEmpty();
    assertThat(wish.nodes(edge()).notes()).isEmpty();
    assertThat(AwsAnnotations.CATALOGUE.unknownKeys(annotations)).isEmpty();
  }

  private static Frontend asFrontend(ServicePort port, Map<String, String> annotations) {
    return frontend(
        "web",
        port.getName(),
        Protocol.valueOf(port.getProtocol()),
        port.getPort(),
        backend(port, annotations),
        CLUSTER);
  }

  private static Backend backend(ServicePort port, Map<String, String> annotations) {
    return TargetTypes.arePods(annotations, Wish.DEFAULTS)
        ? Wish.pods(pod("10.0.0.1", 8080))
        : nodePort(port.getNodePort());
  }

  private static Target edge() {
    return new Target(
        "a", List.of(), Optional.of("aws:///eu-central-1a/i-0a"), true, Map.of("pool", "edge"));
  }

  // Values that are not text are refused by the API server.
  @SuppressWarnings("unchecked")
  private static Map<String, String> annotations(String yaml) {
    var all =
        (Map<String, Map<String, Map<String, Object>>>) Serialization.unmarshal(yaml, Map.class);
    var annotations = all.getOrDefault("metadata", Map.of()).getOrDefault("annotations", Map.of());
    assertThat(annotations.values())
        .allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
    return annotations.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> (String) entry.getValue()));
  }

  private static List<ServicePort> ports(String yaml) {
    var spec = Serialization.unmarshal(yaml, Service.class).getSpec();
    return spec == null ? List.of(port("http", 80), port("https", 443)) : spec.getPorts();
  }

  private static ServicePort port(String name, int number) {
    return new ServicePortBuilder()
        .withName(name)
        .withPort(number)
        .withProtocol("TCP")
        .withNodePort(30000 + number)
        .build();
  }

  @Test
  void everySettingHasItsRow() {
    assertThat(AwsSettings.keys())
        .allSatisfy(key -> assertThat(page()).contains("\n| `" + key + "` |"));
  }

  @Test
  void everyMetricHasItsRowAndEveryClassIsNamed() throws IOException {
    var source = Files.readString(Path.of("src/main/java/dev/fairway/aws/cloud/limit/Tally.java"));
    var suffixes =
        METRIC
            .matcher(source)
            .results()
            .map(m -> m.group(2) + (m.group(1).equals("counter") ? "_total" : ""))
            .toList();

    assertThat(suffixes).hasSize(6);
    assertThat(suffixes)
        .allSatisfy(end -> assertThat(page()).contains("\n| `fairway_aws_CLASS" + end + "` |"));
    assertThat(ThrottleClass.values())
        .allSatisfy(
            one -> assertThat(page()).contains("`" + one.name().toLowerCase(Locale.ROOT) + "`"));
  }

  @Test
  void theCommandFillsInThePolicy() throws Exception {
    var command =
        page()
            .lines()
            .filter(line -> line.startsWith("    sed "))
            .findFirst()
            .orElseThrow()
            .strip();
    var shell =
        new ProcessBuilder("sh", "-c", command.replaceAll(" > \\S+$", ""))
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    var policy = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).isZero();
    assertThat(policy)
        .doesNotContain("CLUSTER_ID", "CLUSTER_NAME")
        .contains("aws:ResourceTag/kubernetes.io/cluster/prod-eu-1")
        .hasLineCount(
            Math.toIntExact(Files.lines(ROOT.resolve("deploy/aws/iam-policy.json")).count()));
  }

  private static String page() {
    try {
      return Files.readString(ROOT.resolve("docs/aws.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
