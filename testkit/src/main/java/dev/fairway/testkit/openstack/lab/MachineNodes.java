// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Machines as the Node objects that their kubelets would make.
public final class MachineNodes {
  private MachineNodes() {}

  public static Node node(LabSeed.Node machine, Instant now) {
    var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return new NodeBuilder()
        .withNewMetadata()
        .withName(machine.name())
        .addToLabels("kubernetes.io/hostname", machine.name())
        .endMetadata()
        .withNewSpec()
        .withProviderID("openstack:///" + machine.id())
        .endSpec()
        .withNewStatus()
        .addNewAddress(machine.address(), "InternalIP")
        .addNewAddress(machine.address6(), "InternalIP")
        .addNewAddress(machine.name(), "Hostname")
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withReason("KubeletReady")
        .withMessage("as the lab says")
        .withLastTransitionTime(time)
        .withLastHeartbeatTime(time)
        .endCondition()
        .endStatus()
        .build();
  }
}
