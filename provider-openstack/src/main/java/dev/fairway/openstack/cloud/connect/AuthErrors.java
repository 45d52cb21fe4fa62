// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.config.Credentials;
import java.time.Duration;

/// What it means when there is no token.
final class AuthErrors {
  private static final String PERMISSION = "OpenStack credentials that Keystone accepts";
  private static final Duration AFTER_THROTTLING = Duration.ofSeconds(5);
  private static final Duration FIRST_DENIED = Duration.ofSeconds(5);
  private static final Duration LONGEST_DENIED = Duration.ofMinutes(5);
  private static final Duration FIRST_DOWN = Duration.ofSeconds(1);
  private static final Duration LONGEST_DOWN = Duration.ofSeconds(30);

  private AuthErrors() {}

  static CloudException translate(Credentials credentials, CallFailed failed) {
    var keystone = "Keystone at " + credentials.authUrl();
    return switch (failed.status()) {
      case 400, 401, 403 ->
          new CloudException.Denied(
              "%s refuses the credentials of %s: %s"
                  .formatted(keystone, credentials.source(), failed.getMessage()),
              PERMISSION,
              failed);
      case 404 ->
          new CloudException.Denied(
              "there is no Keystone at %s; see auth-url of %s"
                  .formatted(credentials.authUrl(), credentials.source()),
              PERMISSION,
              failed);
      case 413, 429 ->
          new CloudException.Throttled(
              keystone + " wants fewer calls",
              failed.retryAfter().orElse(AFTER_THROTTLING),
              failed);
      default ->
          new CloudException.Unavailable(
              "%s gave no token: %s".formatted(keystone, failed.getMessage()), failed);
    };
  }

  static CloudException unusable(IllegalArgumentException error) {
    return new CloudException.Denied(
        String.valueOf(error.getMessage()), "OpenStack credentials that are complete", error);
  }

  static CloudException refused(Session session) {
    return new CloudException.Denied(
        "a new token of %s is refused by the services".formatted(session.credentials().source()),
        "a token that the services accept",
        null);
  }

  /// How long nobody asks again.
  ///
  /// @param failures in a row, at least 1
  static Duration pause(CloudException error, int failures) {
    return switch (error) {
      case CloudException.Throttled throttled -> throttled.retryAfter();
      case CloudException.Unavailable _ -> doubled(FIRST_DOWN, LONGEST_DOWN, failures);
      case CloudException.Denied _ -> doubled(FIRST_DENIED, LONGEST_DENIED, failures);
      case CloudException.NotReady _ -> FIRST_DENIED;
      case CloudException.Conflict _ -> FIRST_DENIED;
      case CloudException.QuotaExceeded _ -> FIRST_DENIED;
      case CloudException.Rejected _ -> FIRST_DENIED;
    };
  }

  /// The same error for one who did not ask: each has a stack trace of its own. No cause, since no
  /// call was made.
  static CloudException again(CloudException error, Duration left) {
    var text = "%s (not asked again for %d s)".formatted(error.getMessage(), left.toSeconds() + 1);
    return switch (error) {
      case CloudException.Denied denied ->
          new CloudException.Denied(text, denied.permission(), null);
      case CloudException.Throttled _ -> new CloudException.Throttled(text, left, null);
      default -> new CloudException.Unavailable(text, null);
    };
  }

  private static Duration doubled(Duration first, Duration longest, int failures) {
    var pause = first.multipliedBy(1L << Math.min(failures - 1, 20));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
