// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws;

import dev.fairway.aws.cloud.AwsCloud;
import dev.fairway.aws.cloud.connect.AwsSettings;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.aws.plan.AwsPlanner;
import dev.fairway.aws.plan.Setup;
import dev.fairway.aws.spec.AwsAnnotations;
import dev.fairway.aws.spec.Defaults;
import dev.fairway.aws.spec.TargetTypes;
import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Load balancers of AWS: one Network Load Balancer for each group, made and kept through ELBv2.
public final class AwsProvider implements CloudProvider<AwsObserved, AwsAction> {
  static final String NAME = "aws";

  private final Capabilities capabilities;
  private final AwsPlanner planner;
  private final AwsCloud cloud;

  /// @throws IllegalArgumentException when a setting is missing or malformed; the message names it
  /// @throws dev.fairway.cloud.error.CloudException when AWS does not answer
  public AwsProvider(ProviderContext context) {
    var settings = AwsSettings.parse(context.settings(), context.cluster());
    var defaults = defaults(settings);
    this.capabilities =
        new Capabilities(
            NAME,
            Set.of(Protocol.TCP, Protocol.UDP),
            Set.of(IpFamily.values()),
            Capabilities.AddressMode.HOSTNAME,
            true,
            AwsAnnotations.CATALOGUE,
            Optional.of(annotations -> TargetTypes.arePods(annotations, defaults)));
    this.planner =
        new AwsPlanner(
            new Setup(
                context.cluster(),
                settings.clusterName(),
                settings.subnets(),
                settings.clientRules(),
                defaults));
    this.cloud = new AwsCloud(context, settings);
  }

  private static Defaults defaults(AwsSettings settings) {
    return new Defaults(
        settings.defaultScheme(),
        settings.defaultTargetType(),
        settings.securityGroups() == AwsSettings.SecurityGroups.MANAGED,
        settings.targetsPerZone(),
        settings.subsettingFromNodes(),
        new TreeMap<>(settings.defaultTags()),
        settings.sslPolicy());
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public List<AwsObserved> list(ClusterId cluster) {
    return cloud.list();
  }

  @Override
  public AwsObserved observe(LoadBalancerKey key) {
    return cloud.observe(key);
  }

  @Override
  public AwsObserved inspect(LoadBalancerKey key) {
    return cloud.inspect(key);
  }

  @Override
  public Plan<AwsAction> plan(Desired desired, AwsObserved seen) {
    // What tags promise is known as soon as it is what should be: then a later change of nodes
    // needs no look at what is registered.
    cloud.promised(planner.promised(desired, seen));
    return planner.plan(desired, seen);
  }

  @Override
  public AwsObserved apply(AwsAction action, AwsObserved seen) {
    return cloud.apply(action, seen);
  }

  @Override
  public void close() {
    cloud.close();
  }
}
