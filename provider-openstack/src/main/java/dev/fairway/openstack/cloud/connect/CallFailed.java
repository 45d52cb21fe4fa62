// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.config.Secret;
import java.io.IOException;
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
    /// No answer came, or one that cannot be read: whether it was carried out is unknown.
    LOST,
    /// It was answered.
    ANSWERED
  }

  private final Fate fate;
  private final int status;
  private final String kind;
  private final String said;
  private final String requestId;
  private final boolean ofService;
  private final @Nullable Duration retryAfter;

  private CallFailed(
      Fate fate,
      int status,
      Fault fault,
      String requestId,
      @Nullable Duration retryAfter,
      @Nullable IOException cause) {
    super(
        status == 0
            ? fault.said()
            : "status %d%s%s"
                .formatted(
                    status,
                    fault.said().isEmpty() ? "" : ": " + fault.said(),
                    requestId.isEmpty() ? "" : " (" + requestId + ")"),
        cause);
    this.fate = fate;
    this.status = status;
    this.kind = fault.kind();
    this.said = fault.said();
    this.requestId = requestId;
    this.ofService = fault.ofService();
    this.retryAfter = retryAfter;
  }

  /// The request did not leave.
  static CallFailed notSent(String why, IOException cause) {
    return new CallFailed(Fate.NOT_SENT, 0, new Fault("", why), "", null, cause);
  }

  /// No answer came.
  static CallFailed lost(String why, IOException cause) {
    return new CallFailed(Fate.LOST, 0, new Fault("", why), "", null, cause);
  }

  /// An answer came that nobody can read.
  static CallFailed garbled(int status, String why, String requestId) {
    return new CallFailed(Fate.LOST, status, new Fault("", why), requestId, null, null);
  }

  /// An answer came that says no.
  static CallFailed answered(
      int status, Fault fault, String requestId, Optional<Duration> retryAfter) {
    return new CallFailed(Fate.ANSWERED, status, fault, requestId, retryAfter.orElse(null), null);
  }

  /// The same without a text that must not be shown.
  CallFailed without(Secret secret) {
    if (!said.contains(secret.revealed())) {
      return this;
    }
    return new CallFailed(
        fate,
        status,
        new Fault(kind, said.replace(secret.revealed(), secret.toString()), ofService),
        requestId,
        retryAfter,
        null);
  }

  /// What OpenStack said, if the error came from a call that was made.
  public static Optional<CallFailed> of(CloudException error) {
    return error.getCause() instanceof CallFailed failed ? Optional.of(failed) : Optional.empty();
  }

  /// Whether the call that ended so may have been carried out all the same: what a POST was to make
  /// must be looked for before it is repeated.
  public static boolean mayHaveBeenCarriedOut(CloudException error) {
    return of(error)
        .map(
            failed -> failed.fate == Fate.LOST || (failed.status >= 500 && !failed.refusedAsBusy()))
        .orElse(false);
  }

  /// Whether the service itself says that there is no such thing. A proxy that knows no way to it
  /// says 404, too: to believe that would be to make everything anew.
  boolean gone() {
    return fate == Fate.ANSWERED && status == 404 && ofService;
  }

  /// Whether Octavia could not lock the project, as happens when several load balancers are asked
  /// for at once.
  boolean refusedAsBusy() {
    return status == 503 && said.startsWith("Project busy");
  }

  public Fate fate() {
    return fate;
  }

  /// Of HTTP; 0 where no answer came.
  public int status() {
    return status;
  }

  /// Neutron's name of the error, such as `OverQuota`; empty for none.
  public String kind() {
    return kind;
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
