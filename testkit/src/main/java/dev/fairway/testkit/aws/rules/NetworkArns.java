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
  private static final Pattern NET = Pattern.compile(":(loadbalancer|listener)/net/([^/<]*)/");
  private static final Pattern APP = Pattern.compile(":(loadbalancer|listener)/app/([^/<]*)/");

  private final Set<String> applications = ConcurrentHashMap.newKeySet();
  // Only what was rewritten is written back: there may be an emulator that says `net` by itself.
  private final Set<String> networks = ConcurrentHashMap.newKeySet();

  @Override
  public Answer answer(QueryCall call, Backend next) {
    if (call.is(QueryCall.ELB, "CreateLoadBalancer")
        && !call.parameter("Type").orElse("").equals("network")) {
      applications.add(call.parameter("Name").orElse(""));
    }
    var answer = next.send(call.rewritten(text -> NET.matcher(text).replaceAll(this::back)));
    return answer.withBody(APP.matcher(answer.body()).replaceAll(this::forth));
  }

  private String back(MatchResult found) {
    return networks.contains(found.group(2)) ? named(found, "app") : literal(found);
  }

  private String forth(MatchResult found) {
    if (applications.contains(found.group(2))) {
      return literal(found);
    }
    networks.add(found.group(2));
    return named(found, "net");
  }

  private static String named(MatchResult found, String type) {
    return Matcher.quoteReplacement(":%s/%s/%s/".formatted(found.group(1), type, found.group(2)));
  }

  private static String literal(MatchResult found) {
    return Matcher.quoteReplacement(found.group());
  }
}
