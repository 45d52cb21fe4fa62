// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/// Elastic and private addresses that a load balancer was made with: they must exist, and describes
/// show them.
final class FixedAddresses implements Rule {
  private final Ledger ledger;

  FixedAddresses(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    return switch (call.action()) {
      case "CreateLoadBalancer" ->
          refusal(call, next).orElseGet(() -> shown(call, next.send(call), next));
      case "DescribeLoadBalancers" -> shown(call, next.send(call), next);
      default -> next.send(call);
    };
  }

  private static Optional<Answer> refusal(QueryCall call, Backend next) {
    var internal = call.parameter("Scheme").orElse("").equals("internal");
    for (var subnet : call.structures("SubnetMappings")) {
      var allocation = Optional.ofNullable(subnet.get("AllocationId"));
      if (allocation.isPresent() && internal) {
        return Optional.of(
            Answer.refused(
                call,
                "InvalidConfigurationRequest",
                "An internal load balancer cannot have an Elastic IP address"));
      }
      if (allocation.isPresent() && elastic(call, next, allocation.get()).isEmpty()) {
        return Optional.of(
            Answer.refused(
                call,
                "AllocationIdNotFound",
                "The allocation ID '%s' is not found".formatted(allocation.get())));
      }
      if (subnet.containsKey("PrivateIPv4Address") && !internal) {
        return Optional.of(
            Answer.refused(
                call,
                "InvalidConfigurationRequest",
                "An internet-facing load balancer cannot have a private IPv4 address"));
      }
    }
    return Optional.empty();
  }

  private Answer shown(QueryCall call, Answer answer, Backend next) {
    var any = ledger.loadBalancers().stream().anyMatch(FixedAddresses::hasAddresses);
    return any
        ? Members.changed(answer, "LoadBalancers", member -> show(call, member, next))
        : answer;
  }

  private static boolean hasAddresses(LoadBalancer loadBalancer) {
    return loadBalancer.subnets().stream().anyMatch(subnet -> subnet.size() > 1);
  }

  private void show(QueryCall call, Element member, Backend next) {
    var loadBalancer =
        ledger
            .loadBalancer(Xml.text(member, "LoadBalancerArn"))
            .filter(FixedAddresses::hasAddresses);
    var zones = Xml.child(member, "AvailabilityZones");
    if (loadBalancer.isEmpty() || zones.isEmpty()) {
      return;
    }
    for (var zone : Xml.children(zones.get())) {
      var id = Xml.text(zone, "SubnetId");
      loadBalancer.get().subnets().stream()
          .filter(subnet -> id.equals(subnet.get("SubnetId")) && subnet.size() > 1)
          .forEach(subnet -> addAddress(call, zone, subnet, next));
    }
  }

  private static void addAddress(
      QueryCall call, Element zone, Map<String, String> subnet, Backend next) {
    Xml.child(zone, "LoadBalancerAddresses").ifPresent(zone::removeChild);
    var address = Xml.append(Xml.append(zone, "LoadBalancerAddresses", ""), "member", "");
    subnet.forEach((name, value) -> {
      if (!name.equals("SubnetId")) {
        Xml.append(address, name, value);
      }
    });
    Optional.ofNullable(subnet.get("AllocationId"))
        .flatMap(id -> elastic(call, next, id))
        .ifPresent(ip -> Xml.append(address, "IpAddress", ip));
  }

  private static Optional<String> elastic(QueryCall call, Backend next, String allocation) {
    return next.send(call.also(QueryCall.EC2, "DescribeAddresses", "AllocationId.1", allocation))
        .text("publicIp");
  }
}
