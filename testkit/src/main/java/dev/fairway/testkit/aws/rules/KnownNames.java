// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.List;
import java.util.Map;

/// A describe by name or ARN fails when one of them is unknown; the emulator notices only the
/// first.
final class KnownNames implements Rule {
  private static final Map<String, String> KINDS =
      Map.of(
          "DescribeLoadBalancers", "LoadBalancer",
          "DescribeTargetGroups", "TargetGroup",
          "DescribeListeners", "Listener");

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var kind = KINDS.get(call.action());
    if (kind == null || !call.service().equals(QueryCall.ELB)) {
      return next.send(call);
    }
    var answer = next.send(call);
    if (!answer.ok()) {
      return answer;
    }
    var missing = missing(call.list(kind + "Arns"), answer.texts(kind + "Arn"));
    missing =
        missing.isEmpty() ? missing(call.list("Names"), answer.texts(kind + "Name")) : missing;
    return missing.isEmpty()
        ? answer
        : Answer.refused(call, kind + "NotFound", "%ss '%s' not found".formatted(kind, missing));
  }

  private static List<String> missing(List<String> asked, List<String> found) {
    return asked.stream().filter(one -> !found.contains(one)).toList();
  }
}
