// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.fault;

import dev.fairway.testkit.openstack.http.Answer;
import java.time.Duration;

/// What goes wrong with one attempt.
public sealed interface Fault {
  /// The service refuses, or something in front of it: nothing is done.
  record Refuse(Answer answer) implements Fault {}

  /// The connection ends before the service has done anything.
  record ResetBefore() implements Fault {}

  /// The service has done it, but the connection ends before the answer.
  ///
  /// @param then runs in between; whoever it ends never sees the connection end
  record ResetAfter(Runnable then) implements Fault {
    public ResetAfter() {
      this(() -> {});
    }
  }

  /// The attempt takes longer; all delays of an attempt add up.
  record Delay(Duration by) implements Fault {}

  /// The answer comes in ten pieces.
  ///
  /// @param pause before each
  record SlowBody(Duration pause) implements Fault {}

  /// The answer's body ends in the middle; to HTTP all is well.
  record Truncate() implements Fault {}

  /// The connection ends in the middle of the answer's body.
  record Cut() implements Fault {}

  /// The token is unknown or has ended.
  static Fault unauthorized() {
    return new Refuse(Answer.unauthorized());
  }

  /// The caller's roles do not allow it.
  static Fault forbidden(Attempt attempt) {
    return attempt.service().equals(Attempt.NETWORK)
        ? new Refuse(Answer.neutron(403, "PolicyNotAuthorized", "rule is disallowed by policy"))
        : new Refuse(Answer.octavia(403, "Policy does not allow this request to be performed."));
  }

  /// @param resource in the words of the service, as in `Load Balancer` or `floatingip`
  static Fault overQuota(Attempt attempt, String resource) {
    return attempt.service().equals(Attempt.NETWORK)
        ? new Refuse(
            Answer.neutron(
                409, "OverQuota", "Quota exceeded for resources: ['%s'].".formatted(resource)))
        : new Refuse(Answer.octavia(403, "Quota has been met for resources: " + resource));
  }

  /// Somebody else's change of that load balancer is under way.
  ///
  /// @param balancer its id
  static Fault immutable(String balancer) {
    return new Refuse(
        Answer.octavia(
            409, "Load Balancer %s is immutable and cannot be updated.".formatted(balancer)));
  }

  /// @param retryAfter in whole seconds
  static Fault throttled(Duration retryAfter) {
    return new Refuse(
        Answer.text(429, "This request was rate-limited.")
            .with("retry-after", Long.toString(retryAfter.toSeconds())));
  }

  /// An error of the service itself.
  ///
  /// @param status 500 or more
  static Fault broken(Attempt attempt, int status) {
    var text = "Request Failed: internal server error while processing your request.";
    return switch (attempt.service()) {
      case Attempt.NETWORK -> new Refuse(Answer.neutron(status, "HTTPInternalServerError", text));
      case Attempt.IDENTITY -> new Refuse(Answer.identity(status, "Internal Server Error", text));
      default -> new Refuse(Answer.octavia(status, text));
    };
  }

  /// A page of what stands in front of the service.
  ///
  /// @param status 500 or more
  static Fault page(int status) {
    return new Refuse(
        Answer.html(
            status,
            switch (status) {
              case 502 -> "Bad Gateway";
              case 503 -> "Service Unavailable";
              case 504 -> "Gateway Time-out";
              default -> "Internal Server Error";
            }));
  }

  /// For logs, as in `reset-after` or `refuse-429`.
  default String label() {
    return switch (this) {
      case Refuse refuse -> "refuse-" + refuse.answer().status();
      case ResetBefore _ -> "reset-before";
      case ResetAfter _ -> "reset-after";
      case Delay delay -> "delay-%dms".formatted(delay.by().toMillis());
      case SlowBody _ -> "slow-body";
      case Truncate _ -> "truncate";
      case Cut _ -> "cut";
    };
  }
}
