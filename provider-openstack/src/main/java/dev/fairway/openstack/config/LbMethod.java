// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

/// How a pool spreads connections (Octavia API reference, "Pool algorithm").
public enum LbMethod {
  ROUND_ROBIN,
  LEAST_CONNECTIONS,
  SOURCE_IP,
  /// Since Octavia API 2.13; the only one but `SOURCE_IP` that the ovn provider knows.
  SOURCE_IP_PORT
}
