// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.ServiceRef;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where Services are served.
public interface EndpointView {
  /// Names of the nodes that hold a ready endpoint of this Service; while there is none anywhere,
  /// those whose endpoints terminate and serve until then.
  Set<String> endpointNodes(ServiceRef service);

  /// The endpoints behind each port of this Service, by the name of the port (empty for a port
  /// without one), as [dev.fairway.cloud.model.Backend#endpoints] has them. A port without
  /// endpoints may be missing. Asked only for Services whose load balancer has pods as targets.
  Map<String, List<Endpoint>> endpoints(ServiceRef service);
}
