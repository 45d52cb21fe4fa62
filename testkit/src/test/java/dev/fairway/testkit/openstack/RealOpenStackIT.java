// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

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
    seed = Optional.of(lab.seed().asSeed());
  }

  @Override
  OpenStackSeed seed() {
    return seed.orElseThrow();
  }
}
