// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A cloud-controller-manager as it is released, with nothing but its service controller.
///
/// @param program the binary
/// @param templates the directory with `cloud.conf` and `flags`
/// @param directory for its files
public record CloudControllerManager(Path program, Path templates, Path directory) {
  /// What makes it quicker where its pace is not what is measured.
  public static final List<String> NO_LIMITS =
      List.of("--kube-api-qps=500", "--kube-api-burst=500", "--concurrent-service-syncs=10");

  private static final int CONNECT_MILLIS = 1_000;

  /// The flags, with the words in them filled in.
  public List<String> flags(Map<String, String> words) {
    return new Template(read(templates.resolve("flags")))
        .with(words)
        .lines()
        .filter(line -> line.startsWith("--"))
        .toList();
  }

  /// Writes the cloud config, with the words in it filled in.
  public Path cloudConfig(Map<String, String> words) {
    return cloudConfig(templates, directory, words);
  }

  /// The same, for a controller that reads it too.
  ///
  /// @param templates the directory with `cloud.conf`
  public static Path cloudConfig(Path templates, Path directory, Map<String, String> words) {
    try {
      return Files.writeString(
          directory.resolve("cloud.conf"),
          new Template(read(templates.resolve("cloud.conf"))).with(words));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether it is up: it answers over TLS only, with a certificate of its own making.
  public static boolean listens(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
