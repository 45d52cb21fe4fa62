// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a short-lived command to its end.
public final class Command {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Command() {}

  /// Runs `command` and returns what it printed (standard output and error).
  ///
  /// @throws IllegalStateException when it fails, with what it printed
  public static String run(String... command) {
    return runWithInput("", List.of(command));
  }

  /// Runs `command` with `input` on its standard input.
  ///
  /// @throws IllegalStateException when it fails or takes more than 30 seconds
  public static String runWithInput(String input, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw failed(command, "no end after " + LIMIT.toSeconds() + " s", output);
      }
      if (process.exitValue() != 0) {
        throw failed(command, "exit code " + process.exitValue(), output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + String.join(" ", command), e);
    }
  }

  private static IllegalStateException failed(List<String> command, String why, String output) {
    return new IllegalStateException(
        "%s: %s: %s".formatted(String.join(" ", command), why, output.strip()));
  }
}
