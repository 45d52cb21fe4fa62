// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What OpenStack said when it did not do what was asked: the cause of a [CloudException], for logs
/// and for those who must know whether a call may have been carried out. Holds no secret.
public final class CallFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What is known of the request.
  public enum Fate {
    /// It did not leave: nothing was done.
    NOT_SENT,
    /// No answer came, or half of one: whether it was carried out is unknown.
    LOST,
    /// It was answered.
    ANSWERED
  }

  private final Fate fate;
  private final int status;
  private final String said;
  private final String requestId;
  private final @Nullable Duration retryAfter;

  /// @param status of HTTP; 0 where no answer came
  /// @param said the sentence in the answer; empty for none
  /// @param requestId `x-openstack-request-id`; empty for none
  CallFailed(
      Fate fate,
      int status,
      String said,
      String requestId,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(
        status == 0
            ? said
            : "status %d%s%s"
                .formatted(
                    status,
                    said.isEmpty() ? "" : ": " + said,
                    requestId.isEmpty() ? "" : " (" + requestId + ")"),
        cause);
    this.fate = fate;
    this.status = status;
    this.said = said;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  /// What OpenStack said, if the error came from a call that was made.
  public static Optional<CallFailed> of(CloudException error) {
    return error.getCause() instanceof CallFailed failed ? Optional.of(failed) : Optional.empty();
  }

  /// Whether the call that ended so may have been carried out all the same: a POST of which this is
  /// true must be looked for before it is repeated.
  public static boolean mayHaveBeenCarriedOut(CloudException error) {
    return of(error).map(failed -> failed.fate == Fate.LOST || failed.status >= 500).orElse(false);
  }

  public Fate fate() {
    return fate;
  }

  /// Of HTTP; 0 where no answer came.
  public int status() {
    return status;
  }

  /// The sentence in the answer; empty for none.
  public String said() {
    return said;
  }

  /// `x-openstack-request-id`; empty for none.
  public String requestId() {
    return requestId;
  }

  /// What the answer asked for.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
