// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// An emulator that somebody else has started and will end.
record ExternalServer(URI uri) implements AwsEmulator {
  private static final int LIMIT_MILLIS = 10_000;
  private static final List<String> RESETS =
      List.of("/moto-api/reset", "/_localstack/state/reset", "/_ministack/reset");

  /// @throws IllegalStateException when it knows none of the ways that emulators have
  @Override
  public void reset() {
    for (var path : RESETS) {
      if (ask(uri, "POST", path)
          .filter(status -> status == HttpURLConnection.HTTP_OK)
          .isPresent()) {
        return;
      }
    }
    throw new IllegalStateException("%s cannot be emptied: none of %s".formatted(uri, RESETS));
  }

  /// The status of the answer; empty when there is none.
  static Optional<Integer> ask(URI uri, String method, String path) {
    try {
      var connection = (HttpURLConnection) uri.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(LIMIT_MILLIS);
      connection.setReadTimeout(LIMIT_MILLIS);
      connection.setRequestMethod(method);
      return Optional.of(connection.getResponseCode());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {}
}
