// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much memory another process has.
public final class Memory {
  private Memory() {}

  /// The most that was resident so far (`VmHWM`, proc(5)), in MiB.
  public static double peakMebibytes(long pid) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElseThrow()
          / 1024.0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is reachable in the heap of a JVM, in bytes: the histogram collects garbage before.
  public static long reachableInJvm(long pid) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var histogram = Command.run(jcmd, Long.toString(pid), "GC.class_histogram");
    var total =
        histogram
            .lines()
            .filter(line -> line.startsWith("Total"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no total in: " + histogram));
    // "Total  instances  bytes"
    return Long.parseLong(total.strip().substring(total.strip().lastIndexOf(' ') + 1));
  }
}
