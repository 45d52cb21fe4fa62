// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.fault;

import dev.fairway.testkit.aws.query.QueryCall;
import java.time.Duration;

/// What goes wrong with one attempt.
public sealed interface Fault {
  /// AWS refuses: nothing is done.
  ///
  /// @param status HTTP status
  /// @param code AWS's error code
  record Refuse(int status, String code, String message) implements Fault {}

  /// The connection ends before AWS has done anything.
  record ResetBefore() implements Fault {}

  /// AWS has done it, but the connection ends before the answer.
  ///
  /// @param then runs in between; whoever it ends never sees the connection end
  record ResetAfter(Runnable then) implements Fault {
    public ResetAfter() {
      this(() -> {});
    }
  }

  /// The attempt takes longer; all delays of an attempt add up.
  record Delay(Duration by) implements Fault {}

  /// The answer of a service whose token bucket is empty.
  static Fault throttled(QueryCall call) {
    return call.service().equals(QueryCall.EC2)
        ? new Refuse(503, "RequestLimitExceeded", "Request limit exceeded.")
        : new Refuse(400, "Throttling", "Rate exceeded");
  }

  /// The answer when the caller's policy does not allow the action.
  static Fault denied(QueryCall call) {
    var why =
        "User: arn:aws:sts::123456789012:assumed-role/fairway/test is not authorized to perform:"
            + " %s:%s because no identity-based policy allows the action"
                .formatted(call.service(), call.action());
    return call.service().equals(QueryCall.EC2)
        ? new Refuse(403, "UnauthorizedOperation", why)
        : new Refuse(403, "AccessDenied", why);
  }

  /// The answer to credentials that have ended.
  static Fault expired(QueryCall call) {
    return call.service().equals(QueryCall.EC2)
        ? new Refuse(400, "RequestExpired", "Request has expired.")
        : new Refuse(403, "ExpiredToken", "The security token included in the request is expired");
  }

  /// A failure inside AWS.
  static Fault internal() {
    return new Refuse(500, "InternalFailure", "An internal error occurred");
  }

  static Fault unavailable() {
    return new Refuse(503, "ServiceUnavailable", "Service is temporarily unavailable");
  }

  /// For logs, as in `reset-after` or `Throttling`.
  default String label() {
    return switch (this) {
      case Refuse refuse -> refuse.code();
      case ResetBefore _ -> "reset-before";
      case ResetAfter _ -> "reset-after";
      case Delay delay -> "delay-%dms".formatted(delay.by().toMillis());
    };
  }
}
