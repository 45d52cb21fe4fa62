// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import dev.fairway.testkit.kube.FreePorts;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A moto server: the AWS emulator, as a process of its own on loopback.
public final class MotoServer implements AwsEmulator {
  /// Names the program `moto_server`.
  public static final String VARIABLE = "FAIRWAY_MOTO";

  // Python compiles its modules at the first start; with other tests beside it that takes long.
  private static final Duration START = Duration.ofSeconds(90);

  private final ChildProcess process;
  private final URI uri;

  private MotoServer(ChildProcess process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /// Starts the program that the environment names, at a free port.
  ///
  /// @throws IllegalStateException when there is none, or it does not come up
  public static MotoServer start() {
    return start(program(Optional.ofNullable(System.getenv(VARIABLE))));
  }

  static MotoServer start(Path program) {
    var port = FreePorts.next(InetAddress.getLoopbackAddress());
    var process =
        ChildProcess.start(
            "moto",
            log(),
            List.of(program.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port)));
    var server = new MotoServer(process, URI.create("http://127.0.0.1:" + port));
    try {
      Until.isTrue("moto at " + server.uri, START, server::answers);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  static Path program(Optional<String> named) {
    var path =
        named
            .map(Path::of)
            .orElseThrow(() ->
                new IllegalStateException(
                    VARIABLE
                        + " is not set; run the tests by ./fairway test, which provides the AWS"
                        + " emulator"));
    if (!Files.isExecutable(path)) {
      throw new IllegalStateException(
          "%s=%s is no program; run the tests by ./fairway test, which provides it"
              .formatted(VARIABLE, path));
    }
    return path;
  }

  @Override
  public URI uri() {
    return uri;
  }

  /// Leaves the default network, with which moto starts.
  @Override
  public void reset() {
    var status = ExternalServer.ask(uri, "POST", "/moto-api/reset");
    if (status.isEmpty() || status.get() != HttpURLConnection.HTTP_OK) {
      throw new IllegalStateException("moto did not reset: " + status);
    }
  }

  private boolean answers() {
    process.requireAlive();
    return ExternalServer.ask(uri, "GET", "/moto-api/").isPresent();
  }

  private static Path log() {
    try {
      var directory = System.getenv("FAIRWAY_RUN_DIR");
      return directory == null
          ? Files.createTempFile("moto", ".log")
          : Files.createTempFile(Path.of(directory), "moto", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException("no log for moto", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
