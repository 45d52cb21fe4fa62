// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/// Tells what happens: progress with the time since the start, and what a user would see.
///
/// @param start of the whole
/// @param progress for lines like `[ 3.2 s] kube-proxy on 3 nodes`
/// @param scene for what a user would type and see
record Narrator(InstantSource clock, Instant start, PrintStream progress, PrintStream scene) {
  /// Says what begins now.
  void step(String what) {
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    progress.println(String.format(Locale.ROOT, "[%5.1f s] %s", seconds, what));
  }

  /// Shows a command and what it printed.
  void show(String command, String output) {
    scene.println();
    scene.println("$ " + command);
    scene.println(output.stripTrailing());
  }

  /// Says something in between.
  void say(String text) {
    scene.println(text);
  }
}
