// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairwayTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "contoller, contoller",
    "controller --htp-port, --htp-port",
    "controller --http-port eighty, eighty",
    "controller --config /nowhere/f.yaml, /nowhere/f.yaml",
    "controller --http-port 70000, --http-port",
    "controller --kubeconfig /nowhere/kubeconfig, --kubeconfig",
    "controller --kubeconfig ../pom.xml, --kubeconfig",
    "speaker --node-name a --kubeconfig /nowhere/kubeconfig, --kubeconfig",
    "speaker --node-name a --http-port 70000, --http-port",
    "speaker --kubeconfig /nowhere/kubeconfig, --node-name",
    "plan --kubeconfig /nowhere/kubeconfig, --kubeconfig",
    "plan --controller somewhere, --controller",
    "plan --controller http://127.0.0.1:1 a/b/c, a/b/c",
    "explain --controller http://127.0.0.1:1 ../web, ../web",
    "explain, SERVICE",
    "orphans default/web, default/web",
    "migrate, PROGRAM",
    "migrate metalb, metallb?",
    "migrate metallb --from /nowhere/all.yaml, /nowhere/all.yaml",
    "migrate metallb --kubeconfig /nowhere/kubeconfig, --kubeconfig",
  })
  void aWrongWordIsNamedInOneLineWithExitCode2(String line, String word) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString().strip()).contains(word).hasLineCount(1).startsWith("fairway: ");
  }

  @Test
  void aWrongKeyInTheFileIsNamedInOneLineWithExitCode2(@TempDir Path dir) throws Exception {
    var file = Files.writeString(dir.resolve("fairway.yaml"), "provider: metall\nworkers: x\n");

    assertThat(run("controller", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString().strip()).hasLineCount(1).contains("workers: 'x' is not valid");
  }

  @Test
  void aSettingThatTheProviderDoesNotReadIsNamed(@TempDir Path dir) throws Exception {
    var file = Files.writeString(dir.resolve("fairway.yaml"), "settings: {nonsense: 1}\n");

    assertThat(run("controller", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString().strip()).hasLineCount(1).contains("settings.nonsense");
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(run("version")).isZero();
    assertThat(out.toString()).startsWith("fairway ").contains("Java 25");
  }

  private int run(String... args) {
    return Fairway.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
