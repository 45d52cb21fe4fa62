// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import java.util.List;
import org.w3c.dom.Element;

/// Reads DescribeSecurityGroups.
final class SecurityGroups {
  private SecurityGroups() {}

  static List<String> ids(Answer describe) {
    return elements(describe).stream().map(group -> Xml.text(group, "groupId")).toList();
  }

  /// How many inbound rules the groups in the answer have, by the kind of source: `ipRanges`,
  /// `ipv6Ranges`, `groups`, `prefixListIds`.
  static int rules(Answer describe, String source) {
    return elements(describe).stream()
        .flatMap(group -> Xml.child(group, "ipPermissions").stream())
        .flatMap(permissions -> Xml.children(permissions).stream())
        .flatMap(permission -> Xml.child(permission, source).stream())
        .mapToInt(sources -> Xml.children(sources).size())
        .sum();
  }

  static Answer ask(QueryCall call, Backend next, String group) {
    return next.send(call.also(QueryCall.EC2, "DescribeSecurityGroups", "GroupId.1", group));
  }

  private static List<Element> elements(Answer describe) {
    return describe.ok() ? Members.of(Xml.parse(describe.body()), "securityGroupInfo") : List.of();
  }
}
