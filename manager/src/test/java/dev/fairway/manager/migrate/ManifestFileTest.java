// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.manager.config.InvalidConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFileTest {
  @Test
  void documentsAndListsAreTakenApart() {
    var objects =
        ManifestFile.parse(
            """
            apiVersion: v1
            kind: List
            items:
            - {kind: Service, metadata: {name: a}}
            - apiVersion: v1
              kind: List
              items: [{kind: Service, metadata: {name: b}}]
            ---
            # nothing
            ---
            kind: Service
            metadata: {name: c}
            """);

    assertThat(objects.stream().map(object -> object.get("metadata")))
        .containsExactly(Map.of("name", "a"), Map.of("name", "b"), Map.of("name", "c"));
  }

  @Test
  void itemsOfATypedListGetItsTypeAsTheApiServerLeavesItOut() {
    var objects =
        ManifestFile.parse("{apiVersion: apps/v1, kind: DaemonSetList, items: [{spec: {a: 1}}]}");

    assertThat(objects)
        .containsExactly(
            Map.of("apiVersion", "apps/v1", "kind", "DaemonSet", "spec", Map.of("a", 1)));
  }

  @Test
  void aTimeIsATextAndWhatIsNullIsNotThere() {
    var objects =
        ManifestFile.parse(
            "{kind: X, a: 2026-01-02T03:04:05Z, b: null, c: [1, null], d: 2026-01-02}");

    assertThat(objects)
        .containsExactly(
            Map.of("kind", "X", "a", "2026-01-02T03:04:05Z", "c", List.of(1), "d", "2026-01-02"));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    var same = Map.of("matchLabels", Map.of("on", "true", "zone", "1"));
    List<Map<String, Object>> objects =
        List.of(Map.of("kind", "A", "first", same, "second", same), Map.of("kind", "B"));

    var text = ManifestFile.write(objects);

    assertThat(ManifestFile.parse(text)).isEqualTo(objects);
    assertThat(text).startsWith("---\n").doesNotContain("&", "*");
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path directory) throws Exception {
    var file = Files.writeString(directory.resolve("x.yaml"), "a: [");

    assertThatThrownBy(() -> ManifestFile.read(directory.resolve("none.yaml")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("none.yaml");
    assertThatThrownBy(() -> ManifestFile.read(file))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("x.yaml is not YAML");
  }
}
