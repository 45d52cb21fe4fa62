// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What a load balancer group should be at AWS: all that its Services say, before it is known which
/// subnets and groups there are.
///
/// @param name the name that was asked for, 1 to 32 letters, digits and hyphens
/// @param scheme empty when the Services do not say: a load balancer that is there keeps its own
/// @param addressType likewise
/// @param subnets ids or names of those that were asked for; empty for those that are found by tags
/// @param attributes of the load balancer that were asked for
/// @param tags that were asked for
/// @param privateLink `on` or `off`: whether rules hold for PrivateLink traffic
/// @param adopt the ARN of a load balancer to take over
/// @param adoptApproved the digest of the differences that the user has agreed to
/// @param makeBeforeBreak whether what AWS cannot change in place is changed by way of a second
///   load balancer
/// @param listeners ordered by port, at most as many as AWS allows
public record Spec(
    Optional<String> name,
    Optional<Scheme> scheme,
    Optional<AddressType> addressType,
    List<String> subnets,
    FixedAddresses fixed,
    GroupsWish groups,
    SortedMap<String, String> attributes,
    SortedMap<String, String> tags,
    Optional<String> privateLink,
    Optional<String> adopt,
    Optional<String> adoptApproved,
    boolean makeBeforeBreak,
    List<ListenerSpec> listeners) {
  public Spec {
    subnets = List.copyOf(subnets);
    listeners = List.copyOf(listeners);
  }

  /// The same in these subnets.
  public Spec in(List<String> otherSubnets) {
    return new Spec(
        name,
        scheme,
        addressType,
        otherSubnets,
        fixed,
        groups,
        attributes,
        tags,
        privateLink,
        adopt,
        adoptApproved,
        makeBeforeBreak,
        listeners);
  }
}
