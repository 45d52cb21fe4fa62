// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.io.PrintStream;
import java.util.Locale;

/// Says on standard error what is being measured, with the time since the start.
///
/// @param side whose turn it is; empty before the first
public record Progress(long startNanos, PrintStream out, String side) {
  /// The same, for one side.
  public Progress of(String name) {
    return new Progress(startNanos, out, name + ": ");
  }

  public void say(String text) {
    var seconds = (System.nanoTime() - startNanos) / 1e9;
    out.printf(Locale.ROOT, "[%5.1f s] %s%s%n", seconds, side, text);
  }
}
