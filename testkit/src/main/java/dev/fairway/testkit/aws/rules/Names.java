// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.Optional;

/// Names of load balancers and target groups (API reference of CreateLoadBalancer).
final class Names implements Rule {
  private static final int MAX_LENGTH = 32;

  @Override
  public Answer answer(QueryCall call, Backend next) {
    return switch (call.action()) {
      case "CreateLoadBalancer" ->
          wrong("load balancer", name(call))
              .or(() -> reserved(name(call)))
              .map(why -> Answer.refused(call, "ValidationError", why))
              .orElseGet(() -> next.send(call));
      case "CreateTargetGroup" ->
          wrong("target group", name(call))
              .map(why -> Answer.refused(call, "ValidationError", why))
              .orElseGet(() -> next.send(call));
      default -> next.send(call);
    };
  }

  private static String name(QueryCall call) {
    return call.parameter("Name").orElse("");
  }

  private static Optional<String> wrong(String what, String name) {
    var subject = "The %s name '%s' ".formatted(what, name);
    if (name.isEmpty()) {
      return Optional.of(subject + "cannot be empty");
    }
    if (name.length() > MAX_LENGTH) {
      return Optional.of(subject + "cannot be longer than '32' characters");
    }
    if (!name.matches("[A-Za-z0-9-]+")) {
      return Optional.of(
          subject + "can only contain characters that are alphanumeric characters and hyphens(-)");
    }
    return name.startsWith("-") || name.endsWith("-")
        ? Optional.of(subject + "cannot begin or end with a hyphen(-)")
        : Optional.empty();
  }

  private static Optional<String> reserved(String name) {
    return name.startsWith("internal-")
        ? Optional.of("The load balancer name '%s' cannot begin with 'internal-'".formatted(name))
        : Optional.empty();
  }
}
