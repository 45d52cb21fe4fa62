// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.bench.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks into AWS past the proxy, so that it counts for nobody.
///
/// @param backend the emulator itself
record Stock(Backend backend, String region) {
  /// Counts all there is.
  ///
  /// @throws IllegalStateException when AWS does not say
  Inventory<AwsKind> take() {
    var loadBalancers = all(QueryCall.ELB, "DescribeLoadBalancers", "LoadBalancerArn");
    var listeners =
        loadBalancers.stream()
            .mapToInt(arn ->
                all(QueryCall.ELB, "DescribeListeners", "ListenerArn", "LoadBalancerArn", arn)
                    .size())
            .sum();
    return new Inventory<>(
        Map.of(
            AwsKind.LOAD_BALANCER,
            loadBalancers.size(),
            AwsKind.LISTENER,
            listeners,
            AwsKind.TARGET_GROUP,
            targetGroups().size(),
            AwsKind.SECURITY_GROUP,
            all(QueryCall.EC2, "DescribeSecurityGroups", "groupName").size(),
            AwsKind.SECURITY_GROUP_RULE,
            all(QueryCall.EC2, "DescribeSecurityGroupRules", "securityGroupRuleId").size()));
  }

  /// The ARNs of all target groups.
  List<String> targetGroups() {
    return all(QueryCall.ELB, "DescribeTargetGroups", "TargetGroupArn");
  }

  /// How many targets a target group has.
  int targets(String targetGroup) {
    return all(QueryCall.ELB, "DescribeTargetHealth", "Id", "TargetGroupArn", targetGroup).size();
  }

  /// The texts of one element, on all pages.
  private List<String> all(
      String service, String action, String element, String... namesAndValues) {
    var call = QueryCall.to(region, service, action, namesAndValues);
    var found = new ArrayList<String>();
    var next = Optional.<String>empty();
    do {
      var page = next.map(marker -> call.with(marking(service), marker)).orElse(call);
      var answer = answer(page);
      found.addAll(answer.texts(element));
      next = answer.text(service.equals(QueryCall.EC2) ? "nextToken" : "NextMarker");
    } while (next.filter(marker -> !marker.isEmpty()).isPresent());
    return found;
  }

  private Answer answer(QueryCall call) {
    var answer = backend.send(call);
    if (!answer.ok()) {
      throw new IllegalStateException("%s: %s".formatted(call.action(), answer.body()));
    }
    return answer;
  }

  private static String marking(String service) {
    return service.equals(QueryCall.EC2) ? "NextToken" : "Marker";
  }
}
