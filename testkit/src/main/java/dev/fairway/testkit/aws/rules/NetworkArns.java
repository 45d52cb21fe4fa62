// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// ARNs of Network Load Balancers say `net`; emulators say `app` for all.
final class NetworkArns implements Rule {
  private static final Pattern NET = Pattern.compile(":(loadbalancer|listener)/net/");
  private static final Pattern APP = Pattern.compile(":(loadbalancer|listener)/app/([^/<]*)/");

  private final Set<String> applications = ConcurrentHashMap.newKeySet();

  @Override
  public Answer answer(QueryCall call, Backend next) {
    if (call.is(QueryCall.ELB, "CreateLoadBalancer")
        && !call.parameter("Type").orElse("").equals("network")) {
      applications.add(call.parameter("Name").orElse(""));
    }
    var answer = next.send(call.rewritten(text -> NET.matcher(text).replaceAll(":$1/app/")));
    return answer.withBody(APP.matcher(answer.body()).replaceAll(this::rewritten));
  }

  private String rewritten(MatchResult found) {
    return Matcher.quoteReplacement(
        applications.contains(found.group(2))
            ? found.group()
            : ":%s/net/%s/".formatted(found.group(1), found.group(2)));
  }
}
