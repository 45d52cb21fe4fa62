// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import org.junit.jupiter.api.BeforeAll;

class SimulatedServicesIT extends ServiceSpecs {
  @BeforeAll
  void start() {
    start(Cloud.Simulated.start());
  }
}
