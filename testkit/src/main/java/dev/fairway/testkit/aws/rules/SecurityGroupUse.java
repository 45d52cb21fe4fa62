// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.List;

/// A security group that something uses or names cannot be deleted.
final class SecurityGroupUse implements Rule {
  private final Ledger ledger;
  private final Conduct conduct;

  SecurityGroupUse(Ledger ledger, Conduct conduct) {
    this.ledger = ledger;
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var group = call.parameter("GroupId").orElse("");
    return call.is(QueryCall.EC2, "DeleteSecurityGroup") && isUsed(call, group, next)
        ? Answer.refused(
            call, "DependencyViolation", "resource %s has a dependent object".formatted(group))
        : next.send(call);
  }

  private boolean isUsed(QueryCall call, String group, Backend next) {
    return ledger.loadBalancers().stream().anyMatch(lb -> lb.securityGroups().contains(group))
        || isHeld(group)
        || isNamed(call, group, next)
        || !ids(call, next, "DescribeNetworkInterfaces", "group-id", group, "networkInterfaceId")
            .isEmpty();
  }

  /// By the interfaces of a load balancer that went just now.
  private boolean isHeld(String group) {
    return ledger
        .freed(group)
        .filter(since -> !conduct.passed(conduct.times().release(), since))
        .isPresent();
  }

  /// By a rule of another group; its own do not count.
  private static boolean isNamed(QueryCall call, String group, Backend next) {
    var holders =
        next.send(
            call.also(
                QueryCall.EC2,
                "DescribeSecurityGroups",
                "Filter.1.Name",
                "ip-permission.group-id",
                "Filter.1.Value.1",
                group));
    return SecurityGroups.ids(holders).stream().anyMatch(id -> !id.equals(group));
  }

  private static List<String> ids(
      QueryCall call, Backend next, String action, String filter, String value, String element) {
    return next.send(
            call.also(QueryCall.EC2, action, "Filter.1.Name", filter, "Filter.1.Value.1", value))
        .texts(element);
  }
}
