// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.openstack.spec.AccessRule;
import java.util.List;

/// Lets the traffic of load balancers in at the nodes.
interface NodeSecurity {
  /// @param nodes addresses of nodes
  void admit(List<AccessRule> rules, List<String> nodes);
}
