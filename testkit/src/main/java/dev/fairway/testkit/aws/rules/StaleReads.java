// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Reads lag behind: what is new is not shown by the first describes that should.
final class StaleReads implements Rule {
  private record Kind(String list, String id, String missing) {}

  private static final Map<String, Kind> READS =
      Map.of(
          "DescribeLoadBalancers",
              new Kind("LoadBalancers", "LoadBalancerArn", "LoadBalancerNotFound"),
          "DescribeTargetGroups", new Kind("TargetGroups", "TargetGroupArn", "TargetGroupNotFound"),
          "DescribeListeners", new Kind("Listeners", "ListenerArn", "ListenerNotFound"),
          "DescribeSecurityGroups",
              new Kind("securityGroupInfo", "groupId", "InvalidGroup.NotFound"));
  private static final Map<String, String> WRITES =
      Map.of(
          "CreateLoadBalancer", "LoadBalancerArn",
          "CreateTargetGroup", "TargetGroupArn",
          "CreateListener", "ListenerArn",
          "CreateSecurityGroup", "groupId");

  private final Conduct conduct;
  private final Map<String, Integer> hidden = new ConcurrentHashMap<>();

  StaleReads(Conduct conduct) {
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var answer = next.send(call);
    var id = WRITES.get(call.action());
    if (id != null && conduct.staleReads() > 0) {
      answer.text(id).ifPresent(made -> hidden.putIfAbsent(made, conduct.staleReads()));
    }
    var kind = READS.get(call.action());
    return kind == null || hidden.isEmpty() || !answer.ok() ? answer : without(call, answer, kind);
  }

  private Answer without(QueryCall call, Answer answer, Kind kind) {
    var document = Xml.parse(answer.body());
    var members = Members.of(document, kind.list());
    var removed = 0;
    for (var member : members) {
      if (isHidden(Xml.text(member, kind.id()))) {
        member.getParentNode().removeChild(member);
        removed++;
      }
    }
    if (removed == 0) {
      return answer;
    }
    return removed == members.size() && named(call)
        ? Answer.refused(call, kind.missing(), "One or more of them not found")
        : answer.withBody(Xml.write(document));
  }

  private static boolean named(QueryCall call) {
    return call.parameters().keySet().stream()
        .anyMatch(
            key -> key.startsWith("Names.") || key.contains("Arns.") || key.startsWith("GroupId."));
  }

  private boolean isHidden(String id) {
    if (!hidden.containsKey(id)) {
      return false;
    }
    hidden.computeIfPresent(id, (_, left) -> left <= 1 ? null : left - 1);
    return true;
  }
}
