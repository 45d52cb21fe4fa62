// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The page for operators, the alerts and the dashboard speak of metrics that exist, and of all of
/// them.
class OperationsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
  private static final Pattern USED =
      Pattern.compile("\\b((?:fairway|service_controller|workqueue|jvm|process)_\\w+)");

  @Test
  void thePageListsEveryMetricAndNoOther() throws IOException {
    var rows = new TreeSet<String>();
    DOCUMENTED.matcher(page()).results().forEach(m -> rows.add(m.group(1)));
    var expected = MetricNames.ofTheCode();
    expected.removeIf(name -> name.startsWith("process_"));

    assertThat(rows).isEqualTo(expected);
    assertThat(expected)
        .contains(
            "fairway_leader",
            "fairway_services",
            "fairway_phase_seconds",
            "fairway_events_lost_total",
            "fairway_drift_repaired_total",
            "fairway_arp_replies_total",
            "service_controller_nodesync_latency_seconds",
            "workqueue_depth");
  }

  @Test
  void everyMetricOfTheProcessThatThePageNamesExists() throws IOException {
    var named = used(page());
    named.removeIf(name -> !name.startsWith("jvm_") && !name.startsWith("process_"));

    assertThat(named).isNotEmpty();
    assertThat(existing()).containsAll(named);
  }

  @Test
  void everyAlertUsesMetricsThatExist() throws IOException {
    for (var alert : alerts()) {
      var expression = alert.path("expr").asText();
      assertThat(used(expression)).as(expression).isNotEmpty();
      assertThat(existing()).as(expression).containsAll(used(expression));
      assertThat(balanced(expression)).as(expression).isTrue();
    }
  }

  @Test
  void everyAlertSaysWhatHappenedAndThePageWhatToDo() throws IOException {
    var page = page();
    for (var alert : alerts()) {
      assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
      assertThat(alert.at("/annotations/description").asText()).isNotEmpty();
      assertThat(page).contains("\n### " + alert.path("alert").asText() + "\n");
    }
    var headings =
        Pattern.compile("(?m)^### (Fairway\\w+)$")
            .matcher(page)
            .results()
            .map(m -> m.group(1))
            .toList();
    assertThat(alerts().stream().map(alert -> alert.path("alert").asText()).toList())
        .containsExactlyInAnyOrderElementsOf(headings);
  }

  @Test
  void everyQueryOfTheDashboardUsesMetricsThatExist() throws IOException {
    var queries = new ArrayList<String>();
    for (var panel : panels()) {
      panel.path("targets").forEach(target -> queries.add(target.get("expr").asText()));
    }

    assertThat(queries).hasSizeGreaterThan(20);
    for (var query : queries) {
      assertThat(used(query)).as(query).isNotEmpty();
      assertThat(existing()).as(query).containsAll(used(query));
      assertThat(balanced(query)).as(query).isTrue();
    }
  }

  @Test
  void thePanelsOfTheDashboardDoNotOverlap() throws IOException {
    var cells = new TreeSet<String>();
    var ids = new TreeSet<Integer>();
    for (var panel : panels()) {
      assertThat(ids.add(panel.get("id").asInt())).isTrue();
      var at = panel.get("gridPos");
      for (var x = 0; x < at.get("w").asInt(); x++) {
        for (var y = 0; y < at.get("h").asInt(); y++) {
          var cell = (at.get("x").asInt() + x) + "," + (at.get("y").asInt() + y);
          assertThat(cells.add(cell)).as("%s at %s", panel.get("title"), cell).isTrue();
        }
      }
    }
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/operations.md"));
  }

  private static List<JsonNode> alerts() throws IOException {
    var yaml = Files.readString(ROOT.resolve("deploy/alerts/fairway.yaml"));
    JsonNode rule =
        new ObjectMapper()
            .valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    var alerts = new ArrayList<JsonNode>();
    rule.at("/spec/groups").forEach(group -> group.path("rules").forEach(alerts::add));
    assertThat(alerts).isNotEmpty();
    return alerts;
  }

  private static List<JsonNode> panels() throws IOException {
    var dashboard =
        new ObjectMapper().readTree(Files.readString(ROOT.resolve("deploy/grafana/fairway.json")));
    var panels = new ArrayList<JsonNode>();
    dashboard.get("panels").forEach(panels::add);
    return panels;
  }

  private static Set<String> existing() throws IOException {
    var names = new TreeSet<>(MetricNames.ofTheCode());
    names.addAll(MetricNames.ofTheProcess());
    // Nothing may have been collected yet in this process.
    names.add("jvm_gc_pause_seconds");
    return names;
  }

  private static Set<String> used(String text) {
    var names = new TreeSet<String>();
    USED.matcher(text)
        .results()
        .forEach(m -> names.add(m.group(1).replaceAll("_seconds_(bucket|sum|count)$", "_seconds")));
    return names;
  }

  private static boolean balanced(String expression) {
    var open = new StringBuilder();
    for (var c : expression.replaceAll("\"[^\"]*\"", "").toCharArray()) {
      if ("([{".indexOf(c) >= 0) {
        open.append(")]}".charAt("([{".indexOf(c)));
      } else if (")]}".indexOf(c) >= 0) {
        if (open.isEmpty() || open.charAt(open.length() - 1) != c) {
          return false;
        }
        open.setLength(open.length() - 1);
      }
    }
    return open.isEmpty();
  }
}
