// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// The credentials as the files say them now: read anew when one of them has changed on disk.
/// Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class CredentialsFile {
  private final OpenStackSettings settings;
  private final Map<String, String> environment;
  private final Path workingDirectory;
  private final InstantSource clock;

  /// @param environment of the process: `OS_*`, `HOME`
  /// @param workingDirectory where clouds.yaml is looked for first
  public CredentialsFile(
      OpenStackSettings settings,
      Map<String, String> environment,
      Path workingDirectory,
      InstantSource clock) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.workingDirectory = workingDirectory;
    this.clock = clock;
  }

  /// The credentials that were read last; looks for changes at most each 10 s.
  ///
  /// @throws IllegalArgumentException when a part is missing; the message names file, key and what
  ///   to write
  public Credentials current() {
    throw new UnsupportedOperationException(
        settings.toString() + environment.size() + workingDirectory + clock);
  }

  /// The credentials, after looking for changes now: for a refresh of the token, and after it was
  /// refused. A file that cannot be read at the moment leaves the last ones in force.
  public Credentials fresh() {
    return current();
  }
}
