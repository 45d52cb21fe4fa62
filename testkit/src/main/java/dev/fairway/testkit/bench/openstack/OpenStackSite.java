// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.openstack.OpenStackProxy;
import java.time.Duration;

/// An OpenStack to measure at.
interface OpenStackSite extends AutoCloseable {
  /// For the result.
  String name();

  Tenancy tenancy();

  /// Changes of load balancers take so long from now on. A real Octavia takes the time it takes.
  void takes(Duration boot);

  /// No token that was issued before holds any more.
  ///
  /// @param proxy in front of it
  void expireTokens(OpenStackProxy proxy);

  @Override
  void close();
}
