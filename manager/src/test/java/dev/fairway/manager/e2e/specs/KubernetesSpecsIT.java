// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.specs;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The load balancer specs of the Kubernetes end-to-end suite (test/e2e/network of Kubernetes 1.37,
/// `loadbalancer.go`, and what concerns load balancers in `service.go`), against Fairway on bare
/// metal: real API server, real kube-proxies, packets from outside of the cluster. Each test names
/// the spec it follows. One world for all.
class KubernetesSpecsIT {
  @RegisterExtension static final SpecWorld WORLD = new SpecWorld();

  @Nested
  class Lifecycle extends LifecycleSpecs {}

  @Nested
  class Clients extends ClientSpecs {}

  @Nested
  class LocalTraffic extends LocalTrafficSpecs {}

  @Nested
  class Continuity extends ContinuitySpecs {}
}
