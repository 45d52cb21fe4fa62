// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes into the ledger what calls have done to load balancers.
final class LoadBalancerRecords implements Rule {
  private final Ledger ledger;
  private final Conduct conduct;

  LoadBalancerRecords(Ledger ledger, Conduct conduct) {
    this.ledger = ledger;
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var answer = next.send(call);
    if (answer.ok() && call.service().equals(QueryCall.ELB)) {
      note(call, answer);
    }
    return answer;
  }

  private void note(QueryCall call, Answer answer) {
    var arn = call.parameter("LoadBalancerArn").orElse("");
    switch (call.action()) {
      case "CreateLoadBalancer" ->
          answer.text("LoadBalancerArn").ifPresent(made -> made(call, made));
      case "DeleteLoadBalancer" -> ledger.removeLoadBalancer(arn, conduct.now());
      case "SetSubnets" ->
          ledger.changeLoadBalancer(
              arn,
              lb ->
                  lb.withSubnets(subnets(call))
                      .withSettings(
                          lb.settings()
                              .without("Subnets")
                              .without("SubnetMappings")
                              .changedBy(call.without("LoadBalancerArn"))));
      case "SetIpAddressType" ->
          ledger.changeLoadBalancer(arn, lb -> lb.withSettings(changed(lb, call)));
      case "SetSecurityGroups" ->
          ledger.changeLoadBalancer(
              arn,
              lb ->
                  lb.withSecurityGroups(Set.copyOf(call.list("SecurityGroups")))
                      .withSettings(changed(lb, call)));
      case "ModifyLoadBalancerAttributes" -> protection(arn, call);
      default -> {}
    }
  }

  private void made(QueryCall call, String arn) {
    ledger.put(
        new LoadBalancer(
            arn,
            call.parameter("Name").orElse(""),
            call.parameter("Type").orElse("").equals("network"),
            settings(call),
            subnets(call),
            Set.copyOf(call.list("SecurityGroups")),
            false,
            conduct.now()));
  }

  private void protection(String arn, QueryCall call) {
    for (var attribute : call.structures("Attributes")) {
      if ("deletion_protection.enabled".equals(attribute.get("Key"))) {
        var on = Boolean.parseBoolean(attribute.get("Value"));
        ledger.changeLoadBalancer(arn, lb -> lb.withDeletionProtected(on));
      }
    }
  }

  private static Settings changed(LoadBalancer before, QueryCall call) {
    return before.settings().changedBy(call.without("LoadBalancerArn"));
  }

  static Settings settings(QueryCall create) {
    return Settings.of(create, Map.of("Scheme", "internet-facing", "IpAddressType", "ipv4"));
  }

  static List<Map<String, String>> subnets(QueryCall call) {
    var subnets = new ArrayList<>(call.structures("SubnetMappings"));
    call.list("Subnets").forEach(id -> subnets.add(Map.of("SubnetId", id)));
    return subnets;
  }
}
