// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The provider for a [SimulatedCloud], here or behind a network. It holds no state: a new one is
/// what a restarted process has.
public final class SimulatedProvider implements CloudProvider<SimulatedObserved, SimulatedAction> {
  /// Its name in the configuration.
  public static final String NAME = "simulated";

  /// Where it sends traffic.
  public static final AnnotationSpec<String> TARGETS =
      new AnnotationSpec<>(
          "simulated.fairway.dev/targets",
          List.of(),
          Syntax.oneOf("nodes", "pods"),
          "nodes",
          "Whether the targets are nodes, by their node ports, or pods.",
          "pods");

  public static final AnnotationCatalogue ANNOTATIONS =
      new AnnotationCatalogue(List.of(TARGETS), Set.of());

  private static final Optional<String> PODS = Optional.of("pods");

  private final CloudCalls cloud;

  public SimulatedProvider(CloudCalls cloud) {
    this.cloud = cloud;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        NAME,
        Set.of(Protocol.TCP, Protocol.UDP),
        Set.of(IpFamily.IPV4),
        Capabilities.AddressMode.PROXY,
        true,
        ANNOTATIONS,
        Optional.of(annotations -> TARGETS.read(annotations).asOptional().equals(PODS)));
  }

  @Override
  public List<SimulatedObserved> list(ClusterId cluster) {
    return cloud.list();
  }

  @Override
  public SimulatedObserved observe(LoadBalancerKey key) {
    return cloud.observe(key);
  }

  @Override
  public Plan<SimulatedAction> plan(Desired desired, SimulatedObserved seen) {
    return SimulatedPlanner.plan(desired, seen);
  }

  @Override
  public SimulatedObserved apply(SimulatedAction action, SimulatedObserved seen) {
    return cloud.apply(action);
  }

  @Override
  public void close() {}
}
