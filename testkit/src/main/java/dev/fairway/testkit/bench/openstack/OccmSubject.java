// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.CloudControllerManager;
import dev.fairway.testkit.bench.Processes.Started;
import dev.fairway.testkit.kube.FreePorts;
import dev.fairway.testkit.process.ChildProcess;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// openstack-cloud-controller-manager of `k8s.io/cloud-provider-openstack` with nothing but its
/// service controller, see `deploy/lab/openstack/reference`.
record OccmSubject(CloudControllerManager manager, Path kubeconfig) implements OpenStackSubject {
  /// Names the binary.
  static final String VARIABLE = "FAIRWAY_OPENSTACK_REFERENCE";

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public boolean audits() {
    return false;
  }

  @Override
  public Started start(Pace pace, Map<String, String> words) {
    var port = FreePorts.next(InetAddress.getLoopbackAddress());
    var process =
        ChildProcess.start(
            name(), manager.directory().resolve("reference.log"), command(pace, words, port));
    return new Started(process, () -> CloudControllerManager.listens(port));
  }

  private List<String> command(Pace pace, Map<String, String> words, int port) {
    var command = new ArrayList<>(List.of(manager.program().toString()));
    command.addAll(
        manager.flags(
            Map.of(
                "cloudConfig",
                manager.cloudConfig(words).toString(),
                "kubeconfig",
                kubeconfig.toString(),
                "cluster",
                CLUSTER,
                "port",
                Integer.toString(port),
                "directory",
                manager.directory().resolve("reference-certificates").toString())));
    if (pace.hurried()) {
      command.addAll(CloudControllerManager.NO_LIMITS);
    }
    pace.workers().ifPresent(count -> command.add("--concurrent-service-syncs=" + count));
    return command;
  }
}
