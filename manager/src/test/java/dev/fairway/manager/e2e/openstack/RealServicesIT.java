// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import dev.fairway.testkit.openstack.lab.OpenStackLab;
import dev.fairway.testkit.openstack.lab.SharedOpenStackLab;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedOpenStackLab.class)
class RealServicesIT extends ServiceSpecs {
  @BeforeAll
  void start(OpenStackLab lab) {
    start(new Cloud.Real(lab));
  }
}
