// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.model.IngressRule;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/// Rules of security groups, to and from EC2's words.
final class Permissions {
  private static final int ALL_PORTS = 65535;

  private Permissions() {}

  static Set<IngressRule> rules(List<IpPermission> permissions) {
    var rules = new HashSet<IngressRule>();
    for (var permission : permissions) {
      var all = "-1".equals(permission.ipProtocol());
      var from = all ? 0 : Optional.ofNullable(permission.fromPort()).orElse(0);
      var to = all ? ALL_PORTS : Optional.ofNullable(permission.toPort()).orElse(ALL_PORTS);
      sources(permission)
          .forEach(source -> rules.add(new IngressRule(permission.ipProtocol(), from, to, source)));
    }
    return rules;
  }

  private static Set<IngressRule.Source> sources(IpPermission permission) {
    var sources = new HashSet<IngressRule.Source>();
    permission.ipRanges().forEach(range -> sources.add(new IngressRule.Cidr(range.cidrIp())));
    permission.ipv6Ranges().forEach(range -> sources.add(new IngressRule.Cidr(range.cidrIpv6())));
    permission
        .userIdGroupPairs()
        .forEach(pair -> sources.add(new IngressRule.Group(pair.groupId())));
    permission
        .prefixListIds()
        .forEach(list -> sources.add(new IngressRule.PrefixList(list.prefixListId())));
    return sources;
  }

  /// @param about what each rule is for; empty for none, as when rules are taken away
  static List<IpPermission> of(Collection<IngressRule> rules, String about) {
    return rules.stream().sorted().map(rule -> permission(rule, about)).toList();
  }

  private static IpPermission permission(IngressRule rule, String about) {
    var text = about.isEmpty() ? null : about;
    var permission =
        IpPermission.builder()
            .ipProtocol(rule.protocol())
            .fromPort(rule.fromPort())
            .toPort(rule.toPort());
    return switch (rule.source()) {
      case IngressRule.Cidr(var cidr) ->
          cidr.contains(":")
              ? permission
                  .ipv6Ranges(Ipv6Range.builder().cidrIpv6(cidr).description(text).build())
                  .build()
              : permission
                  .ipRanges(IpRange.builder().cidrIp(cidr).description(text).build())
                  .build();
      case IngressRule.Group(var id) ->
          permission
              .userIdGroupPairs(UserIdGroupPair.builder().groupId(id).description(text).build())
              .build();
      case IngressRule.PrefixList(var id) ->
          permission
              .prefixListIds(PrefixListId.builder().prefixListId(id).description(text).build())
              .build();
    };
  }
}
