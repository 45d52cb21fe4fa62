// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path directory;

  @Test
  void theEndOfTheLogTellsWhyAProcessDied() {
    ChildProcess process = shell("echo first; echo no such thing >&2; exit 3");

    assertThat(process.awaitExit(SOON)).isTrue();

    assertThat(process.tail(1)).isEqualTo("no such thing");
    assertThatThrownBy(process::requireAlive)
        .hasMessageContaining("example ended with exit code 3")
        .hasMessageContaining("no such thing");
  }

  @Test
  void aProcessThatIgnoresTheRequestToEndIsKilled() {
    ChildProcess process = shell("trap '' TERM; echo ready; while :; do sleep 0.1; done");
    Until.isTrue("the trap to be set", SOON, () -> process.tail().contains("ready"));

    assertThat(process.stop(Duration.ofMillis(100))).isFalse();

    assertThat(process.isAlive()).isFalse();
    assertThat(process.exitCode()).hasValue(137);
  }

  @Test
  void aRestartedProcessContinuesTheLog() {
    assertThat(shell("echo one").awaitExit(SOON)).isTrue();
    ChildProcess second = shell("echo two");
    assertThat(second.awaitExit(SOON)).isTrue();

    assertThat(second.tail()).isEqualTo("one\ntwo");
  }

  @Test
  void aProgramThatDoesNotExistIsNamed() {
    assertThatThrownBy(() ->
            ChildProcess.start("example", directory.resolve("log"), List.of("/no/such/program")))
        .hasMessageContaining("cannot start example")
        .hasMessageContaining("/no/such/program");
  }

  private ChildProcess shell(String script) {
    return ChildProcess.start(
        "example", directory.resolve("log"), List.of("/bin/sh", "-c", script));
  }
}
