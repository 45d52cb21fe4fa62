// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/// A target group serves one load balancer at most, and describes show which, also after listeners
/// went.
final class TargetGroupUse implements Rule {
  private final Ledger ledger;

  TargetGroupUse(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    return switch (call.action()) {
      case "CreateListener" ->
          taken(call, call.parameter("LoadBalancerArn")).orElseGet(() -> next.send(call));
      case "ModifyListener" ->
          taken(
                  call,
                  call.parameter("ListenerArn")
                      .flatMap(ledger::listener)
                      .map(Listener::loadBalancer))
              .orElseGet(() -> next.send(call));
      case "DescribeTargetGroups" -> describe(call, next);
      default -> next.send(call);
    };
  }

  private Optional<Answer> taken(QueryCall call, Optional<String> loadBalancer) {
    return Listener.targetGroups(Settings.of(call, Map.of())).stream()
        .filter(group -> {
          var users = new LinkedHashSet<>(ledger.loadBalancersOf(group));
          loadBalancer.ifPresent(users::remove);
          return !users.isEmpty();
        })
        .findFirst()
        .map(group ->
            Answer.refused(
                call,
                "TargetGroupAssociationLimit",
                "The following target groups cannot be associated with more than one load balancer: "
                    + group));
  }

  /// The emulator never forgets a load balancer, so that it cannot be asked for those of one.
  private Answer describe(QueryCall call, Backend next) {
    var loadBalancer = call.parameter("LoadBalancerArn");
    if (loadBalancer.isPresent() && ledger.loadBalancer(loadBalancer.get()).isEmpty()) {
      return next.send(call);
    }
    var answer = next.send(call.without("LoadBalancerArn"));
    if (!answer.ok()) {
      return answer;
    }
    var document = Xml.parse(answer.body());
    for (var member : Members.of(document, "TargetGroups")) {
      var arn = Xml.text(member, "TargetGroupArn");
      var users = ledger.loadBalancersOf(arn);
      if (loadBalancer.isPresent() && !users.contains(loadBalancer.get())) {
        member.getParentNode().removeChild(member);
      } else if (ledger.targetGroup(arn).isPresent()) {
        show(member, users);
      }
    }
    return answer.withBody(Xml.write(document));
  }

  private static void show(Element member, Set<String> users) {
    Xml.child(member, "LoadBalancerArns").ifPresent(member::removeChild);
    var list = Xml.append(member, "LoadBalancerArns", "");
    users.forEach(arn -> Xml.append(list, "member", arn));
  }
}
