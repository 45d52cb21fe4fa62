// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The credentials as the files say them now, so that a rotation needs no restart. The files are
/// small, and a Secret that is mounted changes by a symbolic link: they are read and compared,
/// rather than watched. Thread-safe.
public final class CredentialsFile {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialsFile.class);
  private static final Duration LOOK_EACH = Duration.ofSeconds(10);

  private final OpenStackSettings settings;
  private final Map<String, String> environment;
  private final Path workingDirectory;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Credentials last;
  private Instant looked = Instant.MIN;

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
  /// @throws IllegalArgumentException when none were ever complete; the message names file, key and
  ///   what to write
  public Credentials current() {
    return credentials(LOOK_EACH);
  }

  /// The credentials, after looking for changes now: for a refresh of the token, and after it was
  /// refused. Files that cannot be used at the moment leave the last ones in force.
  ///
  /// @throws IllegalArgumentException as for [#current]
  public Credentials fresh() {
    return credentials(Duration.ZERO);
  }

  private Credentials credentials(Duration mayBeOld) {
    lock.lock();
    try {
      var now = clock.instant();
      if (last == null || !now.isBefore(looked.plus(mayBeOld))) {
        looked = now;
        last = read(Optional.ofNullable(last));
      }
      return last;
    } finally {
      lock.unlock();
    }
  }

  private Credentials read(Optional<Credentials> before) {
    try {
      var conf = settings.readCloudConf(environment).authentication();
      var now =
          CredentialsReader.read(Sources.merged(settings, conf, environment, workingDirectory));
      before
          .filter(old -> !old.equals(now))
          .ifPresent(_ -> LOG.info("The OpenStack credentials of {} have changed", now.source()));
      return now;
    } catch (IllegalArgumentException e) {
      // A file that is just being written must not stop a controller that has good credentials.
      var good = before.orElseThrow(() -> e);
      LOG.warn("The OpenStack credentials cannot be read anew: {}", e.getMessage());
      return good;
    }
  }
}
