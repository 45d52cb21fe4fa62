// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./fairway demo --json` runs in its sandbox.
class DemoIT {
  private static final Path TESTKIT = Path.of("..", "testkit", "target", "app", "lib");

  @Test
  void theDemoShowsAnAddressThatAnswersAndSurvivesItsOwner(@TempDir Path directory)
      throws Exception {
    var out = directory.resolve("out");
    var log = directory.resolve("log");
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            TESTKIT + "/*",
            "dev.fairway.testkit.demo.Demo",
            "--json");
    command.environment().put("FAIRWAY_RUN_DIR", directory.resolve("run").toString());
    var demo = command.redirectOutput(out.toFile()).redirectError(log.toFile()).start();

    assertThat(demo.waitFor(120, TimeUnit.SECONDS)).isTrue();

    assertThat(demo.exitValue()).as("%s", Files.readString(log)).isZero();
    var result = lastLine(out);
    assertThat(result)
        .containsOnlyKeys(
            "service",
            "externalIp",
            "ports",
            "vipAnswers",
            "vipAnswersThroughRouter",
            "nodePortAnswers",
            "secondsToAddress",
            "failoverMillis",
            "kubernetesVersion")
        .containsEntry("service", "default/example-service")
        .containsEntry("vipAnswers", true)
        .containsEntry("vipAnswersThroughRouter", true)
        .containsEntry("nodePortAnswers", true)
        .containsEntry("kubernetesVersion", "v1.37.0");
    assertThat(result.get("externalIp")).asString().startsWith("10.13.242.");
    assertThat(result.get("ports")).asString().matches("8765:3\\d{4}/TCP");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> lastLine(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return new ObjectMapper().readValue(lines.getLast(), Map.class);
  }
}
