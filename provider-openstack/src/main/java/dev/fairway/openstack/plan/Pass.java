// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.model.FloatingIpMark;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.spec.Exposure;
import dev.fairway.openstack.spec.Half;
import dev.fairway.openstack.spec.ListenerSpec;
import dev.fairway.openstack.spec.Spec;
import dev.fairway.openstack.spec.SpecReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// What one plan is made from, and where its findings go.
///
/// @param specs of all load balancers of the group
record Pass(
    Setup setup,
    Desired.Present desired,
    OpenStackObserved seen,
    List<Spec> specs,
    List<Note> notes) {
  /// The same for a second thought, of which nobody is told.
  Pass quiet() {
    return new Pass(setup, desired, seen, specs, new ArrayList<>());
  }

  /// Whether any of them has a floating IP.
  boolean anyFloating() {
    return specs.stream().anyMatch(spec -> spec.exposure() instanceof Exposure.Floating);
  }

  LoadBalancerKey key() {
    return desired.key();
  }

  Names names() {
    return new Names(setup.clusterName());
  }

  Tags tags() {
    return new Tags(setup.cluster());
  }

  /// The tags that a load balancer should have.
  SortedSet<String> tagsOf(Spec spec) {
    return tags()
        .ofBalancer(
            key(),
            desired.services().getFirst().uid(),
            spec.half(),
            spec.exposure() instanceof Exposure.Floating,
            spec.hostname().or(() -> hostnameOf(spec)),
            spec.tags());
  }

  // Where pods must be told of clients, nobody may pass by the load balancer.
  private Optional<String> hostnameOf(Spec spec) {
    var options = setup.options();
    var tells =
        spec.listeners().stream()
            .anyMatch(listener -> listener.pool().protocol().startsWith("PROXY"));
    return options.enableIngressHostname() && tells
        ? Optional.of(Tags.ADDRESS_OF + options.ingressHostnameSuffix())
        : Optional.empty();
  }

  /// The listeners that are wanted as a load balancer of this provider can have them; empty when it
  /// cannot have them all.
  Optional<List<ListenerSpec>> listenersFor(String provider, Half half) {
    return SpecReader.readFor(
            provider,
            desired,
            setup.options(),
            setup.classes(),
            seen.around(),
            OpenStackPlanner.standing(seen))
        .specs()
        .stream()
        .filter(spec -> spec.half() == half)
        .findFirst()
        .map(Spec::listeners);
  }

  /// A listener and its pool with all their tags.
  ListenerSpec tagged(ListenerSpec listener) {
    var pool = listener.pool();
    return listener.with(
        tags().ofPart(key(), listener.part(), listener.tags()),
        new ListenerSpec.PoolSpec(
            pool.protocol(),
            pool.algorithm(),
            pool.affinity(),
            pool.affinitySeconds(),
            pool.members(),
            pool.monitor(),
            tags().ofPart(key(), listener.part(), pool.tags())));
  }

  String floatingIpDescription(boolean keep) {
    return new FloatingIpMark(setup.cluster(), key(), keep).description(setup.clusterName());
  }
}
