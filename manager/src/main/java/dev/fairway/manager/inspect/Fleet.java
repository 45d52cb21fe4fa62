// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.cloud.error.CloudException;
import java.util.List;
import java.util.Optional;

/// All load balancers of a controller that leads, for people who ask. Nothing is changed by asking.
public interface Fleet {
  /// What would be done now, for every load balancer that is looked after. Calls the cloud only for
  /// those of which nothing is known, and for those that are about to be refused something.
  Plans plans();

  /// The same for the load balancer of one Service; empty when there is no such Service.
  Optional<Plans> plan(String namespace, String service);

  /// Everything about one Service; empty when there is none of this name. Looks at the cloud.
  Optional<Explanation> explain(String namespace, String service);

  /// What the cluster owns and no Service claims. Reads all of it from the cloud.
  ///
  /// @throws CloudException when it cannot be read
  List<OrphanView> orphans();
}
