// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud;

import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What a provider can do, as data: what it cannot is answered by the core, in the same words for
/// all providers.
///
/// @param name short, lower case: it is the configuration value and the suffix of the load balancer
///   class (`fairway.dev/NAME`)
/// @param protocols what a frontend may speak
/// @param families which IP families it can serve
/// @param addressMode how clients reach it
/// @param needsNodePorts whether traffic enters a node by its node port; if so, a Service without
///   node ports cannot be served, unless its pods are the targets
/// @param annotations what it reads from a Service
/// @param podTargets tells by the annotations of the oldest Service of a load balancer whether its
///   targets are pods: then [dev.fairway.cloud.model.Backend#endpoints] is filled, and the load
///   balancer is planned again whenever they change. Must be pure and quick. Empty for providers
///   that never ask: the addresses of pods are not even kept for them
public record Capabilities(
    String name,
    Set<Protocol> protocols,
    Set<IpFamily> families,
    AddressMode addressMode,
    boolean needsNodePorts,
    AnnotationCatalogue annotations,
    Optional<Predicate<Map<String, String>>> podTargets) {

  /// How clients reach a load balancer.
  public enum AddressMode {
    /// By an address that reaches the nodes as it is.
    VIP,
    /// By an address of something that opens connections of its own to the nodes.
    PROXY,
    /// By a DNS name.
    HOSTNAME
  }

  public Capabilities {
    protocols = Set.copyOf(protocols);
    families = Set.copyOf(families);
  }

  /// What a provider can do whose targets are never pods.
  public Capabilities(
      String name,
      Set<Protocol> protocols,
      Set<IpFamily> families,
      AddressMode addressMode,
      boolean needsNodePorts,
      AnnotationCatalogue annotations) {
    this(name, protocols, families, addressMode, needsNodePorts, annotations, Optional.empty());
  }

  /// Whether pods are the targets of a load balancer whose oldest Service has these annotations.
  public boolean targetsPods(Map<String, String> annotationsOfOldest) {
    return podTargets.map(asks -> asks.test(annotationsOfOldest)).orElse(false);
  }
}
