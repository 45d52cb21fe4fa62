// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Asks a process on this machine.
public final class Http {
  private static final int LIMIT_MILLIS = 30_000;

  private Http() {}

  /// The body of an answer with status 200; empty when there is none.
  public static Optional<String> get(int port, String path) {
    try {
      // Asked many times a second: this client starts no threads.
      var connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
      connection.setConnectTimeout(LIMIT_MILLIS);
      connection.setReadTimeout(LIMIT_MILLIS);
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        return Optional.empty();
      }
      try (var body = connection.getInputStream()) {
        return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
