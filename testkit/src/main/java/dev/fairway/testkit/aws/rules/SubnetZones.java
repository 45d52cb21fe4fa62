// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A load balancer has one subnet in a zone, and cannot change it for another one there in a single
/// call (aws-load-balancer-controller issue 4171).
final class SubnetZones implements Rule {
  private final Ledger ledger;

  SubnetZones(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    return switch (call.action()) {
      case "CreateLoadBalancer" ->
          crowded(call, zones(call, ids(LoadBalancerRecords.subnets(call)), next))
              .orElseGet(() -> next.send(call));
      case "SetSubnets" -> set(call, next);
      default -> next.send(call);
    };
  }

  private Answer set(QueryCall call, Backend next) {
    var after = zones(call, ids(LoadBalancerRecords.subnets(call)), next);
    var before =
        call.parameter("LoadBalancerArn")
            .flatMap(ledger::loadBalancer)
            .map(lb -> zones(call, ids(lb.subnets()), next))
            .orElse(Map.of());
    return crowded(call, after)
        .or(() -> replaced(call, before, after))
        .orElseGet(() -> next.send(call));
  }

  private static List<String> ids(List<Map<String, String>> subnets) {
    return subnets.stream().map(subnet -> subnet.getOrDefault("SubnetId", "")).toList();
  }

  /// The zone of each subnet; those that do not exist are for the backend to refuse.
  private static Map<String, String> zones(QueryCall call, List<String> ids, Backend next) {
    var question = call.also(QueryCall.EC2, "DescribeSubnets", "Filter.1.Name", "subnet-id");
    for (int i = 0; i < ids.size(); i++) {
      question = question.with("Filter.1.Value." + (i + 1), ids.get(i));
    }
    var zones = new HashMap<String, String>();
    if (!ids.isEmpty()) {
      var answer = Xml.parse(next.send(question).body());
      for (var subnet : Members.of(answer, "subnetSet")) {
        zones.put(Xml.text(subnet, "subnetId"), Xml.text(subnet, "availabilityZone"));
      }
    }
    return zones;
  }

  private static Optional<Answer> crowded(QueryCall call, Map<String, String> zones) {
    return zones.values().stream().distinct().count() == zones.size()
        ? Optional.empty()
        : Optional.of(
            Answer.refused(
                call,
                "InvalidConfigurationRequest",
                "A load balancer cannot be attached to multiple subnets in the same Availability"
                    + " Zone"));
  }

  private static Optional<Answer> replaced(
      QueryCall call, Map<String, String> before, Map<String, String> after) {
    return after.entrySet().stream()
        .filter(subnet ->
            !before.containsKey(subnet.getKey()) && before.containsValue(subnet.getValue()))
        .findFirst()
        .map(subnet ->
            Answer.refused(
                call,
                "InvalidConfigurationRequest",
                "You cannot replace the subnet of Availability Zone '%s' in one call"
                    .formatted(subnet.getValue())));
  }
}
