// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

/// Where TLS references point to.
public enum ContainerStore {
  /// Barbican: a reference has its form, and it is checked that it exists.
  BARBICAN,
  /// Somewhere else: any text is taken as it is.
  EXTERNAL
}
