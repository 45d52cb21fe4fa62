// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.openstack.SimulatedOpenStack;
import dev.fairway.testkit.openstack.lab.LabSeed;
import java.net.URI;
import org.junit.jupiter.api.Test;

class TenancyTest {
  @Test
  void everyMachineHasAnAddressOfItsOwn() {
    try (var site = new SimulatedSite(SimulatedOpenStack.start())) {
      var machines = site.tenancy().machines(1, 450);

      assertThat(machines).extracting(LabSeed.Node::address).doesNotHaveDuplicates();
      assertThat(machines).extracting(LabSeed.Node::id).doesNotHaveDuplicates();
      assertThat(machines.getFirst().address()).isEqualTo("10.0.10.2");
      assertThat(machines.getLast().address()).isEqualTo("10.0.12.51");
    }
  }

  @Test
  void controllersFindThroughTheProxyWhatTheyNeed() {
    try (var site = new SimulatedSite(SimulatedOpenStack.start())) {
      var words = site.tenancy().words(URI.create("http://127.0.0.1:5/identity/v3"));

      assertThat(words)
          .containsEntry("authUrl", "http://127.0.0.1:5/identity/v3")
          .containsEntry("subnet", site.simulated().seed().privateSubnet())
          .containsEntry("floatingNetwork", site.simulated().seed().publicNetwork());
    }
  }

  @Test
  void noSecretIsInATextForLogs() {
    try (var site = new SimulatedSite(SimulatedOpenStack.start())) {
      assertThat(site.tenancy().toString())
          .doesNotContain(site.simulated().seed().password())
          .doesNotContain(site.simulated().seed().applicationCredentialSecret());
    }
  }
}
