// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells of quotas that are nearly used up, before the next Service finds them full.
final class Forecast {
  private static final double NEAR = 0.9;
  // Inbound rules per security group, unless it was raised (Amazon VPC quotas).
  private static final int RULES = 60;

  private Forecast() {}

  static List<Note> of(Goal goal) {
    var notes = new ArrayList<Note>();
    var quotas = goal.seen().around().quotas();
    if (goal.current().isEmpty()) {
      quotas
          .limit("network-load-balancers")
          .flatMap(
              limit -> near("Network Load Balancers per Region", quotas.balancers() + 1, limit))
          .ifPresent(notes::add);
      quotas
          .limit("target-groups")
          .flatMap(limit ->
              near(
                  "Target Groups per Region",
                  quotas.groups() + goal.spec().listeners().size(),
                  limit))
          .ifPresent(notes::add);
      nodeRules(goal).ifPresent(notes::add);
    }
    targets(goal).ifPresent(notes::add);
    if (goal.groups().map(groups -> !groups.front().isEmpty()).orElse(false)) {
      near(
              "Inbound or outbound rules per security group",
              AccessSteps.clientRules(goal).size(),
              RULES)
          .ifPresent(notes::add);
    }
    return notes;
  }

  private static Optional<Note> targets(Goal goal) {
    var targets =
        goal.spec().listeners().stream().mapToInt(one -> one.group().targets().size()).sum();
    return goal.seen()
        .around()
        .quotas()
        .limit("targets-per-network-load-balancer")
        .flatMap(limit -> near("Targets per Network Load Balancer", targets, limit));
  }

  private static Optional<Note> nodeRules(Goal goal) {
    var around = goal.seen().around();
    return around.nodeGroups().stream()
        .flatMap(id -> Optional.ofNullable(around.groups().get(id)).stream())
        .map(SecurityGroup::ingress)
        .flatMap(rules ->
            near("Inbound or outbound rules per security group", rules.size(), RULES).stream())
        .findFirst();
  }

  private static Optional<Note> near(String quota, int used, int limit) {
    return used < limit * NEAR
        ? Optional.empty()
        : Optional.of(
            Note.warning(
                "QuotaNear",
                "with this Service %d of %d are used of the AWS quota '%s'"
                    .formatted(used, limit, quota),
                "have the quota raised before it is reached"));
  }
}
