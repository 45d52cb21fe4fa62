// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.openstack.config.Credentials.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps the connections as long as authorities and certificates stay what they are; these rotate,
/// too. Not thread-safe.
final class Transports implements AutoCloseable {
  private @Nullable Transport current;
  private List<String> madeFrom = List.of();

  /// @throws IllegalArgumentException when a file cannot be used; the message names it
  Transport of(Tls tls) {
    var from = contents(tls);
    if (current != null && from.equals(madeFrom)) {
      return current;
    }
    // The one before is not closed: calls are under way on it. The JDK ends it when they are done.
    var made = new Transport(TlsContext.of(tls));
    current = made;
    madeFrom = from;
    return made;
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
    }
  }

  private static List<String> contents(Tls tls) {
    return Stream.concat(
            Stream.of(tls.toString()),
            Stream.of(tls.caFile(), tls.certFile(), tls.keyFile())
                .flatMap(file -> file.stream().map(Transports::content)))
        .toList();
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      // Whoever reads it for use says what is wrong with it.
      return "";
    }
  }
}
