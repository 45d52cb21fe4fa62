// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.model.SecurityGroup;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes security groups, and changes what they let in.
final class SecurityGroups {
  private final Ec2Calls ec2;

  SecurityGroups(Ec2Calls ec2) {
    this.ec2 = ec2;
  }

  /// A group of this name, which is ours: made now, or before.
  ///
  /// @param about its description, in the characters that EC2 allows
  SecurityGroup make(String vpcId, String name, String about, Map<String, String> tags, Lane lane) {
    var group =
        Existing.orMade(
            () ->
                new SecurityGroup(
                    ec2.createGroup(vpcId, name, about, tags, lane), name, tags, Set.of()),
            () -> ec2.group(vpcId, name, lane),
            "security group " + name);
    return Seen.ours(group, tags);
  }

  void allow(String id, List<IngressRule> rules, String about, Lane lane) {
    Existing.allowed(rules, some -> ec2.allow(id, some, about, lane));
  }

  void deny(String id, List<IngressRule> rules, Lane lane) {
    Existing.denied(rules, some -> ec2.deny(id, some, lane));
  }

  void delete(String id, Lane lane) {
    Existing.orGone(() -> ec2.deleteGroup(id, lane));
  }
}
