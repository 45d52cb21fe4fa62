// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.config.Credentials;
import dev.fairway.openstack.config.CredentialsFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One token for all threads. However many need a new one, one of them asks for it; while the old
/// one is good, the others go on with it. After a failure nobody asks for a while, which doubles,
/// so that credentials that are wrong do not flood Keystone or lock the user out; a change of the
/// credentials ends that. Thread-safe; threads may be virtual.
final class TokenSource implements AutoCloseable {
  private final CredentialsFile file;
  private final Keystone keystone;
  private final InstantSource clock;
  private final Transports transports = new Transports();
  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder asked = new LongAdder();
  private volatile @Nullable Session current;
  private volatile @Nullable Session proven;
  private int failures;
  private Optional<Failure> failure = Optional.empty();

  /// @param with the credentials that failed; empty where there were none
  private record Failure(CloudException error, Instant until, Optional<Credentials> with) {}

  TokenSource(CredentialsFile file, Keystone keystone, InstantSource clock, Meters meters) {
    this.file = file;
    this.keystone = keystone;
    this.clock = clock;
    meters.counter(
        "fairway_openstack_token_requests", "Tokens that Keystone was asked for", asked::sum);
  }

  /// A token that is good.
  ///
  /// @throws CloudException.Denied when the credentials are refused or not complete
  /// @throws CloudException.Unavailable when Keystone does not answer
  Session session() {
    var seen = current;
    var now = clock.instant();
    if (seen != null && now.isBefore(seen.refreshAt())) {
      return seen;
    }
    if (seen != null && now.isBefore(seen.expiresAt())) {
      // Somebody is getting the next one: this one will do.
      if (!lock.tryLock()) {
        return seen;
      }
    } else {
      lock.lock();
    }
    try {
      return renewed();
    } finally {
      lock.unlock();
    }
  }

  /// A service refused the token.
  void refused(Session session) {
    lock.lock();
    try {
      if (session.equals(current)) {
        current = null;
        // One that never worked says that the next will not either.
        if (!session.equals(proven)) {
          failed(AuthErrors.refused(session), Optional.of(session.credentials()));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// A service accepted the token.
  void accepted(Session session) {
    if (session.equals(proven)) {
      return;
    }
    lock.lock();
    try {
      proven = session;
      if (session.equals(current)) {
        failures = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      transports.close();
    } finally {
      lock.unlock();
    }
  }

  private Session renewed() {
    var now = clock.instant();
    var old = Optional.ofNullable(current).filter(session -> now.isBefore(session.expiresAt()));
    if (old.isPresent() && now.isBefore(old.get().refreshAt())) {
      return old.get();
    }
    try {
      pauseAfterFailure(now);
      var session = ask();
      failure = Optional.empty();
      current = session;
      return session;
    } catch (CloudException e) {
      return old.orElseThrow(() -> e);
    }
  }

  private void pauseAfterFailure(Instant now) {
    if (failure.isPresent()
        && now.isBefore(failure.get().until())
        && failure.get().with().equals(readable())) {
      var left = Duration.between(now, failure.get().until());
      throw AuthErrors.again(failure.get().error(), left);
    }
  }

  private Optional<Credentials> readable() {
    try {
      return Optional.of(file.current());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Session ask() {
    Optional<Credentials> used = Optional.empty();
    try {
      var credentials = file.fresh();
      used = Optional.of(credentials);
      var transport = transports.of(credentials.tls());
      asked.increment();
      return keystone.authenticate(credentials, transport);
    } catch (CallFailed e) {
      throw failed(
          used.<CloudException>map(who -> AuthErrors.translate(who, e)).orElseThrow(), used);
    } catch (IllegalArgumentException e) {
      throw failed(AuthErrors.unusable(e), used);
    }
  }

  private CloudException failed(CloudException error, Optional<Credentials> with) {
    failures++;
    failure =
        Optional.of(
            new Failure(error, clock.instant().plus(AuthErrors.pause(error, failures)), with));
    return error;
  }
}
