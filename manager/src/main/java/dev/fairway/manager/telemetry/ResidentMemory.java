// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The memory that the process takes of its machine.
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LINE = "VmRSS:"; // proc(5): in kB, which are 1024 bytes

  private ResidentMemory() {}

  /// Not a number where it cannot be told.
  static double bytes() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(LINE))
          .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException _) {
      return Double.NaN;
    }
  }
}
