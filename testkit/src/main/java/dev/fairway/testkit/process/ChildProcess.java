// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// A process that writes to a log file and dies with the test: [#close()] leaves nothing behind.
public final class ChildProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TAIL_LINES = 15;

  private final String name;
  private final Path log;
  private final Process process;

  private ChildProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /// Starts `command`; standard output and error are appended to `log`, so that a restarted process
  /// continues the log of the one before.
  ///
  /// @throws UncheckedIOException when the program cannot be started
  public static ChildProcess start(String name, Path log, List<String> command) {
    // A file, not a pipe: nobody has to drain it, and it outlives both processes.
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new ChildProcess(name, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return log;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// The exit code, or empty while the process runs. A process killed by signal n has 128 + n.
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /// Kills the process as a crash would (SIGKILL) and waits until it is gone.
  public void kill9() {
    process.destroyForcibly();
    awaitExit(PATIENCE);
  }

  /// Stops the process where it stands (SIGSTOP), as a long pause of its machine would.
  public void freeze() {
    signal("STOP");
  }

  /// Lets a frozen process go on (SIGCONT).
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    Command.run("kill", "-" + name, Long.toString(pid()));
  }

  /// Asks the process to end (SIGTERM) and waits at most `patience`; then it is killed.
  ///
  /// @return whether it ended by itself in time
  public boolean stop(Duration patience) {
    process.destroy();
    if (awaitExit(patience)) {
      return true;
    }
    kill9();
    return false;
  }

  /// Waits at most `limit` for the process to end by itself.
  public boolean awaitExit(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  /// The last lines of the log, for messages about a failure.
  public String tail() {
    return tail(TAIL_LINES);
  }

  /// The last `lines` lines of the log; what cannot be read is said in place of it.
  public String tail(int lines) {
    try {
      // A log cut in the middle of a character must not hide the failure it reports.
      List<String> all =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /// @throws IllegalStateException with the end of the log when the process has ended
  public void requireAlive() {
    exitCode()
        .ifPresent(code -> {
          throw new IllegalStateException(
              "%s ended with exit code %d; end of %s:%n%s".formatted(name, code, log, tail()));
        });
  }

  /// Ends the process, with SIGKILL if SIGTERM does not do in 5 seconds.
  @Override
  public void close() {
    stop(PATIENCE);
  }
}
