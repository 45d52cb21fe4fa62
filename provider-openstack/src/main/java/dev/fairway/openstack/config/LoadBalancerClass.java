// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.time.Duration;
import java.util.Optional;

/// `[LoadBalancerClass "name"]` of cloud.conf. Whatever is empty falls back to [Options]. All from
/// `lbProvider` on are ours: cloud-provider-openstack knows the first five only.
///
/// @param monitorDelay whole seconds
/// @param monitorTimeout whole seconds
/// @param timeouts of listeners
public record LoadBalancerClass(
    String name,
    FloatingPool floating,
    Optional<String> networkId,
    Optional<String> subnetId,
    Optional<String> memberSubnetId,
    Optional<String> lbProvider,
    Optional<String> flavorId,
    Optional<String> availabilityZone,
    Optional<LbMethod> lbMethod,
    Optional<Boolean> internalLb,
    Optional<Boolean> createMonitor,
    Optional<Duration> monitorDelay,
    Optional<Duration> monitorTimeout,
    Optional<Integer> monitorMaxRetries,
    Optional<Integer> monitorMaxRetriesDown,
    Timeouts timeouts) {

  /// Time-outs of a listener; Octavia counts them in milliseconds, up to 24 days.
  public record Timeouts(
      Optional<Duration> clientData,
      Optional<Duration> memberConnect,
      Optional<Duration> memberData,
      Optional<Duration> tcpInspect) {

    /// Nothing is said.
    public static Timeouts unspecified() {
      return new Timeouts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /// A class that says nothing.
  public static LoadBalancerClass named(String name) {
    return new LoadBalancerClass(
        name,
        FloatingPool.unspecified(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Timeouts.unspecified());
  }
}
