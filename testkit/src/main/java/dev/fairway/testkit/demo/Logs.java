// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The ends of Fairway's log files, for somebody who wonders what went wrong.
final class Logs {
  private static final int LINES = 20;

  private Logs() {}

  /// Prints the ends of the logs of controller and speakers in `directory`, as far as there are
  /// any.
  static void print(Path directory, PrintStream out) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> logs =
        Files.newDirectoryStream(directory, "{controller,speaker-*}.log")) {
      for (Path log : logs) {
        out.println("--- end of " + log);
        tail(log).forEach(out::println);
      }
    } catch (IOException e) {
      out.println("--- no logs: " + e);
    }
  }

  private static List<String> tail(Path log) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }
}
