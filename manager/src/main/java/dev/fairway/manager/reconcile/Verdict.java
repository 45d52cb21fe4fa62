// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.Optional;

/// What follows from an error: the one table, read nowhere else.
///
/// @param retry when the key comes again
/// @param tell what users are told, and whether at once
public record Verdict(Retry retry, Tell tell) {
  // A missing permission or a full quota is mended by people, within minutes at the earliest.
  private static final Duration SLOW = Duration.ofMinutes(2);

  /// When the key comes again.
  public sealed interface Retry {
    /// After exactly this time; it does not count as a failure.
    record After(Duration delay) implements Retry {}

    /// At once, from a new observation; after a few times in a row, with backoff.
    record Replan() implements Retry {}

    /// Later and later.
    record WithBackoff() implements Retry {}

    /// Not before the Service changes, or something becomes free.
    record Parked() implements Retry {}
  }

  /// What users are told.
  public sealed interface Tell {
    record Nothing() implements Tell {}

    /// All is well, it only takes time.
    record Progress(String message) implements Tell {}

    /// @param fromFailure from which failure in a row on it is told; the ones before may be passing
    record Problem(String reason, String message, int fromFailure) implements Tell {}
  }

  public static Verdict of(Throwable error) {
    return error instanceof CloudException cloud ? ofCloud(cloud) : ofBug(error);
  }

  private static Verdict ofCloud(CloudException error) {
    var message = text(error);
    return switch (error) {
      case CloudException.Throttled throttled ->
          new Verdict(new Retry.After(throttled.retryAfter()), new Tell.Nothing());
      case CloudException.Unavailable _ ->
          new Verdict(new Retry.WithBackoff(), new Tell.Problem("CloudUnavailable", message, 3));
      case CloudException.NotReady busy ->
          new Verdict(new Retry.After(busy.after()), new Tell.Progress(message));
      case CloudException.Conflict _ -> new Verdict(new Retry.Replan(), new Tell.Nothing());
      case CloudException.Denied denied ->
          new Verdict(
              new Retry.After(SLOW),
              new Tell.Problem(
                  "PermissionDenied", "%s; grant %s".formatted(message, denied.permission()), 0));
      case CloudException.QuotaExceeded quota ->
          new Verdict(
              new Retry.After(SLOW),
              new Tell.Problem(
                  "QuotaExceeded", "%s; raise %s".formatted(message, quota.quota()), 0));
      case CloudException.Rejected rejected ->
          new Verdict(
              new Retry.Parked(),
              new Tell.Problem("Rejected", "%s; %s".formatted(message, rejected.fix()), 0));
    };
  }

  private static Verdict ofBug(Throwable error) {
    return new Verdict(
        new Retry.WithBackoff(),
        new Tell.Problem(
            "InternalError", "%s: %s".formatted(error.getClass().getSimpleName(), text(error)), 0));
  }

  /// What kind of error it is: as users are told, else the name of the class.
  static String reason(Throwable error) {
    return of(error).tell() instanceof Tell.Problem problem
        ? problem.reason()
        : error.getClass().getSimpleName();
  }

  /// The first line of its message.
  static String text(Throwable error) {
    return Optional.ofNullable(error.getMessage())
        .orElse("no message")
        .lines()
        .findFirst()
        .orElse("");
  }
}
