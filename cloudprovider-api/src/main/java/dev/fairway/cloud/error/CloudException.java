// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a cloud call did not do what was asked. Made only where a cloud is called; read only where
/// it is decided what happens next. Messages are shown to users: they hold no secret.
public abstract sealed class CloudException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private CloudException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The cloud wants fewer calls.
  public static final class Throttled extends CloudException {
    private static final long serialVersionUID = 1;
    private final Duration retryAfter;

    public Throttled(String message, Duration retryAfter, @Nullable Throwable cause) {
      super(message, cause);
      this.retryAfter = retryAfter;
    }

    /// How long to wait; the cloud's own word where it gave one.
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /// The cloud did not answer, or answered that it is out of order. Whether the call was carried
  /// out is unknown.
  public static final class Unavailable extends CloudException {
    private static final long serialVersionUID = 1;

    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// The object is busy with an earlier change: nothing is wrong.
  public static final class NotReady extends CloudException {
    private static final long serialVersionUID = 1;
    private final Duration after;

    public NotReady(String message, Duration after) {
      super(message, null);
      this.after = after;
    }

    /// When to look again.
    public Duration after() {
      return after;
    }
  }

  /// What the plan was made from is no longer true: somebody else changed it.
  public static final class Conflict extends CloudException {
    private static final long serialVersionUID = 1;

    public Conflict(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// The credentials do not permit the call.
  public static final class Denied extends CloudException {
    private static final long serialVersionUID = 1;
    private final String permission;

    public Denied(String message, String permission, @Nullable Throwable cause) {
      super(message, cause);
      this.permission = permission;
    }

    /// The permission that is missing, in the cloud's own spelling.
    public String permission() {
      return permission;
    }
  }

  /// A limit of the account or of a pool is reached.
  public static final class QuotaExceeded extends CloudException {
    private static final long serialVersionUID = 1;
    private final String quota;

    public QuotaExceeded(String message, String quota, @Nullable Throwable cause) {
      super(message, cause);
      this.quota = quota;
    }

    /// The limit, in the cloud's own spelling.
    public String quota() {
      return quota;
    }
  }

  /// The cloud will never accept this; trying again is of no use until the user changes something.
  public static final class Rejected extends CloudException {
    private static final long serialVersionUID = 1;
    private final String field;
    private final String fix;

    public Rejected(String field, String why, String fix, @Nullable Throwable cause) {
      super("%s: %s".formatted(field, why), cause);
      this.field = field;
      this.fix = fix;
    }

    /// The field or annotation that has to change.
    public String field() {
      return field;
    }

    /// What to write instead, with a valid example.
    public String fix() {
      return fix;
    }
  }
}
