// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import java.util.Optional;

/// What the Octavia of a cloud can do. It was read from there: what is not known is never taken for
/// something that it cannot do.
///
/// @param minor the newest API version is 2.MINOR
public record Abilities(int minor) {
  /// Tags on everything (2.5).
  public boolean tags() {
    return minor >= 5;
  }

  public boolean flavors() {
    return minor >= 6;
  }

  /// Adding members without listing the others (2.11).
  public boolean additiveMembers() {
    return minor >= 11;
  }

  /// Clients told apart by their addresses (2.12).
  public boolean allowedCidrs(String provider) {
    return minor >= 12 && !isOvn(provider);
  }

  public boolean availabilityZones(String provider) {
    return minor >= 14 && !isOvn(provider);
  }

  /// HTTP and TCP monitors of UDP pools (2.16).
  public boolean httpMonitorOnUdp() {
    return minor >= 16;
  }

  public boolean proxyV2(String provider) {
    return minor >= 22 && !isOvn(provider);
  }

  public boolean sctp() {
    return minor >= 23;
  }

  /// Addresses in several subnets (2.26).
  public boolean additionalVips(String provider) {
    return minor >= 26 && !isOvn(provider);
  }

  /// HTTP, TLS, time-outs, PROXY protocol, health checks on another port: whatever looks above the
  /// transport.
  public boolean layer7(String provider) {
    return !isOvn(provider);
  }

  public static boolean isOvn(String provider) {
    return "ovn".equals(provider);
  }

  /// Whether a load balancer that is ACTIVE is done with what is on it too. The driver of ovn still
  /// makes pools and members then, and forgets a floating IP that is led to it meanwhile.
  public static boolean activeMeansDone(String provider) {
    return !isOvn(provider);
  }

  /// What a failed over load balancer of this provider is.
  public boolean failover(String provider) {
    return !isOvn(provider);
  }

  /// The algorithm that a provider insists on.
  public Optional<String> onlyAlgorithm(String provider) {
    return isOvn(provider) ? Optional.of("SOURCE_IP_PORT") : Optional.empty();
  }
}
