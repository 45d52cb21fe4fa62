// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedObserved;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.util.List;

/// The simulated provider, with the notes that it is told.
public class Told implements CloudProvider<SimulatedObserved, SimulatedAction> {
  private final SimulatedProvider provider;
  private final List<Note> told;

  public Told(SimulatedProvider provider, List<Note> told) {
    this.provider = provider;
    this.told = told;
  }

  @Override
  public Capabilities capabilities() {
    return provider.capabilities();
  }

  @Override
  public List<SimulatedObserved> list(ClusterId cluster) {
    return provider.list(cluster);
  }

  @Override
  public SimulatedObserved observe(LoadBalancerKey key) {
    return provider.observe(key);
  }

  @Override
  public Plan<SimulatedAction> plan(Desired desired, SimulatedObserved seen) {
    return provider.plan(desired, seen);
  }

  @Override
  public void noted(LoadBalancerKey key, List<Note> notes) {
    told.addAll(notes);
  }

  @Override
  public SimulatedObserved apply(SimulatedAction action, SimulatedObserved seen) {
    return provider.apply(action, seen);
  }

  @Override
  public void close() {}
}
