// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

/// Quotas and page sizes of the account.
///
/// @param loadBalancers Network Load Balancers per Region
/// @param listeners Listeners per Network Load Balancer
/// @param targetGroups Target Groups per Region
/// @param targetsPerGroup Targets per Target Group per Region
/// @param targetsPerLoadBalancer Targets per Network Load Balancer; one in two groups counts twice
/// @param rulesPerSecurityGroup Inbound rules per security group
/// @param pageSize how many load balancers, target groups or listeners one describe answers at most
public record AwsLimits(
    int loadBalancers,
    int listeners,
    int targetGroups,
    int targetsPerGroup,
    int targetsPerLoadBalancer,
    int rulesPerSecurityGroup,
    int pageSize) {
  /// As the Service Quotas pages give them for a new account.
  public static final AwsLimits NEW_ACCOUNT = new AwsLimits(50, 50, 3_000, 1_000, 3_000, 60, 400);

  /// An account whose adjustable quota of load balancers has been raised.
  public static final AwsLimits RAISED = NEW_ACCOUNT.withLoadBalancers(2_000);

  public AwsLimits withLoadBalancers(int n) {
    return new AwsLimits(
        n,
        listeners,
        targetGroups,
        targetsPerGroup,
        targetsPerLoadBalancer,
        rulesPerSecurityGroup,
        pageSize);
  }

  public AwsLimits withListeners(int n) {
    return new AwsLimits(
        loadBalancers,
        n,
        targetGroups,
        targetsPerGroup,
        targetsPerLoadBalancer,
        rulesPerSecurityGroup,
        pageSize);
  }

  public AwsLimits withTargetGroups(int n) {
    return new AwsLimits(
        loadBalancers,
        listeners,
        n,
        targetsPerGroup,
        targetsPerLoadBalancer,
        rulesPerSecurityGroup,
        pageSize);
  }

  public AwsLimits withTargets(int perGroup, int perLoadBalancer) {
    return new AwsLimits(
        loadBalancers,
        listeners,
        targetGroups,
        perGroup,
        perLoadBalancer,
        rulesPerSecurityGroup,
        pageSize);
  }

  public AwsLimits withRulesPerSecurityGroup(int n) {
    return new AwsLimits(
        loadBalancers,
        listeners,
        targetGroups,
        targetsPerGroup,
        targetsPerLoadBalancer,
        n,
        pageSize);
  }

  public AwsLimits withPageSize(int n) {
    return new AwsLimits(
        loadBalancers,
        listeners,
        targetGroups,
        targetsPerGroup,
        targetsPerLoadBalancer,
        rulesPerSecurityGroup,
        n);
  }
}
