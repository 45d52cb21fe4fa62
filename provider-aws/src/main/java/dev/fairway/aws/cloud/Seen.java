// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.Surroundings;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.Tags;
import dev.fairway.cloud.error.CloudException;
import java.util.Map;

/// Finds what an action names. When it is not there any more, the plan was made from something that
/// is no longer true.
final class Seen {
  private Seen() {}

  static Balancer balancer(AwsObserved seen, String name) {
    return seen.balancer(name).orElseThrow(() -> gone("load balancer", name));
  }

  static TargetGroup group(AwsObserved seen, String name) {
    return seen.group(name).orElseThrow(() -> gone("target group", name));
  }

  static SecurityGroup front(AwsObserved seen, String name) {
    return seen.frontGroup(name).orElseThrow(() -> gone("security group", name));
  }

  static String backend(Surroundings around) {
    return around.backendGroup().orElseThrow(() -> gone("the shared", "security group"));
  }

  /// The same after a load balancer was lost: target groups serve it no more.
  static AwsObserved without(AwsObserved seen, Balancer lost) {
    return seen.withBalancers(
            seen.balancers().stream().filter(one -> !one.arn().equals(lost.arn())).toList())
        .withGroups(seen.groups().stream().map(group -> group.detachedFrom(lost.arn())).toList());
  }

  private static CloudException gone(String kind, String name) {
    return new CloudException.Conflict("%s %s is not there".formatted(kind, name), null);
  }

  /// The group, if it carries what makes it ours.
  ///
  /// @throws CloudException.Rejected when somebody else has one of that name
  static SecurityGroup ours(SecurityGroup found, Map<String, String> wanted) {
    if (!Tags.haveOneOwner(found.tags(), wanted)) {
      throw taken(found, Tags.nameAService(wanted));
    }
    return found;
  }

  private static CloudException taken(SecurityGroup found, boolean ofService) {
    return Existing.taken(
        "security group " + found.name(),
        found.id(),
        ofService
            ? "service.beta.kubernetes.io/aws-load-balancer-security-groups"
            : "settings.backendSecurityGroup",
        ofService
            ? "name groups of your own in this annotation, such as sg-0a1b2c3d"
            : "set this to the id of a group of your own, such as sg-0a1b2c3d");
  }
}
