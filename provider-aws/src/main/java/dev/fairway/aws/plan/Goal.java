// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.spec.AddressType;
import dev.fairway.aws.spec.ListenerSpec;
import dev.fairway.aws.spec.Scheme;
import dev.fairway.aws.spec.Spec;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one load balancer should be, with everything settled that depends on what is there.
///
/// @param balancer the name it has or will have
/// @param current what is there under that name
/// @param mappings the subnets it should be in; empty to leave them as they are
/// @param groups empty to leave them as they are
record Goal(
    Setup setup,
    Desired.Present desired,
    Spec spec,
    AwsObserved seen,
    String balancer,
    Optional<Balancer> current,
    Scheme scheme,
    AddressType addressType,
    Optional<List<SubnetMapping>> mappings,
    Optional<GroupSet> groups) {

  LoadBalancerKey key() {
    return seen.key();
  }

  String groupName(ListenerSpec listener) {
    return setup.names().targetGroup(key(), balancer, listener);
  }

  private SortedMap<String, String> tags(String resource) {
    var wished = new TreeMap<String, String>(setup.defaults().tags());
    wished.putAll(spec.tags());
    return setup.tags().of(key(), desired.services().getFirst(), resource, wished);
  }

  SortedMap<String, String> balancerTags() {
    var tags = adopted() ? setup.tags().identity(key()) : tags(Tags.BALANCER);
    tags.put(Tags.RESOURCE, Tags.BALANCER);
    Tags.putAttributes(tags, Attributes.BALANCER.nonDefault(spec.attributes()));
    spec.privateLink()
        .filter(_ -> groups.map(set -> !set.isEmpty()).orElse(false))
        .ifPresent(value -> tags.put(Tags.PRIVATE_LINK, value));
    return tags;
  }

  // The tags of Kubernetes would have it deleted together with the cluster.
  private boolean adopted() {
    return current.map(one -> one.tags().containsKey(Tags.ADOPTED)).orElse(false);
  }

  SortedMap<String, String> listenerTags(ListenerSpec listener) {
    return tags(Tags.groupResource(listener.port()));
  }

  /// Those of the target group, without what is promised of its targets.
  SortedMap<String, String> groupTags(ListenerSpec listener) {
    var tags = tags(Tags.groupResource(listener.port()));
    Tags.putAttributes(tags, Attributes.TARGET_GROUP.nonDefault(listener.group().attributes()));
    tags.put(Tags.LISTENER, ListenerSteps.digest(listener));
    return tags;
  }

  SortedMap<String, String> frontTags() {
    return tags(Tags.FRONT);
  }

  SortedMap<String, String> backendTags() {
    return setup.tags().ofBackend(Map.copyOf(setup.defaults().tags()));
  }
}
