// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.manager.telemetry.HttpAnswer;
import dev.fairway.manager.telemetry.HttpEndpoints;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands against something that answers in place of a controller. How they find a controller
/// is shown on a real API server.
class QuestionTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> asked = new ArrayList<>();
  private HttpAnswer answer = new HttpAnswer(200, "text/plain", "an answer\n", Map.of());
  private final HttpEndpoints http = new HttpEndpoints(0, () -> true, () -> true, () -> "");

  QuestionTest() {
    http.serve(
        "/v1/",
        (_, path, query) -> {
          asked.add(path + "?" + query);
          return answer;
        });
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void theAnswerIsPrintedAsItIs() {
    assertThat(ask("plan")).isZero();
    assertThat(ask("plan", "web")).isZero();
    assertThat(ask("plan", "shop/web", "--json")).isZero();
    assertThat(ask("explain", "web", "-n", "shop")).isZero();
    assertThat(ask("orphans")).isZero();

    assertThat(out).hasToString("an answer\n".repeat(5));
    assertThat(err.toString()).isEmpty();
    assertThat(asked)
        .containsExactly(
            "/v1/plan?output=text",
            "/v1/plan/default/web?output=text",
            "/v1/plan/shop/web?output=json",
            "/v1/explain/shop/web?output=text",
            "/v1/orphans?output=text");
  }

  @Test
  void aPlanWithStepsEndsWith3WhereThatWasAskedFor() {
    answer = answer.with("Fairway-Steps", "2");
    assertThat(ask("plan", "--exit-code")).isEqualTo(3);
    assertThat(ask("plan")).isZero();
    answer = answer.with("Fairway-Steps", "0");
    assertThat(ask("plan", "--exit-code")).isZero();
  }

  @Test
  void whatTheControllerRefusesIsOneLine() {
    answer =
        new HttpAnswer(
            404,
            "application/json",
            "{\"kind\":\"Status\",\"message\":\"there is no Service default/web\",\"code\":404}",
            Map.of());

    assertThat(ask("explain", "web")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("fairway: there is no Service default/web\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatIsNoControllerIsOneLineToo() {
    answer = new HttpAnswer(502, "text/html", "<html>\n<body>Bad\nGateway", Map.of());

    assertThat(ask("plan")).isEqualTo(1);
    assertThat(err.toString().strip()).hasLineCount(1).contains("HTTP 502");
  }

  @Test
  void aControllerThatCannotBeReachedIsNamed() {
    http.close();

    assertThat(ask("plan")).isEqualTo(1);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .startsWith("fairway: cannot reach the controller at http://127.0.0.1:" + http.port());
  }

  @Test
  void anApiServerThatCannotBeReachedIsNamed(@TempDir Path directory) throws Exception {
    var file = kubeconfig(directory);

    assertThat(run("plan", "--kubeconfig", file)).isEqualTo(1);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .startsWith("fairway: cannot reach the API server http://127.0.0.1:1/: ");
  }

  @Test
  void aContextThatIsNotThereIsNamed(@TempDir Path directory) throws Exception {
    assertThat(run("plan", "--kubeconfig", kubeconfig(directory), "--context", "nope"))
        .isEqualTo(2);
    assertThat(err.toString().strip()).hasLineCount(1).contains("no context 'nope'");
  }

  private static String kubeconfig(Path directory) throws Exception {
    return Files.writeString(
            directory.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: here
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            contexts: [{name: here, context: {cluster: c, user: u}}]
            users: [{name: u, user: {token: t}}]
            """)
        .toString();
  }

  private int ask(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--controller", "http://127.0.0.1:" + http.port() + "/"));
    return run(all.toArray(String[]::new));
  }

  private int run(String... args) {
    return Fairway.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
