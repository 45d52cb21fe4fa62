// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim;

import dev.fairway.testkit.openstack.http.Answer;

/// A request that a simulated service does not carry out.
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Answer answer;

  public Refused(Answer answer) {
    // Thrown in the ordinary course of things: no stack trace.
    super(answer.error().orElse("refused"), null, false, false);
    this.answer = answer;
  }

  /// In the form of Octavia's errors.
  public static Refused octavia(int status, String fault) {
    return new Refused(Answer.octavia(status, fault));
  }

  /// Octavia's words for a value that does not fit with the others.
  public static Refused validation(String detail) {
    return octavia(400, "Validation failure: " + detail);
  }

  /// In the form of Neutron's errors.
  public static Refused neutron(int status, String type, String message) {
    return new Refused(Answer.neutron(status, type, message));
  }

  /// What the client is told.
  public Answer answer() {
    return answer;
  }
}
