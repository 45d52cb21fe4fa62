// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import dev.fairway.testkit.openstack.lab.LabSeed;
import dev.fairway.testkit.openstack.lab.OpenStackLab;
import dev.fairway.testkit.openstack.lab.SharedOpenStackLab;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the simulation is held to is what the real one answers.
@ExtendWith(SharedOpenStackLab.class)
final class RealOpenStackIT extends OpenStackContract {
  private Optional<OpenStackSeed> seed = Optional.empty();

  @BeforeEach
  void join(OpenStackLab lab) {
    seed = Optional.of(seed(lab.seed()));
  }

  @Override
  OpenStackSeed seed() {
    return seed.orElseThrow();
  }

  private static OpenStackSeed seed(LabSeed lab) {
    var demo = lab.demo();
    return new OpenStackSeed(
        lab.authUrl(),
        lab.region(),
        demo.projectId(),
        demo.userId(),
        demo.login().password(),
        demo.applicationCredentialId(),
        demo.applicationCredentialSecret(),
        lab.other().projectId(),
        lab.external().network(),
        lab.external().subnet(),
        lab.external().smallSubnet(),
        demo.network(),
        demo.subnet(),
        demo.subnet6(),
        demo.router());
  }
}
