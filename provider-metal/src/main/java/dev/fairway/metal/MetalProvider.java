// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.metal.cloud.MetalCloud;
import dev.fairway.metal.model.MetalAnnotations;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.plan.MetalAction;
import dev.fairway.metal.plan.MetalPlanner;
import java.util.List;
import java.util.Set;

/// Load balancers without a cloud: an address from a pool, announced by one of the cluster's nodes,
/// from where kube-proxy spreads the traffic.
public final class MetalProvider implements CloudProvider<MetalObserved, MetalAction> {
  static final String NAME = "metal";

  private static final Capabilities CAPABILITIES =
      new Capabilities(
          NAME,
          Set.of(Protocol.values()),
          Set.of(IpFamily.values()),
          Capabilities.AddressMode.VIP,
          false,
          MetalAnnotations.CATALOGUE);

  private final MetalCloud cloud;

  /// @throws dev.fairway.cloud.error.CloudException.Unavailable when the API server cannot be
  ///   reached
  public MetalProvider(ProviderContext context) {
    this.cloud = new MetalCloud(context);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public List<MetalObserved> list(ClusterId cluster) {
    return cloud.list();
  }

  @Override
  public MetalObserved observe(LoadBalancerKey key) {
    return cloud.observe(key);
  }

  @Override
  public MetalObserved inspect(LoadBalancerKey key) {
    return cloud.inspect(key);
  }

  @Override
  public Plan<MetalAction> plan(Desired desired, MetalObserved seen) {
    return MetalPlanner.plan(desired, seen);
  }

  @Override
  public MetalObserved apply(MetalAction action, MetalObserved seen) {
    return cloud.apply(action, seen);
  }

  @Override
  public void close() {
    cloud.close();
  }
}
