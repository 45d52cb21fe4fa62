// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

/// What a controller makes for Services.
enum CloudKind {
  LOAD_BALANCER,
  LISTENER,
  POOL,
  HEALTH_MONITOR,
  FLOATING_IP,
  SECURITY_GROUP
}
