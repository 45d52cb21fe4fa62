// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/// How the launcher starts a benchmark, and what it learns from it.
///
/// @param benchmark its name, as in `./fairway bench NAME`
/// @param environment of the process
public record Launch(String benchmark, Map<String, String> environment) {
  /// To be called before anything is logged: standard output is for the result.
  public static Launch of(String benchmark) {
    System.setProperty("logback.configurationFile", "dev/fairway/testkit/demo/logback.xml");
    return new Launch(benchmark, System.getenv());
  }

  /// Runs it. What goes wrong is told in one line, and is exit code 2 for a wrong command line and
  /// 1 for everything else.
  public int exitCode(IntSupplier run) {
    try {
      return run.getAsInt();
    } catch (IllegalArgumentException e) {
      System.err.println("fairway bench %s: %s".formatted(benchmark, e.getMessage()));
      return 2;
    } catch (RuntimeException e) {
      System.err.println("fairway bench %s: %s".formatted(benchmark, e.getMessage()));
      return 1;
    }
  }

  /// What the launcher has set.
  ///
  /// @throws IllegalStateException when it has not
  public String variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(
            () -> new IllegalStateException(name + " is not set; run this by ./fairway bench"));
  }
}
