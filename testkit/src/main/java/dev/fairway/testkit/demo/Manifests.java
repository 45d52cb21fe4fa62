// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// The manifests that the demo applies, as files that a user can read.
record Manifests(Path pool, Path service) {
  /// Writes them to `directory`.
  static Manifests in(Path directory) {
    return new Manifests(write(directory, "pool.yaml"), write(directory, "example-service.yaml"));
  }

  private static Path write(Path directory, String name) {
    Path file = directory.resolve(name);
    try (InputStream content = Objects.requireNonNull(Manifests.class.getResourceAsStream(name))) {
      Files.write(file, content.readAllBytes());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
