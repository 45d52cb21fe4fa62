// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.time.Duration;
import java.util.Optional;

/// `[LoadBalancer]` of cloud.conf (cloud-provider-openstack, "Load Balancer" options).
///
/// @param enabled whether load balancers are made at all
/// @param lbProvider the Octavia provider: `amphora`, `ovn`, …
/// @param lbMethod empty where the file names none: [#methodOf] tells what is used then
/// @param subnetId of the VIP
/// @param memberSubnetId of the members; the VIP's unless given
/// @param networkId of the VIP
/// @param floating where floating IPs come from
/// @param monitor health monitors
/// @param manageSecurityGroups whether the nodes' ports are opened to load balancers
/// @param internalLb whether every Service is internal, whatever its annotation says
/// @param nodeSelector `k=v,k2`: which nodes become members; empty for all
/// @param cascadeDelete kept for files that have it: deletion is always one call
/// @param flavorId Octavia flavor, amphora only
/// @param availabilityZone Octavia availability zone
/// @param enableIngressHostname whether status carries a host name where PROXY protocol is used
/// @param ingressHostnameSuffix of that host name
/// @param defaultTlsContainerRef of Services that name none
/// @param containerStore where TLS references point to
/// @param maxSharedLb how many Services may share a load balancer, at least 1
/// @param serialCalls `provider-requires-serial-api-calls`: a load balancer is made empty, and what
///   is on it call by call
/// @param allowUnenforcedSourceRanges ours: whether a Service is served to everybody where its
///   source ranges cannot be enforced
/// @param stuckAfter ours: how long a load balancer may be PENDING before it counts as stuck
/// @param recreateErrorLb ours: whether a load balancer in ERROR is made anew
public record Options(
    boolean enabled,
    String lbProvider,
    Optional<LbMethod> lbMethod,
    Optional<String> subnetId,
    Optional<String> memberSubnetId,
    Optional<String> networkId,
    FloatingPool floating,
    MonitorOptions monitor,
    boolean manageSecurityGroups,
    boolean internalLb,
    String nodeSelector,
    boolean cascadeDelete,
    Optional<String> flavorId,
    Optional<String> availabilityZone,
    boolean enableIngressHostname,
    String ingressHostnameSuffix,
    Optional<String> defaultTlsContainerRef,
    ContainerStore containerStore,
    int maxSharedLb,
    boolean serialCalls,
    boolean allowUnenforcedSourceRanges,
    Duration stuckAfter,
    boolean recreateErrorLb) {

  /// What an empty file means.
  public static Options standard() {
    return new Options(
        true,
        "amphora",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        FloatingPool.unspecified(),
        MonitorOptions.standard(),
        false,
        false,
        "",
        true,
        Optional.empty(),
        Optional.empty(),
        false,
        "nip.io",
        Optional.empty(),
        ContainerStore.BARBICAN,
        2,
        false,
        false,
        Duration.ofMinutes(15),
        true);
  }

  /// The method of pools where neither Service nor class name one.
  public LbMethod methodOf(String provider) {
    return lbMethod.orElse(provider.equals("ovn") ? LbMethod.SOURCE_IP_PORT : LbMethod.ROUND_ROBIN);
  }
}
