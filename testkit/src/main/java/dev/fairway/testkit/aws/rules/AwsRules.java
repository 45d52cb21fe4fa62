// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import java.util.List;

/// All rules, in the order in which a call meets them: what is wrong in itself first, what depends
/// on the rest later, what writes the ledger last.
public final class AwsRules {
  private AwsRules() {}

  /// New rules without a memory; `ledger` is theirs alone.
  public static List<Rule> all(Ledger ledger, Conduct conduct) {
    return List.of(
        new Paging(conduct),
        new StaleReads(conduct),
        new Names(),
        new Tags(ledger),
        new KnownNames(),
        new UniqueLoadBalancers(ledger, conduct),
        new SubnetZones(ledger),
        new FixedAddresses(ledger),
        new Provisioning(ledger, conduct),
        new DeletionProtection(ledger),
        new SecurityGroupChoice(ledger),
        new UniqueTargetGroups(ledger, conduct),
        new TargetGroupUse(ledger),
        new ListenerPorts(ledger, conduct),
        new ListenerProtocols(ledger),
        new Targets(ledger, conduct),
        new TargetHealth(ledger, conduct),
        new SecurityGroupUse(ledger, conduct),
        new SecurityGroupRules(conduct),
        new RuleDescriptions(),
        new ListenerView(ledger),
        new LoadBalancerRecords(ledger, conduct),
        new TargetGroupRecords(ledger, conduct),
        new ListenerRecords(ledger, conduct),
        new ListenerChanges(ledger),
        new NetworkArns(),
        new NetworkHostnames(),
        new EmptyLoadBalancers());
  }
}
