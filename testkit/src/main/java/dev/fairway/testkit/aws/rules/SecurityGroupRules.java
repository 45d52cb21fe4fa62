// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// So many inbound rules a security group can have; those for IPv4 and those for IPv6 count apart,
/// and a group as source in both.
final class SecurityGroupRules implements Rule {
  private final Conduct conduct;

  SecurityGroupRules(Conduct conduct) {
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    if (!call.is(QueryCall.EC2, "AuthorizeSecurityGroupIngress")) {
      return next.send(call);
    }
    var present = SecurityGroups.ask(call, next, call.parameter("GroupId").orElse(""));
    var limit = conduct.limits().rulesPerSecurityGroup();
    return exceeds(call, present, List.of("IpRanges", "Groups", "PrefixListIds"), limit)
            || exceeds(call, present, List.of("Ipv6Ranges", "Groups", "PrefixListIds"), limit)
        ? Answer.refused(
            call,
            "RulesPerSecurityGroupLimitExceeded",
            "The maximum number of rules per security group has been reached.")
        : next.send(call);
  }

  private static boolean exceeds(QueryCall call, Answer present, List<String> sources, int limit) {
    long sum = 0;
    long added = 0;
    for (var source : sources) {
      var element = source.substring(0, 1).toLowerCase(Locale.ROOT) + source.substring(1);
      var pattern = Pattern.compile("IpPermissions\\.\\d+\\." + source + "\\.\\d+");
      sum += SecurityGroups.rules(present, element);
      added +=
          call.parameters().keySet().stream()
              .map(pattern::matcher)
              .filter(Matcher::lookingAt)
              .map(Matcher::group)
              .distinct()
              .count();
    }
    return added > 0 && sum + added > limit;
  }
}
