// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.regex.Pattern;

/// The description of a rule is no part of what it is: who revokes it need not give it (EC2
/// RevokeSecurityGroupIngress, API reference). moto compares that of rules for groups.
final class RuleDescriptions implements Rule {
  private static final Pattern DESCRIPTION =
      Pattern.compile("IpPermissions\\.\\d+\\.Groups\\.\\d+\\.Description");

  @Override
  public Answer answer(QueryCall call, Backend next) {
    return call.service().equals(QueryCall.EC2) ? next.send(plain(call)) : next.send(call);
  }

  private static QueryCall plain(QueryCall call) {
    var plain = call;
    for (var name : call.parameters().keySet()) {
      if (DESCRIPTION.matcher(name).matches()) {
        plain = plain.without(name);
      }
    }
    return plain;
  }
}
