// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What controller and speakers are told. Without leader election: a restart would wait for a
/// Lease.
final class Configuration {
  private Configuration() {}

  static Path write(Path directory, Profile profile) {
    try {
      return Files.writeString(
          directory.resolve("fairway-%s.yaml".formatted(profile.word())),
          """
          provider: metal
          leaderElection: {enabled: false}
          settings: {cordonedNodes: drain, failover: %s}
          """
              .formatted(profile.word()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
