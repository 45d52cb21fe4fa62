// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import dev.fairway.cloud.Detail;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The parts of a load balancer in words.
final class AwsDetails {
  private AwsDetails() {}

  static List<Detail> of(AwsObserved seen) {
    return Stream.concat(
            seen.balancers().stream().map(AwsDetails::balancer),
            seen.groups().stream().map(AwsDetails::group))
        .toList();
  }

  private static Detail balancer(Balancer balancer) {
    var state =
        switch (balancer.state()) {
          case "failed" -> Detail.State.FAILING;
          case "provisioning" -> Detail.State.WAITING;
          default -> Detail.State.OK;
        };
    return new Detail(
        "load balancer " + balancer.name(),
        state,
        "%s, %s, %s".formatted(balancer.state(), balancer.scheme(), balancer.dnsName()));
  }

  private static Detail group(TargetGroup group) {
    var subject = "target group %s (%s/%d)".formatted(group.name(), group.protocol(), group.port());
    if (group.balancers().isEmpty()) {
      return new Detail(subject, Detail.State.WAITING, "no listener forwards to it");
    }
    if (group.health().isEmpty()) {
      return group.targets().known().map(Set::isEmpty).orElse(false)
          ? new Detail(subject, Detail.State.FAILING, "no targets")
          : new Detail(subject, Detail.State.OK, "the health of its targets was not read yet");
    }
    var byState =
        group.health().stream()
            .collect(
                Collectors.groupingBy(
                    health ->
                        health.reason().isEmpty()
                            ? health.state()
                            : "%s (%s)".formatted(health.state(), health.reason()),
                    TreeMap::new,
                    Collectors.counting()));
    var text =
        byState.entrySet().stream()
            .map(entry -> "%d %s".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    var healthy = group.health().stream().anyMatch(health -> health.state().equals("healthy"));
    var coming = group.health().stream().anyMatch(health -> health.state().equals("initial"));
    return new Detail(
        subject,
        healthy ? Detail.State.OK : coming ? Detail.State.WAITING : Detail.State.FAILING,
        text);
  }
}
